"""What an entry of the audit log may hold."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.domain.audit.models import LONGEST_ACTION, LONGEST_SUBJECT
from portal.domain.audit.rules import LONGEST_LIST, kind_of, read_action, read_facts, read_subject


@pytest.mark.parametrize("action", ["event.approved", "sign_in.failed", "campaign.figure.changed"])
def test_an_action_is_short_words_with_dots_between(action: str) -> None:
    assert read_action(action) == action


@pytest.mark.parametrize(
    "action",
    ["", "approved", "event.", ".approved", "Event.approved", "event approved", "event..approved", "event.approved\n"]
    + [f"event.{'a' * LONGEST_ACTION}"],
)  # fmt: skip
def test_anything_else_is_no_action(action: str) -> None:
    with pytest.raises(ValueError, match="an action is short words"):
        read_action(action)


def test_the_kind_of_an_action_is_its_first_word() -> None:
    assert kind_of("campaign.figure.changed") == "campaign"


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("event:12", "event:12"),
        ("sign_up:5", "sign-up:5"),
        ("sign-up:5", "sign-up:5"),
        ("page:desk_audit.index", "page:desk_audit.index"),
        ("", ""),
    ],
)
def test_a_subject_is_kept_under_one_name(subject: str, kept: str) -> None:
    assert read_subject(subject) == kept


def test_a_subject_is_cut_and_holds_nothing_that_a_database_refuses() -> None:
    assert read_subject("event:12") == "event:12"
    assert read_subject("page:\0\ud800" + "x" * 500) == ("page:?" + "x" * 500)[:LONGEST_SUBJECT]


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "new_password",
        "passwordHash",
        "passphrase",
        "csrf_token",
        "secret",
        "SECRET_KEY",
        "link_nonce",
    ]
    + ["cookie", "totp", "signature", "body", "mail_body", "html"],
)
def test_secrets_and_texts_of_mails_are_refused(key: str) -> None:
    for facts in ({key: "x"}, {"settings": {key: "x"}}, {"all": [{key: "x"}]}):
        with pytest.raises(ValueError, match="keeps nothing secret"):
            read_facts(facts)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("published", "published"),
        (3, 3),
        (None, None),
        (True, True),
        ("민아", "민아"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "2026-11-23T09:00:00+00:00"),
        (("host", "organizer"), ["host", "organizer"]),
        ({"places": 4}, {"places": 4}),
        ("a\0b", "ab"),
        ("\ud800", "?"),
        ("x" * 500, "x" * 500),
        ("x" * 501, "x" * 499 + "…"),
        ("x" * 100_000, "x" * 499 + "…"),
        (["y"] * 80, ["y"] * LONGEST_LIST),
        ("mina@example.org", "…@…"),
        ("to Mina <mina@example.org>, at once", "to Mina <…@…>, at once"),
    ],
)
def test_values_are_short_and_name_no_address(value: Any, kept: Any) -> None:
    assert read_facts({"status": value}) == {"status": kept}


@pytest.mark.parametrize("nothing", [None, {}])
def test_nothing_to_tell_is_kept_as_nothing(nothing: Any) -> None:
    assert read_facts(nothing) is None
