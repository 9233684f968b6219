"""dev.py: one plain sentence for each thing that cannot be, what is kept between runs, and processes that stay up."""

import ast
import os
import shlex
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dev
from config import ROOT, load_config
from launcher import Refused
from launcher.folder import claim_folder, claim_port, is_setting, make_settings, write_environment
from launcher.processes import QUICK_ENDS, Process
from tests.foundation.servers import free_port

DEV = ROOT / "dev.py"


def test_an_old_python_is_told_so_in_one_sentence() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(open('dev.py').read())"
    told = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (1, "")
    assert (
        told.stderr
        == "Lantern needs Python 3.11 or newer, and this is Python 3.9; try: python3.11 dev.py run\n"
    )


def test_an_old_python_can_read_the_file_far_enough_to_say_so() -> None:
    ast.parse(DEV.read_text(), feature_version=(3, 6))


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = _run("--port", str(port), "--data", str(tmp_path))
    assert told.startswith(f"Port {port} is taken or not allowed; choose another, such as --port ")


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_cannot_be_is_told_in_one_sentence(tmp_path: Path, port: str) -> None:
    told = _run(f"--port={port}", "--data", str(tmp_path))
    assert told == f"There is no port {port}; choose one from 1024 to 65535."


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    assert (
        _run("--data", str(folder))
        == f"The folder {folder} cannot be written (Not a directory); name another with --data."
    )


def test_a_second_run_on_a_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    with claim_folder(tmp_path):
        told = _run("--port", "0", "--data", str(tmp_path))
    assert told == f"Lantern already runs on {tmp_path}; stop it, or name another with --data."


def test_settings_that_must_not_start_are_told_in_one_sentence(tmp_path: Path) -> None:
    told = _run("--port", "0", "--data", str(tmp_path), STRIPE_SECRET_KEY="sk_live_1")
    assert told.startswith("STRIPE_SECRET_KEY is a live key, and this would move real money.")


def test_secrets_and_the_stand_ins_port_are_made_once_and_kept(tmp_path: Path) -> None:
    first, second = make_settings(tmp_path, 5000), make_settings(tmp_path, 5000)
    assert first == second
    assert len(first[0]["SECRET_KEY"]) >= 32
    assert load_config(first[0]).STRIPE_KEY_KIND == "stand-in"


def test_two_folders_share_no_secret(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = make_settings(tmp_path, 5000)[0], make_settings(tmp_path / "other", 5000)[0]
    for name in ("SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_SECRET_KEY"):
        assert one[name] != other[name]


def test_a_stand_ins_port_that_was_taken_since_is_given_up(tmp_path: Path) -> None:
    port = make_settings(tmp_path, 5000)[1] or 0
    with socket.create_server(("127.0.0.1", port)):
        assert make_settings(tmp_path, 5000)[1] not in (port, None)


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with claim_folder(folder):
        write_environment(folder, make_settings(folder, 5000)[0])
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (folder, folder / "env", folder / "kept.json")
    }
    assert modes == {"data": 0o700, "env": 0o600, "kept.json": 0o600}


def test_a_real_test_key_makes_the_stand_in_needless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_own")
    settings, stand_in_port = make_settings(tmp_path, 5000)
    assert stand_in_port is None
    assert settings["STRIPE_SECRET_KEY"] == "sk_test_own"
    assert "STRIPE_API_BASE" not in settings


def test_what_the_environment_says_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"DATABASE_URL": "postgres://db", "SMTP_URL": "smtp://mail", "RATELIMIT_GIVE": "1 per day"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert given.items() <= make_settings(tmp_path, 5000)[0].items()


def test_the_environment_file_can_be_read_by_a_shell_whatever_is_in_it(tmp_path: Path) -> None:
    awkward = 'it\'s $HOME `here` "and" \\ there'
    write_environment(tmp_path, {"SMTP_URL": awkward})
    words = ["sh", "-c", f'. {shlex.quote(str(tmp_path / "env"))} && printf %s "$SMTP_URL"']
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == awkward


