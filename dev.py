#!/usr/bin/env python3
"""Lantern's one command for people: `run` it here, `test` it, `check` it quickly, `bench` it.

Needs Python 3.11 and nothing else; everything that it installs goes into `.venv` beside this file.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Lantern needs Python 3.11 or newer, and this is Python %d.%d; try: python3.11 dev.py run"
        % sys.version_info[:2]
    )
if sys.platform == "win32":
    sys.exit("Lantern's server needs Linux or macOS; on Windows, start it within WSL.")

import argparse
import json
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from launcher import Refused, say
from launcher.environment import PYTHON, ROOT, VENV, install
from launcher.folder import claim_folder, claim_port, is_setting, make_settings, write_environment
from launcher.processes import Process, keep_running

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Both in one process: loading the portal is most of the time that either takes.
SET_UP = """
import sys
from portal.cli.main import lantern
for command in sys.argv[1:]:
    try:
        lantern([command], prog_name="lantern")
    except SystemExit as done:
        if done.code:
            raise
"""


# --- run ---------------------------------------------------------------------------------------------


def run(args: argparse.Namespace) -> int:
    """Set up what is missing, then run the portal, its worker and the stand-in until Ctrl-C."""
    data = Path(args.data or os.environ.get("LANTERN_DATA") or ROOT / "instance").resolve()
    with claim_folder(data):
        port = claim_port(args.port)
        postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
        install("pg" if postgresql else "run", "Lantern")
        settings, stand_in_port = make_settings(data, port)
        write_environment(data, settings)
        environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
        _set_up(environment, data / "logs" / "set-up.log")
        processes = _processes(settings, port, stand_in_port, data)
        keep_running(processes, environment, port, lambda: say(_welcome(settings, stand_in_port, data, port)))
    say("Stopped.")
    return 0


def _set_up(environment: dict[str, str], log: Path) -> None:
    words = [str(PYTHON), "-c", SET_UP, "migrate", "seed"]
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    log.write_text(done.stdout + done.stderr)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line and not line.startswith("(Background on")]
        reason = said[-1].removeprefix("Error: ") if said else "Setting up failed."
        raise Refused(f"{reason} (All that was said is in {log})")


def _processes(settings: dict[str, str], port: int, stand_in_port: int | None, data: Path) -> list[Process]:
    serve = f"--bind 127.0.0.1:{port} --workers 1 --worker-class gthread --threads 8 --graceful-timeout 5"
    words = {
        "server": ["gunicorn", "portal:create_app()", *serve.split(), "--no-control-socket"],
        "worker": ["portal.cli.main", "worker"],
    }
    if stand_in_port is not None:
        words["stand-in"] = ["stripe_sandbox", "--port", str(stand_in_port), "--data", str(data / "stand-in")]
        words["stand-in"] += ["--webhook", f"http://127.0.0.1:{port}/webhooks/stripe"]
        words["stand-in"] += ["--webhook-secret", settings["STRIPE_WEBHOOK_SECRET"]]
    return [Process(name, [str(PYTHON), "-m", *rest], ROOT, data / "logs") for name, rest in words.items()]


def _welcome(settings: dict[str, str], stand_in_port: int | None, data: Path, port: int) -> str:
    stand_in = f"practice only, by a stand-in for Stripe: http://127.0.0.1:{stand_in_port}/_sandbox/"
    environment, lantern = shlex.quote(str(data / "env")), shlex.quote(str(VENV / "bin" / "lantern"))
    rows = {
        "Portal": settings["PUBLIC_URL"],
        "Payments": stand_in if stand_in_port else "at Stripe, with the key in STRIPE_SECRET_KEY",
        "Test card": "4242 4242 4242 4242, any date to come, any three digits",
        **_demo_accounts(data / "demo-accounts.json"),
        "Mails": "by the server in SMTP_URL" if "SMTP_URL" in settings else f"as files in {data / 'mails'}",
        "Logs": str(data / "logs"),
        "Is all well?": f". {environment} && {lantern} doctor",
        "To stop": "Ctrl-C",
    }
    lines = "\n".join(f"  {name:<14}{what}" for name, what in rows.items())
    return f"\n{lines}\n\nLantern is ready at http://127.0.0.1:{port}"


def _demo_accounts(file: Path) -> dict[str, str]:
    """Give the demo's accounts with their passwords, under one heading; nothing where there are none."""
    accounts = list(json.loads(file.read_text()).items()) if file.exists() else []
    spaces = "\n" + " " * 16
    told = spaces.join(f"{email:<24}{password}" for email, password in accounts)
    return {"Sign in as": f"{told}{spaces}(kept in {file})"} if accounts else {}


