"""The data folder of a run: its lock, what is kept in it between runs, and the settings that follow from it."""

import fcntl
import json
import os
import secrets
import shlex
import socket
import time
from io import TextIOWrapper
from pathlib import Path

from launcher import Refused

SETTINGS = frozenset(
    "DATABASE_URL LANTERN_ALLOW_LIVE LANTERN_ENV PUBLIC_URL SECRET_KEY SMTP_URL STRIPE_API_BASE STRIPE_SECRET_KEY "
    "STRIPE_WEBHOOK_SECRET".split()
)
PORT_TRIES = 10


def is_setting(name: str) -> bool:
    """Tell whether an environment variable is one of Lantern's settings."""
    return name in SETTINGS or name.startswith("RATELIMIT_")


def claim_folder(data: Path) -> TextIOWrapper:
    """Give the lock of a data folder, held while it is open.

    Raises Refused when the folder cannot be written or another run holds it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "logs").mkdir(exist_ok=True)
        lock = (data / "run.lock").open("w")
    except OSError as error:
        reason = error.strerror or error
        raise Refused(f"The folder {data} cannot be written ({reason}); name another with --data.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise Refused(f"Lantern already runs on {data}; stop it, or name another with --data.") from None
    return lock


def claim_port(port: int) -> int:
    """Give the port, or a free one for 0. Raises Refused when another program has it."""
    if not 0 <= port <= 65535:
        raise Refused(f"There is no port {port}; choose one from 1024 to 65535.")
    for _ in range(PORT_TRIES):  # a run that was just stopped may need a moment to let go
        if is_free(port):
            return port or free_port()
        time.sleep(0.2)
    raise Refused(f"Port {port} is taken or not allowed; choose another, such as --port {free_port()}.")


def free_port() -> int:
    """Give a port of this computer that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def make_settings(data: Path, port: int) -> tuple[dict[str, str], int | None]:
    """Give a run's settings, and the port of its stand-in; None where a real key makes it needless.

    What the environment says wins. Secrets are made once and kept in the folder, and so is the stand-in's port,
    because payment pages that were opened before carry it.
    """
    given = {name: value for name, value in os.environ.items() if value and is_setting(name)}
    kept = _read_kept(data / "kept.json")
    own = {
        "LANTERN_ENV": "development",
        "LANTERN_DATA": str(data),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": kept["secret_key"],
    }
    if "STRIPE_SECRET_KEY" in given:
        return own | given, None
    stand_in_port = int(kept["stand_in_port"])
    stand_in = {
        "STRIPE_SECRET_KEY": kept["stand_in_key"],
        "STRIPE_WEBHOOK_SECRET": kept["webhook_secret"],
        "STRIPE_API_BASE": f"http://127.0.0.1:{stand_in_port}",
    }
    return own | given | stand_in, stand_in_port


def _read_kept(path: Path) -> dict[str, str]:
    kept = json.loads(path.read_text()) if path.exists() else {}
    kept.setdefault("secret_key", secrets.token_hex(32))
    kept.setdefault("webhook_secret", f"whsec_{secrets.token_hex(24)}")
    kept.setdefault("stand_in_key", f"sk_test_sandbox_{secrets.token_hex(12)}")
    if "stand_in_port" not in kept or not is_free(int(kept["stand_in_port"])):
        kept["stand_in_port"] = str(free_port())
    write_private(path, json.dumps(kept, indent=2))
    return kept


def write_environment(data: Path, settings: dict[str, str]) -> None:
    """Write the settings as a file for a shell, so that other commands can be run beside."""
    lines = (f"export {name}={shlex.quote(value)}\n" for name, value in settings.items())
    write_private(data / "env", "".join(lines))


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else on this computer may read, not even while it is written."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)
