"""People who help in every order that there is: what must be true of the database after each step.

A run is one transaction that is rolled back at its end, each step a savepoint in it, read with a fresh session as
each request would. What a step must have mailed is told from what it changed, so that a mail too many is found like
one too few.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from portal.db import db, table_of
from portal.domain.campaigns.models import Campaign
from portal.domain.events.errors import EventCancelled, EventRefused, ShiftBegun
from portal.domain.events.models import Event, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers.claims import Claim, Known, Outcome
from portal.domain.volunteers.errors import (
    ClashesWithHeld,
    HelpRefused,
    NotPossible,
    ShiftsClash,
    TooLateToChange,
)
from portal.domain.volunteers.mailed_links import MOST_MAILS_AN_HOUR
from portal.domain.volunteers.models import SignUp, SignUpState
from portal.domain.volunteers.queries import THANK_WITHIN
from portal.domain.volunteers.rules import REMIND_BEFORE, THANK_AFTER, TRANSITIONS, Wish

BEGUN = datetime(2026, 6, 1, 9, tzinfo=UTC)
FIRST_SHIFT = BEGUN + timedelta(hours=60)
HOLDING, ACTIVE = ("pending", "confirmed"), ("pending", "confirmed", "waiting")
EMAILS = [f"{name}@example.org" for name in ("ada", "bo", "cy", "dee")]
# Of each event: start and end in hours after the first shift, places, vetted or not. The two are at one time.
EVENTS = (((0, 2, 1, False), (1, 3, 2, False), (2, 4, 1, True)), ((1, 2, 1, False), (0, 4, 2, False)))
# The most that a sweep takes at once; more than there are.
ALL = 1000
numbers = st.integers(0, 99)


def claim_of(outcome: Outcome, moment: datetime) -> Claim:
    """Give what a browser keeps of what it was told."""
    waits = outcome.state == SignUpState.WAITING
    return Claim(outcome.slot.shift_id, outcome.uid, waits, outcome.position, outcome.prove_by or moment)


class Look:
    """All that the database says at one moment, by id."""

    def __init__(self) -> None:
        self.sign_ups = _rows(SignUp)
        self.shifts = _rows(Shift)
        self.events = _rows(Event)
        self.persons = _rows(Person)
        self.mails = _rows(OutboxMail)
        self.help = {one.id: one.help_version for one in _rows(Campaign).values()}

    def person_of(self, email: str) -> int | None:
        """Give the person of an address, by id."""
        return next((one.id for one in self.persons.values() if one.email == email), None)

    def of(self, person_id: int | None, states: Iterable[str] = ACTIVE) -> list[Any]:
        """Give a person's sign-ups in these states."""
        return [one for one in self.sign_ups.values() if one.person_id == person_id and one.state in states]

    def of_shift(self, shift_id: int, states: Iterable[str] = ACTIVE) -> list[Any]:
        """Give a shift's sign-ups in these states."""
        return [one for one in self.sign_ups.values() if one.shift_id == shift_id and one.state in states]

    def clash(self, one: Any, other: Any) -> bool:
        """Tell whether two sign-ups are at one time."""
        first, second = self.shifts[one.shift_id], self.shifts[other.shift_id]
        return first.starts_at < second.ends_at and second.starts_at < first.ends_at

    def is_over(self, one: Any, moment: datetime) -> bool:
        """Tell whether a sign-up's shift has ended."""
        return self.shifts[one.shift_id].ends_at <= moment

    def fits(self, one: Any, moment: datetime) -> bool:
        """Tell whether who waits could take a place; what anybody claims with a proved one's address is no matter."""
        return not any(
            self.clash(one, other)
            for other in self.of(one.person_id, HOLDING)
            if other.id != one.id and not self.is_over(other, moment)
            if other.proved_at is not None or one.proved_at is None
        )

    def double_booked(self, moment: datetime) -> set[tuple[int, int]]:
        """Give the pairs of proved places of one person, by id, that are at one time."""
        held = [
            one
            for one in self.sign_ups.values()
            if one.state in HOLDING and one.proved_at and one.person_id and not self.is_over(one, moment)
        ]
        return {
            (one.id, other.id)
            for one, other in combinations(held, 2)
            if one.person_id == other.person_id and self.clash(one, other)
        }


