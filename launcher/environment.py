"""The environment beside dev.py: what is pinned, installed once, with Lantern itself on its path."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import Refused, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SITE = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
STAMP = VENV / "lantern-installed.json"
LAUNCHER = """#!/bin/sh
exec "{python}" -m portal.cli.main "$@"
"""


def install(name: str, purpose: str) -> None:
    """Make `.venv` hold what requirements/<name>.txt pins; does nothing when it does already."""
    if _is_installed(name):
        return
    with _alone_in_folder():
        if _is_installed(name):  # by whoever was here before us
            return
        say(f"Installing what {purpose} needs into .venv (once; about a minute) ...")
        _fill_environment(str(_pins(name)))
        (SITE / "lantern.pth").write_text(f"{ROOT}\n")
        launcher = VENV / "bin" / "lantern"
        launcher.write_text(LAUNCHER.format(python=PYTHON))
        launcher.chmod(0o755)
        STAMP.write_text(json.dumps({**_installed(), name: _digest(name)}))


def _is_installed(name: str) -> bool:
    # The pins for development hold all others.
    return any(_installed().get(one) == _digest(one) for one in (name, "dev"))


def _installed() -> dict[str, str]:
    """Give what was installed, as digests; nothing when the environment is gone or its Python with it."""
    return json.loads(STAMP.read_text()) if STAMP.exists() and PYTHON.exists() else {}


def _pins(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _digest(name: str) -> str:
    """An environment is bound to its pins, its Python and its place."""
    return hashlib.sha256(_pins(name).read_bytes() + f"{sys.version_info[:2]} {ROOT}".encode()).hexdigest()


@contextmanager
def _alone_in_folder() -> Iterator[None]:
    """Wait until nobody else installs here; two at once would spoil each other's environment."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _fill_environment(pins: str) -> None:
    uv = shutil.which("uv")
    # Being found is not enough: a version switcher puts commands on the PATH that only say they are not installed.
    if uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0:
        make = [[uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)]]
        fill = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", pins]
    else:
        make = [[sys.executable, "-m", "venv", str(VENV)]]
        fill = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        fill += ["--no-input", "--require-hashes", "-r", pins]
    for command in [*([] if _has_python(need_pip=fill[0] == str(PYTHON)) else make), fill]:
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
            raise Refused(f"Installing failed at: {' '.join(command)}. The lines above say why.")


def _has_python(need_pip: bool) -> bool:
    """Tell whether `.venv` has the Python that this runs on."""
    if not PYTHON.exists():
        return False
    ask = f"import sys; assert sys.version_info[:2] == {sys.version_info[:2]}"
    ask += "; import pip" if need_pip else ""
    return subprocess.run([str(PYTHON), "-c", ask], capture_output=True).returncode == 0