# --- test, check, bench -----------------------------------------------------------------------------

ROOM_NEEDED = 4 * 1024**3
CHECKS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "templates": ["djlint", "portal/templates", "stripe_sandbox/templates", "--lint", "--quiet"],
    "types": ["mypy"],
    "imports": ["lint-imports", "--no-logo"],
}


def test(args: argparse.Namespace) -> int:
    """Run linters, types, import contracts and tests; with --long the long ones too."""
    install("dev", "testing")
    find_browser()
    return _run_all([] if args.long else ["--ignore=tests/long"])


def check(_args: argparse.Namespace) -> int:
    """Run what is quick: all of `test` without a browser."""
    install("dev", "testing")
    return _run_all(["--ignore=tests/long", "--ignore=tests/journeys", "-m", "not browser"])


def bench(_args: argparse.Namespace) -> int:
    """Print how fast the portal is, as ratios."""
    install("dev", "measuring")
    return subprocess.run([str(PYTHON), "-m", "bench"], cwd=ROOT).returncode


def find_browser() -> None:
    """Make sure of a Chromium where that is possible; say loudly when there is none."""
    if any(map(shutil.which, CHROMIUMS)):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing a Chromium for the browser tests ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-noto-cjk"]
        for words in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
            subprocess.run(words, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if not any(map(shutil.which, CHROMIUMS)):
        say("*** BROWSER TESTS ARE SKIPPED: no Chromium here. Install one: apt-get install chromium ***")


def find_memory() -> str | None:
    """Give a folder in memory with room for the tests' databases, each of which would wait for the disk; or None."""
    folder = Path("/dev/shm")  # noqa: S108  (a folder of one's own is made in it)
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM_NEEDED
    return str(folder) if roomy else None


def _run_all(pytest_words: list[str]) -> int:
    # A developer's own settings, a real key above all, must not reach the tests.
    environment = {k: v for k, v in os.environ.items() if not is_setting(k)}
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    steps = {**CHECKS, "tests": ["pytest", "-q", "-n", workers, "--dist", "worksteal", *pytest_words]}
    failed = []
    with tempfile.TemporaryDirectory(prefix="lantern-", dir=find_memory()) as folder:
        # The PostgreSQL of the tests has an account of its own, and its folder is within this one.
        os.chmod(folder, 0o711)  # noqa: S103  (it can be entered, and not be read)
        environment["TMPDIR"] = folder
        for name, words in steps.items():
            begun = time.monotonic()
            say(f"--- {name}: {' '.join(words)}")
            module = [str(VENV / "bin" / words[0]), *words[1:]]
            if subprocess.run(module, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode:
                failed.append(name)
            say(f"--- {name}: {'FAILED' if name in failed else 'ok'}, {time.monotonic() - begun:.0f} s")
    say(f"*** FAILED: {', '.join(failed)} ***" if failed else "All is well.")
    return 1 if failed else 0


def main() -> int:
    """Do what the words after `dev.py` ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="run | test | check | bench")
    command = {
        work: commands.add_parser(work.__name__, help=work.__doc__) for work in (run, test, check, bench)
    }
    for work, words in command.items():
        words.set_defaults(work=work)
    command[run].add_argument("--port", type=int, default=5000, help="5000 by default; 0 takes any free one")
    command[run].add_argument("--data", help="folder for database, mails and logs; instance/ by default")
    command[test].add_argument("--long", action="store_true", help="add tests/long: races, kills, every page")
    args = parser.parse_args()
    try:
        return int(args.work(args))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
