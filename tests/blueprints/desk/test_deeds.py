"""Every action that the portal notes is told in words: looked for in the source, so that none is forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import ROOT
from portal.blueprints.desk import deeds
from portal.domain.audit.rules import ACTION, kind_of, read_action


def test_every_action_that_is_noted_has_its_sentence_and_its_kind() -> None:
    noted = {
        action for path in (ROOT / "portal").rglob("*.py") for action in actions_in(path.read_text(), path)
    }
    assert sorted(noted - set(deeds.SENTENCES)) == []


def test_every_kind_that_can_be_chosen_has_something_in_it() -> None:
    assert set(deeds.KINDS) == {kind_of(action) for action in deeds.SENTENCES}
    assert set(deeds.SENTENCES_ABOUT) <= set(deeds.SENTENCES)


@pytest.mark.parametrize(
    ("action", "sentence"), [*deeds.SENTENCES.items(), *deeds.SENTENCES_ABOUT.items()], ids=str
)
def test_every_sentence_says_who_and_is_of_a_kind_that_can_be_chosen(
    app: Flask, action: str, sentence: Any
) -> None:
    with app.test_request_context():
        said = str(sentence) % {"who": "Mina", "about": "event 12"}
    assert read_action(action) == action
    assert kind_of(action) in deeds.KINDS
    assert "Mina" in said
    assert said.endswith(".")
    assert "%" not in said


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from portal.domain.audit.service import note\nnote(1, 'a.b', '', now())", ["a.b"]),
        ("from portal.domain.audit.service import note\nnote(who=1, action='a.b')", ["a.b"]),
        (
            "from portal.domain.audit.service import note as log\nlog(1, 'a.b' if x else 'a.c')",
            ["a.b", "a.c"],
        ),
        ("from portal.domain.audit import service\nservice.note(1, 'a.b')", ["a.b"]),
        ("from portal.domain.audit import service as audit\ndef f(): audit.note(1, 'a.b')", ["a.b"]),
        ("import portal.domain.audit.service\nportal.domain.audit.service.note(1, 'a.b')", ["a.b"]),
        ("from portal.notes import note\nnote(1, 'a.b')", []),
        (
            "from portal.domain.audit.service import note\ndef f(done): note(1, done)\nf('a.b'); f('a.c'); g('A.b')",
            ["a.b", "a.c"],
        ),
    ],
)
def test_every_way_to_note_something_is_found(source: str, found: list[str]) -> None:
    assert sorted(actions_in(source, Path("x.py"))) == found


@pytest.mark.parametrize("action", ["f'event.{x}'", "ACTIONS[x]", "read()"])
def test_an_action_that_is_not_written_where_it_is_noted_is_refused(action: str) -> None:
    with pytest.raises(AssertionError, match=r"x\.py, line 2"):
        list(actions_in(f"from portal.domain.audit.service import note\nnote(1, {action}, '')", Path("x.py")))


def actions_in(source: str, path: Path) -> Iterator[str]:
    """Give every action that a module notes; where it hands one on, every text in it that could be one.

    Fails on an action that is put together and not written there.
    """
    tree = ast.parse(source)
    names = set(_names_of_note(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) in names:
            (given,) = [word.value for word in call.keywords if word.arg == "action"] or call.args[1:2]
            handed_on = isinstance(given, ast.Name)
            yield from (
                _texts_like_actions(tree) if handed_on else _written(given, f"{path}, line {call.lineno}")
            )


def _texts_like_actions(tree: ast.Module) -> list[str]:
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and ACTION.fullmatch(text)]


def _names_of_note(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                f"{one.asname or one.name}.note" for one in node.names if one.name.endswith("audit.service")
            )
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                known = {"portal.domain.audit.service.note": "", "portal.domain.audit.service": ".note"}
                whole = f"{node.module}.{one.name}"
                if whole in known:
                    yield f"{one.asname or one.name}{known[whole]}"


def _written(action: ast.expr, place: str) -> list[str]:
    if isinstance(action, ast.IfExp):
        return _written(action.body, place) + _written(action.orelse, place)
    assert isinstance(action, ast.Constant), f"{place}: write the action where it is noted"
    return [action.value]
