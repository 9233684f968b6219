"""The rules of giving as tables: what may be chosen, and how a donation moves."""

import itertools

import pytest

from portal.domain.donations.errors import (
    AmountAboveMaximum,
    AmountBelowMinimum,
    ChoicesRefused,
    FrequencyUnknown,
    MessageTooLong,
    MessageUnreadable,
    NameToShowMissing,
)
from portal.domain.donations.models import DonationState, PaymentCase
from portal.domain.donations.rules import (
    TRANSITIONS,
    Entries,
    Observed,
    judge_payment,
    may_try_again,
    next_state,
    read_choices,
)
from portal.domain.people.errors import NameNotOneLine, NameTooLong, NameWithAddress
from portal.money import AmountAmbiguous, AmountMissing, AmountNotANumber, CardFee, Money

PRESETS = (1000, 2500, 6000)
FEE = CardFee(250, 25)


def test_a_tapped_amount_is_taken() -> None:
    assert choose(amount="2500").gift == Money(2500, "EUR")


def test_a_typed_amount_beats_a_tapped_one() -> None:
    assert choose(amount="2500", own_amount="7,50").gift == Money(750, "EUR")


def test_card_costs_are_added_only_when_asked_for() -> None:
    assert choose(amount="2500").card_costs == Money(0, "EUR")
    assert choose(amount="2500", cover_fee=True).card_costs == Money(90, "EUR")


@pytest.mark.parametrize(
    ("entries", "field", "refusal"),
    [
        ({"amount": ""}, "amount", AmountMissing),
        ({"amount": "2501"}, "amount", AmountNotANumber),
        ({"amount": "2500; drop"}, "amount", AmountNotANumber),
        ({"own_amount": "1,000"}, "amount", AmountAmbiguous),
        ({"own_amount": "0.99"}, "amount", AmountBelowMinimum),
        ({"own_amount": "10000.01"}, "amount", AmountAboveMaximum),
        ({"frequency": "month"}, "frequency", FrequencyUnknown),
        ({"show_name": True, "name": ""}, "name", NameToShowMissing),
        ({"show_name": True, "name": "  "}, "name", NameToShowMissing),
        ({"show_name": True, "name": "\u200b\u0301"}, "name", NameToShowMissing),
        ({"show_name": True, "name": "x" * 201}, "name", NameTooLong),
        ({"name": "x" * 201}, "name", NameTooLong),
        ({"show_name": True, "name": "Mina\r\nBcc: all"}, "name", NameNotOneLine),
        ({"show_name": True, "name": "Mina\nBcc: all"}, "name", NameNotOneLine),
        ({"show_name": True, "name": "Mina\x00"}, "name", NameNotOneLine),
        ({"show_name": True, "name": "Mina\u2028x"}, "name", NameNotOneLine),
        ({"show_name": True, "name": "a\u202eevil"}, "name", NameNotOneLine),
        ({"show_name": True, "name": "Visit http://evil.example"}, "name", NameWithAddress),
        ({"show_name": True, "name": "WWW.evil.example"}, "name", NameWithAddress),
        ({"message": "x" * 1001}, "message", MessageTooLong),
        ({"message": "a\x00b"}, "message", MessageUnreadable),
    ],
)
def test_a_choice_that_cannot_be_taken_is_refused_beside_its_field(
    entries: dict[str, object], field: str, refusal: type[Exception]
) -> None:
    with pytest.raises(ChoicesRefused) as refused:
        choose(**{"amount": "2500", **entries})
    assert {name: type(why) for name, why in refused.value.by_field.items()} == {field: refusal}


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ChoicesRefused) as refused:
        choose(own_amount="0", show_name=True, message="x" * 1001)
    assert set(refused.value.by_field) == {"amount", "name", "message"}


@pytest.mark.parametrize("name", ["민", "M", "민아 박", "🏮", "שרה", "O'Neil-Ó", " spaced  out ", "x" * 200])
def test_a_name_is_kept_as_typed(name: str) -> None:
    assert choose(amount="2500", show_name=True, name=name).name == name