def _rows(model: Any) -> dict[int, SimpleNamespace]:
    # PostgreSQL gives what was changed last at the end.
    found = db.session.execute(select(table_of(model)).order_by("id")).mappings()
    return {row["id"]: SimpleNamespace(**row) for row in found}


class HelpingChecks(RuleBasedStateMachine):
    """What must hold after every step, whatever it was, and what was expected of it."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = BEGUN
        self.excused: set[tuple[int, int]] = set()
        # What each of two browsers was told, by address and shift.
        self.claimed: tuple[dict[tuple[str, int], Claim], dict[tuple[str, int], Claim]] = ({}, {})
        # Claims that their own browser gave back: nobody is mailed.
        self.dropped: set[int] = set()
        self.told: set[tuple[Any, ...]] = set()
        self.now_seen = Look()

    def teardown(self) -> None:
        """Leave no row behind."""
        db.session.rollback()
        db.session.expunge_all()

    def _assert_refused_rightly(
        self, refusal: Exception, seen: Look, event_id: int, wish: Wish, known: Known, instead: set[int]
    ) -> None:
        shifts = [seen.shifts[one] for one in wish.shift_ids]
        free = [one for one in shifts if one.taken < one.places]
        if seen.events[event_id].status == "cancelled":
            assert isinstance(refusal, EventCancelled)
        elif any(one.starts_at <= self.moment for one in shifts):
            assert isinstance(refusal, ShiftBegun)
        elif any(a.starts_at < b.ends_at and b.starts_at < a.ends_at for a, b in combinations(free, 2)):
            assert isinstance(refusal, ShiftsClash)
        elif isinstance(refusal, ClashesWithHeld):
            knows = {one.shift_id for one in seen.of(known.person_id, ACTIVE)} if known.person_id else set()
            for wanted, held in refusal.pairs:
                assert wanted.shift_id in wish.shift_ids
                may_be_named = held.shift_id in knows or held.shift_id in {
                    claim.shift_id for claim in known.claims
                }
                assert (may_be_named and held.shift_id not in instead) or held.shift_id in wish.shift_ids
                assert wanted.starts_at < held.ends_at and held.starts_at < wanted.ends_at
        else:
            assert isinstance(refusal, TooLateToChange)
            left = [one for one in seen.of(known.person_id) if one.shift_id in instead]
            assert any(self._can_give_back(one) is TooLateToChange for one in left)

    def _assert_told_honestly(self, outcomes: list[Outcome], before: Look, known: Known) -> None:
        for one in outcomes:
            shift = before.shifts[one.slot.shift_id]
            told = known.claim(shift.id, self.moment)
            if one.sign_up_id is None and told is not None:
                assert claim_of(one, self.moment) == told
            elif one.sign_up_id is None:
                # Somebody else may be asking: they hear what an address that is new here would.
                assert one.state == ("waiting" if shift.taken >= shift.places else "pending")
                assert one.position == (shift.waiting + 1 if shift.taken >= shift.places else None)
                assert one.prove_by is not None
            elif one.position is not None:
                row = self.now_seen.sign_ups[one.sign_up_id]
                line = sorted(other.number for other in self.now_seen.of_shift(row.shift_id, ["waiting"]))
                assert row.state == "cancelled" or row.state in HOLDING or row.number in line

    def _asked_to_prove(
        self, before: Look, person_id: int | None, told: list[int], proved: bool
    ) -> Counter[Any]:
        rows = [self.now_seen.sign_ups[one] for one in told]
        unproved = sorted((one for one in rows if one.proved_at is None), key=lambda one: one.id)
        # With those of this very step: what was given back for it may have moved up somewhere themselves.
        of_late = [
            mail
            for mail in self.now_seen.mails.values()
            if mail.person_id == person_id and mail.queued_at > self.moment - timedelta(hours=1)
            if mail.id in before.mails or mail.kind == "sign_up_moved_up"
        ]
        if proved or len(of_late) >= MOST_MAILS_AN_HOUR:
            return Counter()
        window = int(self.moment.timestamp()) // 300
        if unproved:
            ids = tuple(one.id for one in unproved)
            news = ("sign_up_confirm", window, *((one.id, self._sequence(one)) for one in unproved))
            mail = ("sign_up_confirm", person_id, ids)
        else:
            news = ("help_link", person_id, window)
            mail = ("help_link", person_id, ())
        if news in self.told:
            return Counter()
        self.told.add(news)
        return Counter([mail])

    def _sequence(self, one: Any) -> int:
        return one.version + self.now_seen.shifts[one.shift_id].sequence

    def _assert_nothing_of_before_changed(
        self, before: Look, person_id: int | None, told: list[int], instead: set[int]
    ) -> None:
        for old in before.of(person_id, (*ACTIVE, "cancelled")):
            new = self.now_seen.sign_ups[old.id]
            if old.id not in (*told, *instead) and new.moved_up_at != self.moment:
                assert vars(new) == vars(old)

    def _clashes_to_settle(self, seen: Look, person_id: int, give_up: set[int]) -> list[Any]:
        held = [
            one
            for one in seen.of(person_id, HOLDING)
            if one.id not in give_up and not seen.is_over(one, self.moment)
        ]
        return [
            (one.id, other.id)
            for one, other in combinations(held, 2)
            if not (one.proved_at and other.proved_at) and seen.clash(one, other)
        ]

    def _can_give_back(self, row: Any) -> type | None:
        shift = self.now_seen.shifts[row.shift_id]
        hours = self.now_seen.events[shift.event_id].changes_close_hours
        came_free = row.moved_up_at is not None and row.state in HOLDING
        open_until = shift.starts_at
        if not came_free and row.state != "waiting" and row.shift_moved_at is None:
            open_until -= timedelta(hours=hours)
        if self.moment >= open_until and row.proved_at is not None:
            return TooLateToChange
        return NotPossible if row.state == "cancelled" else None

    def _assert_nothing_is_due(self) -> None:
        for one in self.now_seen.sign_ups.values():
            shift = self.now_seen.shifts[one.shift_id]
            if one.state != "confirmed" or one.person_id is None:
                continue
            if self.moment < shift.starts_at <= self.moment + REMIND_BEFORE:
                assert one.reminded_at is not None
            long_enough = shift.ends_at + THANK_AFTER <= self.moment < shift.ends_at + THANK_WITHIN
            if long_enough and self.now_seen.events[shift.event_id].status == "published":
                assert one.thanked_at is not None

    @invariant()
    def places_and_lines_agree(self) -> None:
        """Whatever happened before."""
        self._counts_are_those_of_the_rows()
        self._nobody_is_in_two_places_at_once()
        self._no_place_is_free_for_somebody_who_waits()
        self._each_joined_with_a_number_of_their_own()

    def _counts_are_those_of_the_rows(self) -> None:
        """`taken` and `waiting` follow the sign-ups, and nobody is above the places."""
        for shift in self.now_seen.shifts.values():
            rows = self.now_seen.of_shift(shift.id)
            held = sum(one.state in HOLDING for one in rows)
            assert (shift.taken, shift.waiting) == (held, len(rows) - held)
            assert 0 <= shift.taken <= shift.places

    def _nobody_is_in_two_places_at_once(self) -> None:
        """Unless a shift was moved after they had signed up."""
        both = self.now_seen.double_booked(self.moment)
        self.excused &= both
        assert both <= self.excused

    def _no_place_is_free_for_somebody_who_waits(self) -> None:
        """A place goes to whoever waits and fits, at once."""
        for shift in self.now_seen.shifts.values():
            open_still = self.now_seen.events[shift.event_id].status == "published"
            if open_still and shift.starts_at > self.moment and shift.taken < shift.places:
                line = self.now_seen.of_shift(shift.id, ["waiting"])
                assert not [one.id for one in line if self.now_seen.fits(one, self.moment)]

    def _each_joined_with_a_number_of_their_own(self) -> None:
        """No two sign-ups of a shift have one number."""
        for shift in self.now_seen.shifts.values():
            found = [one.number for one in self.now_seen.of_shift(shift.id, (*ACTIVE, "cancelled"))]
            assert len(set(found)) == len(found)
            assert max(found, default=0) <= shift.last_number

    def _step(
        self,
        name: str,
        act: Callable[[datetime], Any],
        *,
        check: bool = True,
        shift_id: int | None = None,
    ) -> Any:
        """Let something happen a minute later, as one request would; gives what it gives, or the refusal."""
        before = self.now_seen
        self.moment += timedelta(minutes=1)
        try:
            with db.session.begin_nested():
                given = act(self.moment)
        except (HelpRefused, EventRefused) as refusal:
            given = refusal
        db.session.flush()
        db.session.expunge_all()
        self.now_seen = Look()
        if isinstance(given, Exception):
            assert vars(self.now_seen) == vars(before)
            return given
        self._assert_moved_by_the_table(before)
        self._assert_nobody_was_overtaken(before)
        self._assert_pages_follow(before)
        if check:
            self._assert_mails(name, before, Counter(), shift_id)
        return given

    def _assert_moved_by_the_table(self, before: Look) -> None:
        for one in self.now_seen.sign_ups.values():
            old = before.sign_ups.get(one.id)
            is_same = old is not None and old.uid == one.uid
            states, moves = ({old.state}, one.version - old.version) if is_same else ({"new"}, one.version)
            for _ in range(moves):
                states = {to for (state, _), to in TRANSITIONS.items() if state in states} | (
                    {"pending", "waiting"} if "new" in states else set()
                )
            assert one.state in states
            assert moves >= 0

    def _assert_nobody_was_overtaken(self, before: Look) -> None:
        for one in self._moved_up(before):
            ahead = [
                other
                for other in self.now_seen.of_shift(one.shift_id, ["waiting"])
                if other.number < one.number
            ]
            assert not [other.id for other in ahead if self.now_seen.fits(other, self.moment)]

    def _moved_up(self, before: Look) -> list[Any]:
        found = self.now_seen.sign_ups.values()
        return [one for one in found if one.moved_up_at == self.moment]

    def _assert_pages_follow(self, before: Look) -> None:
        for shift in self.now_seen.shifts.values():
            old = before.shifts[shift.id]
            shown = ("places", "taken", "waiting", "starts_at")
            if any(getattr(shift, name) != getattr(old, name) for name in shown):
                campaign_id = self.now_seen.events[shift.event_id].campaign_id
                assert self.now_seen.help[campaign_id] > before.help[campaign_id]

    def _assert_mails(
        self, step: str, before: Look, asked: Counter[Any], shift_id: int | None = None
    ) -> None:
        """Fail unless exactly those mails were queued that follow from what changed."""
        queued = Counter(
            (one.kind, one.person_id, tuple(sorted(one.about.get("sign_ups", ()))))
            for one in self.now_seen.mails.values()
            if one.id not in before.mails or before.mails[one.id].unique_key != one.unique_key
        )
        follows = asked + self._mails_of_changes(step, before, shift_id)
        assert queued == follows, (step, queued - follows, follows - queued)

    def _mails_of_changes(self, step: str, before: Look, shift_id: int | None) -> Counter[Any]:
        mails: Counter[Any] = Counter()
        proved: dict[int, list[int]] = {}
        asked_again: dict[int, list[int]] = {}
        for one in self.now_seen.sign_ups.values():
            if one.person_id is None:
                continue
            old = before.sign_ups.get(one.id)
            mails.update((kind, one.person_id, (one.id,)) for kind in self._kinds(step, one, old, shift_id))
            if one.proved_at == self.moment:
                proved.setdefault(one.person_id, []).append(one.id)
            if one.asked_again_at == self.moment:
                asked_again.setdefault(one.person_id, []).append(one.id)
        mails.update(("sign_up_confirmed", who, tuple(sorted(ids))) for who, ids in proved.items())
        mails.update(("sign_up_confirm_again", who, tuple(sorted(ids))) for who, ids in asked_again.items())
        return mails

    def _kinds(self, step: str, one: Any, old: Any, shift_id: int | None) -> Iterable[str]:
        shift = self.now_seen.shifts[one.shift_id]
        was, was_active = (old.state, old.state in ACTIVE) if old else ("", False)
        moved_up = one.moved_up_at == self.moment
        if moved_up:
            yield "sign_up_moved_up"
        if one.state == "cancelled" and was_active and step != "lapse" and one.id not in self.dropped:
            yield "sign_up_cancelled" if step == "call off" else "sign_up_given_back"
        if one.state == "waiting" and was in HOLDING:
            yield "sign_up_moved_back"
        if step == "vet" and (was, one.state) == ("pending", "confirmed"):
            yield "sign_up_confirmed"
        if step == "times" and one.shift_id == shift_id and was_active:
            yield "sign_up_changed"
        if one.thanked_at == self.moment:
            yield "shift_thanks"
        wants = self.now_seen.persons[one.person_id].wants_reminders
        if one.reminded_at == self.moment and wants and one.changed_at <= shift.starts_at - REMIND_BEFORE:
            yield "shift_reminder"
