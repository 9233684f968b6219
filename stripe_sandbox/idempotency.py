"""Idempotency keys (Stripe: api/idempotent_requests): the first answer under a key is given again; other parameters
or another path under it are an error; nothing is kept when the parameters were refused."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stripe_sandbox.errors import ApiError
from stripe_sandbox.store import Json, Transaction

LONGEST = 255
KEPT = 24 * 60 * 60


@dataclass(frozen=True)
class Answer:
    """A finished answer; ``original`` is the id of the request that first got it, for a replay."""

    status: int
    body: Json
    original: str | None = None


class KeysInUse:
    """The keys whose first request is still running. In memory: a killed process has no running requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[str] = set()

    @contextmanager
    def hold(self, key: str | None) -> Iterator[None]:
        """Hold a key while its request runs; raises Stripe's 409 when another request holds it."""
        with self._lock:
            if key in self._keys:
                raise ApiError(
                    f"There is currently another in-progress request using this Idempotency Key: {key}. Please "
                    "try again later.",
                    status=409,
                    code="idempotency_key_in_use",
                )
            if key is not None:
                self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key or "")


def check_key(key: str | None) -> None:
    """Refuse a key that is too long."""
    if key is not None and len(key) > LONGEST:
        raise ApiError(f"Idempotency keys can be at most {LONGEST} characters.", kind="idempotency_error")


def fingerprint(raw: Json) -> str:
    """A digest of the parameters as they were sent, whatever their order."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def recall(tx: Transaction, key: str, path: str, digest: str) -> Answer | None:
    """The answer kept under a key, or None; raises ApiError when the key belongs to another request."""
    tx.sql("DELETE FROM idempotency WHERE created < ?", tx.now - KEPT)
    row = tx.sql("SELECT * FROM idempotency WHERE key = ?", key).fetchone()
    if row is None:
        return None
    if row["path"] != path:
        raise ApiError(
            "Keys for idempotent requests can only be used for the same endpoint they were first used for "
            f"('{path}' vs '{row['path']}'). Try using a key other than '{key}' if you meant to execute a "
            "different request.",
            kind="idempotency_error",
        )
    if row["fingerprint"] != digest:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    return Answer(row["status"], json.loads(row["body"]), row["request_id"])


def keep(tx: Transaction, key: str, path: str, digest: str, answer: Answer, request_id: str) -> None:
    """Keep an answer in the same transaction as the change it tells of."""
    tx.sql(
        "INSERT INTO idempotency (key, path, fingerprint, status, body, request_id, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        key, path, digest, answer.status, json.dumps(answer.body), request_id, tx.now,
    )  # fmt: skip
