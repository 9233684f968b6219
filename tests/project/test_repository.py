"""The repository as a whole: what may stand in no file, and what keeps the code small and its money exact."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT

# Written so that this file does not match them itself.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.>}])/(?:work|tmp|root|home)/[a-z]"),
    "a package index": re.compile(
        r"(?:py[p]i|npm[j]s|pythonh[o]sted)\.org|(?<!no-emit-)index-[u]rl\b|/si[m]ple/"
    ),
    "a secret": re.compile(
        r"[sr]k_live_[A-Za-z0-9]{10}|[sr]k_test_(?!sandbox_)[A-Za-z0-9]{20}|whsec_[A-Za-z0-9]{20}|AK[I]A[A-Z0-9]{16}"
        r"|-----BEGIN [A-Z ]*PRIVATE K[E]Y"
    ),
}
CODE = ("config.py", "dev.py", "portal", "stripe_sandbox", "launcher", "bench")
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEST_MODULE = 300, 40, 400
MONEY = (
    "portal/money.py", "portal/domain/donations", "portal/domain/campaigns/service.py", "portal/payments",
    "stripe_sandbox/money.py", "stripe_sandbox/fees.py", "stripe_sandbox/charging.py", "stripe_sandbox/payments.py",
)  # fmt: skip


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("open('/" + "tmp/notes')", "a path of one machine"),
        ("--extra-index-" + "url https://example.org", "a package index"),
        ("https://py" + "pi.org/project", "a package index"),
        ("sk_" + "live_1234567890abc", "a secret"),
        ("wh" + "sec_1234567890abcdefghijkl", "a secret"),
    ],
)
def test_each_of_them_would_be_found(line: str, what: str) -> None:
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(line)] == [what]


def test_modules_are_short_enough_to_read_in_one_go() -> None:
    lengths = {path: path.read_text().count("\n") for path in _modules(*CODE)}
    assert {_name(path): lines for path, lines in lengths.items() if lines >= LONGEST_MODULE} == {}
    tests = {path: path.read_text().count("\n") for path in _modules("tests")}
    assert {_name(path): lines for path, lines in tests.items() if lines >= LONGEST_TEST_MODULE} == {}


def test_functions_are_short_enough_to_see_at_once() -> None:
    long = [
        f"{_name(path)}: {node.name}: {_length(node)}"
        for path in _modules(*CODE)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and _length(node) >= LONGEST_FUNCTION
    ]
    assert long == []


def test_money_is_never_a_float() -> None:
    found = [
        f"{_name(path)}:{line}" for path in _modules(*MONEY) for line in _floats(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["fee = 0.25", "fee = total / 2", "total /= 3", "amount = float(text)", "round(x, 2)"]
)
def test_a_float_would_be_found(line: str) -> None:
    assert list(_floats(ast.parse(line))) == [1]


def test_settings_are_read_in_one_place() -> None:
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in _modules("portal")
        for node in ast.walk(ast.parse(path.read_text()))
        if (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in ("os.environ", "os.environb", "os.getenv")
        )
        or (isinstance(node, ast.ImportFrom) and node.module == "os")
    ]
    assert found == []


def test_the_domain_leaves_committing_to_whoever_asked() -> None:
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in _modules("portal/domain")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert found == []


def test_the_launcher_needs_nothing_that_must_be_installed() -> None:
    allowed = {"launcher"} | set(sys.stdlib_module_names)
    for path in _modules("dev.py", "launcher"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert {name.split(".")[0] for name in names} <= allowed, _name(path)


def _files() -> Iterator[Path]:
    """Give every file that is in the repository or would be added to it."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    yield from (ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file())


def _modules(*places: str) -> list[Path]:
    found = [
        path
        for place in places
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    assert found
    return [path for path in found if path.exists()]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _length(function: ast.FunctionDef) -> int:
    """Give a function's lines; one that does nothing but give a table is as long as the table has to be."""
    if isinstance(function.body[-1], ast.Return) and len(function.body) <= 2:
        return 1
    return (function.end_lineno or 0) - function.lineno + 1


def _floats(tree: ast.AST) -> Iterator[int]:
    """Give the lines on which a float could come about."""
    for node in ast.walk(tree):
        constant = isinstance(node, ast.Constant) and isinstance(node.value, float)
        division = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        called = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("float", "round")
        )
        if constant or division or called:
            yield node.lineno  # type: ignore[attr-defined]
