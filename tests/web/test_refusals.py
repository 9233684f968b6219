"""Every refusal reaches the person as a sentence; a class without one fails here, not in front of a reader."""

import importlib
import inspect
import pkgutil
from datetime import UTC, datetime

import pytest
from flask import Flask

import portal.domain
from portal import links, money
from portal.domain.accounts import errors as account_errors
from portal.domain.campaigns import errors as campaign_errors
from portal.domain.campaigns.drafting import errors as draft_errors
from portal.domain.donations import errors, gateway
from portal.domain.events import errors as event_errors
from portal.domain.messages import errors as mail_errors
from portal.domain.people import errors as people_errors
from portal.domain.volunteers import errors as help_errors
from portal.money import Money
from portal.web import origin
from portal.web.refusals import SENTENCES, sentence

# Not for a reader's eyes: they carry others, or are told to whoever writes content, on the command line.
NOT_TOLD = {
    account_errors.AccountRefused,
    mail_errors.MailRefused,
    errors.GivingRefused,
    errors.ChoicesRefused,
    event_errors.EventRefused,
    event_errors.EntriesRefused,
    people_errors.DetailsRefused,
    help_errors.HelpRefused,
    help_errors.WishRefused,
    money.AmountRefused,
    gateway.GatewayError,
    links.LinkRefused,
    campaign_errors.ArticleRefused,
    campaign_errors.CampaignRefused,
    campaign_errors.ContentInvalid,
    draft_errors.DraftRefused,
    draft_errors.NoSuchArticle,
    campaign_errors.NoSuchCampaign,
    campaign_errors.NoSuchOrganization,
    campaign_errors.NoSuchRevision,
    campaign_errors.ReceiverNotChecked,
    campaign_errors.StartRefused,
    campaign_errors.TranslationRefused,
}
NOON = datetime(2026, 12, 12, 12, tzinfo=UTC)
SLOT = help_errors.Slot(1, "Welcome desk", "Café", NOON, NOON, "Europe/Dublin")
VALUES = {
    "Money": Money(100, "EUR"),
    "int": 2,
    "bool": True,
    "str": "X",
    "Link": links.Link("a", "b", "c"),
    "datetime": NOON,
    "Slot": SLOT,
    "list": [(SLOT, SLOT)],
    "timezone": "Europe/Dublin",
    "by": "Aoife",
    "missing": ("country", "lists"),
    "left_out": ["51"],
    "added": ["52"],
    "numbers": (3,),
}


def refusals() -> list[type[Exception]]:
    """Every exception class that the domain, money, links and forms define."""
    modules = [money, links, gateway, origin]
    for module in pkgutil.walk_packages(portal.domain.__path__, "portal.domain."):
        if module.name.endswith("errors"):
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
    refusal = kind(*(VALUES.get(p.name) or VALUES[_kind_of(p)] for p in parameters))
    with app.test_request_context():
        told = sentence(refusal)
    assert told[0].isupper()
    assert told.endswith((".", "?"))
    assert 20 < len(told) < 200
    assert kind.__name__ not in told


def _kind_of(parameter: inspect.Parameter) -> str:
    return str(getattr(parameter.annotation, "__name__", parameter.annotation))


def test_no_sentence_is_left_of_a_refusal_that_is_gone() -> None:
    assert set(SENTENCES) <= set(refusals())