def test_a_name_that_is_not_to_be_shown_is_not_kept() -> None:
    assert choose(amount="2500", name="Mina").name == ""


def test_the_won_has_limits_of_its_own() -> None:
    entries = Entries("", "999", "once", False, False, "", "")
    with pytest.raises(ChoicesRefused) as refused:
        read_choices(entries, "KRW", (), FEE)
    assert refused.value.by_field["amount"] == AmountBelowMinimum(Money(1000, "KRW"))


def test_the_table_says_what_happens_in_every_state_on_every_news() -> None:
    assert set(TRANSITIONS) == set(itertools.product(DonationState, Observed))


@pytest.mark.parametrize("observed", Observed)
def test_a_paid_donation_stays_paid_whatever_is_told_later(observed: Observed) -> None:
    assert next_state(DonationState.PAID, observed, True) is DonationState.PAID


@pytest.mark.parametrize("state", DonationState)
def test_money_counts_from_every_state_and_from_every_attempt(state: DonationState) -> None:
    assert next_state(state, Observed.PAID, True) is DonationState.PAID
    assert next_state(state, Observed.PAID, False) is DonationState.PAID


@pytest.mark.parametrize(("state", "observed"), list(itertools.product(DonationState, Observed)))
def test_the_same_news_twice_changes_nothing_more(state: DonationState, observed: Observed) -> None:
    once = next_state(state, observed, True)
    assert next_state(once, observed, True) is once


@pytest.mark.parametrize(
    ("state", "observed"),
    [
        (state, seen)
        for state in DonationState
        for seen in (Observed.OPEN, Observed.FAILED, Observed.EXPIRED)
        if (state, seen) != (DonationState.PROCESSING, Observed.FAILED)
    ],
)
def test_an_earlier_attempt_says_nothing_about_the_latest(state: DonationState, observed: Observed) -> None:
    assert next_state(state, observed, False) is state


def test_a_bank_debit_under_way_in_an_earlier_attempt_counts_until_it_fails() -> None:
    state = next_state(DonationState.OPEN, Observed.PROCESSING, False)
    assert state is DonationState.PROCESSING
    assert next_state(state, Observed.FAILED, False) is DonationState.FAILED
    assert next_state(state, Observed.PAID, False) is DonationState.PAID


def test_news_that_comes_in_the_wrong_order_ends_the_same() -> None:
    for order in itertools.permutations(
        [Observed.OPEN, Observed.PROCESSING, Observed.PAID, Observed.EXPIRED]
    ):
        state = DonationState.STARTED
        for observed in order:
            state = next_state(state, observed, True)
        assert state is DonationState.PAID, order


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (DonationState.STARTED, True),
        (DonationState.OPEN, True),
        (DonationState.PROCESSING, False),
        (DonationState.PAID, False),
        (DonationState.FAILED, True),
        (DonationState.EXPIRED, True),
    ],
)
def test_a_second_charge_is_never_offered(state: DonationState, may: bool) -> None:
    assert may_try_again(state) is may


@pytest.mark.parametrize(
    ("moved", "paid_before", "case"),
    [
        (Money(2500, "EUR"), False, PaymentCase.EXPECTED),
        (Money(2500, "EUR"), True, PaymentCase.DOUBLE),
        (Money(2400, "EUR"), False, PaymentCase.AMOUNT_DIFFERS),
        (Money(2500, "USD"), False, PaymentCase.CURRENCY_DIFFERS),
    ],
)
def test_a_payment_that_is_not_what_was_asked_has_a_name(
    moved: Money, paid_before: bool, case: PaymentCase
) -> None:
    assert judge_payment(Money(2500, "EUR"), moved, paid_before) is case


def choose(**entries: object):
    """Read a give form with these entries, everything else left as the page offers it."""
    blank = {"amount": "", "own_amount": "", "frequency": "once", "name": "", "message": ""}
    return read_choices(
        Entries(**{"cover_fee": False, "show_name": False, **blank, **entries}), "EUR", PRESETS, FEE
    )
