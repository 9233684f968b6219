"""Every refusal reaches the person as a sentence; a class without one fails here, not in front of a reader."""

import importlib
import inspect
import pkgutil

import pytest
from flask import Flask

import portal.domain
from portal import links, money
from portal.domain.campaigns import errors as campaign_errors
from portal.domain.donations import errors, gateway
from portal.money import Money
from portal.web.refusals import SENTENCES, sentence

# Not for a reader's eyes: they carry others, or are told to whoever writes content, on the command line.
NOT_TOLD = {
    errors.GivingRefused,
    errors.ChoicesRefused,
    money.AmountRefused,
    gateway.GatewayError,
    links.LinkRefused,
    *(kind for _, kind in inspect.getmembers(campaign_errors, inspect.isclass)),
}
VALUES = {"Money": Money(100, "EUR"), "int": 2, "bool": True, "str": "x", "Link": links.Link("a", "b", "c")}


def refusals() -> list[type[Exception]]:
    """Every exception class that the domain, money and links define."""
    modules = [money, links, gateway]
    for module in pkgutil.walk_packages(portal.domain.__path__, "portal.domain."):
        if module.name.endswith(".errors"):
            modules.append(importlib.import_module(module.name))
    found = {kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass)}
    return sorted(
        (
            kind
            for kind in found
            if issubclass(kind, Exception) and kind not in NOT_TOLD and kind.__module__.startswith("portal")
        ),
        key=lambda kind: kind.__name__,
    )


@pytest.mark.parametrize("kind", [kind for kind in refusals() if kind is not money.MoneyError])
def test_a_refusal_has_a_sentence_that_ends_well(app: Flask, kind: type[Exception]) -> None:
    parameters = (
        list(inspect.signature(kind).parameters.values()) if "__dataclass_fields__" in vars(kind) else []
    )
    refusal = kind(*(VALUES[str(getattr(p.annotation, "__name__", p.annotation))] for p in parameters))
    with app.test_request_context():
        told = sentence(refusal)
    assert told[0].isupper()
    assert told.endswith((".", "?"))
    assert 20 < len(told) < 200
    assert kind.__name__ not in told


def test_no_sentence_is_left_of_a_refusal_that_is_gone() -> None:
    assert set(SENTENCES) <= set(refusals())