@pytest.mark.parametrize(
    ("apt_get", "told"),
    [
        ("echo > {folder}/chromium; /bin/chmod +x {folder}/chromium", ""),
        ("exit 1", "*** BROWSER TESTS ARE SKIPPED"),
    ],
)
def test_a_missing_browser_is_installed_by_root_or_told_loudly(
    bare_machine: Path, capsys: pytest.CaptureFixture[str], apt_get: str, told: str
) -> None:
    script = f'#!/bin/sh\necho "$*" >> {bare_machine}/asked\n{apt_get.format(folder=bare_machine)}\n'
    (bare_machine / "apt-get").write_text(script)
    (bare_machine / "apt-get").chmod(0o755)
    dev.find_browser()
    assert "install -y -qq chromium fonts-noto-cjk" in (bare_machine / "asked").read_text()
    said = capsys.readouterr().out.splitlines()[1:]
    assert [line.startswith(told) for line in said] == ([True] if told else [])


def test_port_0_is_any_free_one() -> None:
    assert claim_port(0) > 0


def test_a_process_that_is_killed_comes_back(process: Callable[[str], Process]) -> None:
    sleeper = process("import time; time.sleep(60)")
    sleeper.start(dict(os.environ))
    assert sleeper.running
    first = sleeper.running.pid
    sleeper.send(signal.SIGKILL)
    sleeper.running.wait(5)
    assert sleeper.code == -signal.SIGKILL
    sleeper.start_again(dict(os.environ))
    assert sleeper.code is None
    assert sleeper.running.pid != first


def test_a_process_that_is_killed_again_and_again_is_started_again_and_again(
    process: Callable[[str], Process],
) -> None:
    sleeper = process("import time; time.sleep(60)")
    sleeper.start(dict(os.environ))
    for _ in range(QUICK_ENDS + 1):
        assert sleeper.running
        sleeper.send(signal.SIGKILL)
        sleeper.running.wait(5)
        sleeper.start_again(dict(os.environ))
    assert sleeper.code is None


def test_a_process_that_only_ever_ends_is_given_up(process: Callable[[str], Process]) -> None:
    hopeless = process("raise SystemExit('no use')")
    hopeless.start(dict(os.environ))
    with pytest.raises(
        Refused, match=r"The sleeper ends as soon as it starts; its last words are in .*sleeper\.log"
    ):
        for _ in range(QUICK_ENDS):
            assert hopeless.running
            hopeless.running.wait(5)
            hopeless.start_again(dict(os.environ))
    assert "no use" in hopeless.log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_nothing_is_left_behind_when_dev_itself_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert _runs(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


PARENT = textwrap.dedent("""
    import os, sys, time
    from pathlib import Path
    from launcher.processes import Process
    child = Process("child", [sys.executable, "-c", "import time; time.sleep(60)"], Path.cwd(), Path(sys.argv[1]))
    child.start(dict(os.environ))
    print(child.running.pid, flush=True)
    time.sleep(60)
""")


def _run(*words: str, **settings: str) -> str:
    """Give the one line that a run ends with when it cannot start."""
    environment = {
        k: v for k, v in os.environ.items() if not is_setting(k) and k != "LANTERN_DATA"
    } | settings
    port = [] if any(word.startswith("--port") for word in words) else ["--port", str(free_port())]
    told = subprocess.run(
        [sys.executable, str(DEV), "run", *port, *words],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.count("\n") == 1
    return told.stderr.strip()


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[[str], Process]]:
    """Makes a process of the run from a line of Python; ended after the test."""
    made = []

    def make(line: str) -> Process:
        made.append(Process("sleeper", [sys.executable, "-c", line], tmp_path, tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.send(signal.SIGKILL)
        if one.running:
            one.running.wait(5)


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH of a machine on which we are root."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in filter(is_setting, list(os.environ)):
        monkeypatch.delenv(name)
