"""Import contracts: they hold, and each is seen to break when somebody breaks it."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config import ROOT

LINT = Path(sys.executable).with_name("lint-imports")

# Contract, the file that breaks it, and the line that does.
VIOLATIONS = [
    ("one-way-down", "portal/domain/people/rules.py", "import portal.web.forms"),
    ("one-way-down", "portal/emails/send.py", "import portal.extensions"),
    ("one-way-down", "portal/money.py", "import portal.db"),
    ("one-way-down", "portal/stray.py", "'a module that no layer names'"),
    ("domain-ranks", "portal/domain/people/rules.py", "import portal.domain.donations.models"),
    ("domain-ranks", "portal/domain/messages/rules.py", "import portal.domain.people.models"),
    ("domain-ranks", "portal/domain/audit/rules.py", "import portal.domain.people.models"),
    ("domain-ranks", "portal/domain/stray/__init__.py", "'a domain without a rank'"),
    ("rules-without-web", "portal/domain/people/rules.py", "import flask"),
    ("rules-without-web", "portal/money.py", "import flask_babel"),
    ("rules-without-web", "portal/links.py", "import werkzeug"),
    ("one-speaks-stripe", "portal/web/forms.py", "import stripe"),
    ("stand-in-apart", "portal/web/origin.py", "import stripe_sandbox.fees"),
    ("stand-in-alone", "stripe_sandbox/fees.py", "import portal.money"),
    ("stand-in-alone", "stripe_sandbox/fees.py", "import config"),
    ("blueprints-apart", "portal/blueprints/pages/views.py", "import portal.blueprints.campaigns.views"),
    ("commands-ask-the-domain", "portal/cli/worker.py", "import portal.blueprints.pages.views"),
]


def test_every_contract_is_kept() -> None:
    told = _lint(ROOT)
    assert told.returncode == 0, told.stdout


def test_every_contract_is_broken_by_one_of_the_lines_below() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == {violation[0] for violation in VIOLATIONS}


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_a_line_that_breaks_a_contract_is_found(
    copied_tree: Path, contract: str, file: str, line: str
) -> None:
    path = copied_tree / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as source:
        source.write(f"\n{line}\n")
    told = _lint(copied_tree, contract)
    assert told.returncode == 1, told.stdout
    assert "Contracts: 0 kept, 1 broken" in told.stdout


def test_settings_know_nothing_of_the_portal() -> None:
    # Beside the standard library only what reads a limit as Flask-Limiter will.
    tree = ast.parse((ROOT / "config.py").read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(module).split(".")[0] for module in imported} <= sys.stdlib_module_names | {"limits"}


def _lint(folder: Path, contract: str = "") -> subprocess.CompletedProcess[str]:
    words = [str(LINT), "--no-cache", "--no-logo", *(["--contract", contract] if contract else [])]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    """The code that the contracts are about, to be spoilt."""
    unread = shutil.ignore_patterns("__pycache__", "templates", "static", "content", "translations")
    for folder in ("portal", "stripe_sandbox"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unread)
    for file in ("config.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path
