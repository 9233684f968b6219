"""How every /v1 request is handled: key, parameters, idempotency, one transaction, expansion, Stripe's headers."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, request

from stripe_sandbox import API_VERSION, KEY_MARK, events, payments
from stripe_sandbox.errors import ApiError
from stripe_sandbox.expand import expand
from stripe_sandbox.forms import unflatten
from stripe_sandbox.idempotency import Answer, KeysInUse, check_key, fingerprint, keep, recall
from stripe_sandbox.ids import new_id
from stripe_sandbox.rules import Rule
from stripe_sandbox.store import Json, Store, Transaction


@dataclass
class Call:
    """One API request, its parameters checked: what a route works with."""

    tx: Transaction
    params: Json
    ids: dict[str, str] = field(default_factory=dict)

    def get(self, kind: str, object_id: str, param: str = "id") -> Json:
        """The object of that id; raises Stripe's 404 ``resource_missing``."""
        found = self.tx.find(kind, object_id)
        if found is None:
            raise ApiError(f"No such {kind}: '{object_id}'", status=404, code="resource_missing", param=param)
        return found


Route = Callable[[Call], Json]


def store() -> Store:
    """The running app's store."""
    found: Store = current_app.extensions["stripe_sandbox"]
    return found


def endpoint(api: Blueprint, method: str, path: str, rule: Rule) -> Callable[[Route], Route]:
    """Register a route for one method and path; its parameters are held against ``rule`` first."""

    def register(route: Route) -> Route:
        def view(**ids: str) -> Response:
            return _respond(lambda request_id: _answer(method, rule, route, ids, request_id))

        api.add_url_rule(path, f"{method} {path}", view, methods=[method], provide_automatic_options=False)
        return route

    return register


def refuse_unknown(_: Any = None) -> Response:
    """Stripe's answer to an address it does not have."""

    def answer(request_id: str) -> Answer:
        check_credentials()
        raise ApiError(
            f"Unrecognized request URL ({request.method}: {request.path}). Please see https://stripe.com/docs or "
            "we can help at https://support.stripe.com/.",
            status=404,
        )

    return _respond(answer)


def refusal(sentence: str, status: int) -> Response:
    """An answer in Stripe's shape to a request that gets no further."""

    def answer(_request_id: str) -> Answer:
        raise ApiError(sentence, status=status)

    return _respond(answer)


def expire_due_sessions() -> None:
    """Bring sessions up to the clock before anything looks at them; writes only when one is due."""
    with store().read() as tx:
        due = payments.due_sessions(tx)
    if due:
        with store().write() as tx:
            payments.expire_due(tx)


def shown(tx: Transaction, found: Json) -> Json:
    """An object with what depends on the moment filled in."""
    if found["object"] == "event":
        return events.with_pending(tx, found)
    if found["object"] == "balance_transaction" and found["available_on"] <= tx.now:
        return {**found, "status": "available"}
    return found


def check_credentials() -> None:
    """Accept only keys made for the stand-in (Stripe: api/authentication; Bearer, or Basic with the key as the
    user name), so that nobody sends it a real one."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    key = given.strip()
    if kind.lower() == "basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if kind.lower() not in ("bearer", "basic") or not key:
        raise ApiError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, "
            "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See "
            "https://stripe.com/docs/api#authentication for details, or we can help at "
            "https://support.stripe.com/.",
            status=401,
        )
    if not key.startswith(KEY_MARK) or not key.isprintable():
        hidden = f"{key[:8]}{'*' * max(len(key) - 12, 4)}{key[-4:]}" if len(key) > 12 else "*" * len(key)
        raise ApiError(f"Invalid API Key provided: {hidden}", status=401)


def _answer(method: str, rule: Rule, route: Route, ids: dict[str, str], request_id: str) -> Answer:
    check_credentials()
    raw = _raw_parameters()
    if method == "GET":
        with store().read() as tx:
            return Answer(200, _run(Call(tx, rule(raw, ""), ids), route))
    key = request.headers.get("Idempotency-Key") if method == "POST" else None
    check_key(key)
    in_use: KeysInUse = current_app.extensions["stripe_sandbox_keys"]
    with in_use.hold(key), store().write() as tx:
        tx.cause = {"id": request_id, "idempotency_key": key}
        digest = fingerprint(raw)
        replayed = recall(tx, key, request.path, digest) if key else None
        if replayed:
            return replayed
        answer = _run_or_refuse(Call(tx, rule(raw, ""), ids), route, request_id)
        if key:
            keep(tx, key, request.path, digest, answer, request_id)
        return answer


def _run_or_refuse(call: Call, route: Route, request_id: str) -> Answer:
    try:
        return Answer(200, _run(call, route))
    except ApiError as error:
        if not error.executed:
            raise
        return Answer(error.status, error.body(request_id))


def _run(call: Call, route: Route) -> Json:
    answer = route(call)
    if answer.get("object") == "list":
        answer["data"] = [shown(call.tx, item) for item in answer["data"]]
    else:
        answer = shown(call.tx, answer)
    return expand(call.tx, answer, call.params.get("expand", []), shown)


def _raw_parameters() -> Json:
    if request.mimetype == "application/json":
        raise ApiError(
            "Invalid request: parameters must be form-encoded (`application/x-www-form-urlencoded`), not JSON."
        )
    pairs = list(request.args.items(multi=True)) + list(request.form.items(multi=True))
    return unflatten(pairs)


def _respond(work: Callable[[str], Answer]) -> Response:
    request_id = new_id("req")
    try:
        expire_due_sessions()
        answer = work(request_id)
    except ApiError as error:
        answer = Answer(error.status, error.body(request_id))
    response = Response(json.dumps(answer.body, indent=2), answer.status, mimetype="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", API_VERSION)
    key = request.headers.get("Idempotency-Key", "")
    if key and key.isprintable():
        response.headers["Idempotency-Key"] = key
    if answer.original:
        response.headers["Idempotent-Replayed"] = "true"
        response.headers["Original-Request"] = answer.original
    if answer.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Stripe"'
    response.headers["Cache-Control"] = "no-cache, no-store"
    return response
