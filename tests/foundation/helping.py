"""People who help in every order that there is: what they can do.

A run is one transaction that is rolled back at its end, each step a savepoint in it, read with a fresh session as
each request would. What a step must have mailed is told from what it changed, so that a mail too many is found like
one too few.
"""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from portal.db import db
from portal.domain.events.models import Event, Shift
from portal.domain.people.service import set_reminders
from portal.domain.volunteers import due, queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.errors import (
    ClashesWithHeld,
    TooLateToChange,
)
from portal.domain.volunteers.rules import Wish, ask_again_at
from portal.domain.volunteers.sign_up import sign_up
from tests.factories.campaigns import make_campaign
from tests.factories.events import make_event, make_shift
from tests.foundation.helping_checks import (
    ACTIVE,
    ALL,
    EMAILS,
    EVENTS,
    FIRST_SHIFT,
    HOLDING,
    HelpingChecks,
    Look,
    claim_of,
    numbers,
)


class Helping(HelpingChecks):
    """Everything that can happen to sign-ups, by the portal's own services on a real database."""

    @initialize(proves=st.lists(st.booleans(), min_size=8, max_size=8))
    def begin(self, proves: list[bool]) -> None:
        """Two campaigns with an event each, and a rush for two shifts that are at one time."""
        db.session.rollback()
        for shifts in EVENTS:
            event = make_event(make_campaign())
            for begins, ends, places, vetted in shifts:
                start = FIRST_SHIFT + timedelta(hours=begins)
                make_shift(event, start, hours=ends - begins, places=places, vetted=vetted)
        db.session.expunge_all()
        self.now_seen = Look()
        for which, some in ((1, proves[:4]), (3, proves[4:])):
            self.rush(which=which, emails=EMAILS, proves=some)

    # What people do.

    @rule(
        email=st.sampled_from(EMAILS),
        event=numbers,
        ticked=st.lists(numbers, min_size=1, max_size=3, unique=True),
        browser=st.sampled_from([0, 1]),
        followed=st.booleans(),
        instead=st.lists(numbers, max_size=2),
        name=st.sampled_from(["", " as typed by another"]),
    )
    def sign_up(
        self,
        email: str,
        event: int,
        ticked: list[int],
        browser: int,
        followed: bool,
        instead: list[int],
        name: str,
    ) -> None:
        """Somebody sends the form of an event, with or without having followed a mailed link."""
        seen = self.now_seen
        event_id = _pick(seen.events, event).id
        shifts = sorted(one.id for one in seen.shifts.values() if one.event_id == event_id)
        wanted = tuple(dict.fromkeys(shifts[number % len(shifts)] for number in ticked))
        person_id = seen.person_of(email)
        claims = tuple(claim for (by, _), claim in self.claimed[browser].items() if by == email)
        known = Known(person_id if followed else None, claims)
        claimed = {claim.shift_id for claim in claims}
        own = {
            one.shift_id: one
            for one in seen.of(person_id)
            if (followed or one.shift_id in claimed) and one.shift_id not in wanted
            if not seen.is_over(one, self.moment)
        }
        left = {_pick(own, number).shift_id for number in instead if own}
        self._send(event_id, Wish(wanted, f"{email[:3]}{name}", email), known, left, browser)

    @rule(
        which=numbers, emails=st.permutations(EMAILS), proves=st.lists(st.booleans(), min_size=4, max_size=4)
    )
    def rush(self, which: int, emails: list[str], proves: list[bool]) -> None:
        """All of them want the same shift, and some answer their mail at once."""
        shift = _pick(self.now_seen.shifts, which)
        for email, proves_it in zip(emails, proves, strict=True):
            self._send(shift.event_id, Wish((shift.id,), email[:3], email), Known(), set(), 0)
            if proves_it:
                self.prove(email, gives_up_new=False)

    def _send(self, event_id: int, wish: Wish, known: Known, instead: set[int], browser: int) -> None:
        before = self.now_seen
        given = self._step(
            "sign up", lambda at: sign_up(event_id, wish, known, at, instead=instead), check=False
        )
        if isinstance(given, Exception):
            self._assert_refused_rightly(given, before, event_id, wish, known, instead)
            return
        person_id = self.now_seen.person_of(wish.email)
        proved = known.person_id is not None and known.person_id == person_id
        told = [one.sign_up_id for one in given if one.sign_up_id is not None]
        given_back = {
            one.id
            for one in before.of(person_id)
            if one.shift_id in instead and not before.is_over(one, self.moment)
            if proved or (one.proved_at is None and one.uid in {claim.uid for claim in known.claims})
        }
        self.dropped = set() if proved else given_back
        self._assert_told_honestly(given, before, known)
        self._assert_mails("sign up", before, self._asked_to_prove(before, person_id, told, proved))
        if not proved:
            self._assert_nothing_of_before_changed(before, person_id, told, given_back)
        assert all(self.now_seen.sign_ups[one].state == "cancelled" for one in given_back)
        if not proved:
            self.claimed[browser].update(
                {(wish.email, one.slot.shift_id): claim_of(one, self.moment) for one in given}
            )

    @rule(email=st.sampled_from(EMAILS), gives_up_new=st.booleans())
    def prove(self, email: str, gives_up_new: bool) -> None:
        """Somebody presses the button behind the mailed link, and says which of two clashing shifts goes."""
        person_id = self.now_seen.person_of(email)
        if person_id is None:
            return
        give_up: set[int] = set()
        while True:
            before = self.now_seen
            left = frozenset(give_up)
            given = self._step("prove", lambda at, left=left: len(service.prove(person_id, at, left)))
            if isinstance(given, TooLateToChange):
                rows = [before.sign_ups[one] for one in give_up]
                assert any(one.proved_at and self._can_give_back(one) is TooLateToChange for one in rows)
                give_up, gives_up_new = {one.id for one in rows if not one.proved_at}, True
                continue
            clashes = self._clashes_to_settle(before, person_id, give_up)
            assert isinstance(given, ClashesWithHeld) is bool(clashes), (given, clashes)
            if not isinstance(given, ClashesWithHeld):
                break
            fresh, other = given.pairs[0]
            give_up.add((fresh if gives_up_new else other).sign_up_id or 0)
        left = [one for one in self.now_seen.of(person_id) if not self.now_seen.is_over(one, self.moment)]
        assert all(one.proved_at is not None for one in left)

    @rule(which=numbers)
    def give_back(self, which: int) -> None:
        """Somebody gives a place back, leaves the line, or says no thanks to a place that came free."""
        rows = {one.id: one for one in self.now_seen.sign_ups.values() if one.person_id}
        if not rows:
            return
        row = _pick(rows, which)
        given = self._step("give back", lambda at: service.cancel_by_person(queries.get_sign_up(row.id), at))
        refusal = self._can_give_back(row)
        assert (type(given) if given is not None else None) is refusal
        if refusal is None:
            assert self.now_seen.sign_ups[row.id].state == "cancelled"

    @rule(email=st.sampled_from(EMAILS), wanted=st.booleans())
    def choose_reminders(self, email: str, wanted: bool) -> None:
        """Somebody wants reminders, or none."""
        person_id = self.now_seen.person_of(email)
        if person_id is not None:
            self._step("reminders", lambda _: set_reminders(person_id, wanted))

    @rule(email=st.sampled_from(EMAILS))
    def take_out(self, email: str) -> None:
        """Somebody leaves altogether."""
        person_id = self.now_seen.person_of(email)
        if person_id is None:
            return
        before = self.now_seen
        own = before.of(person_id, (*ACTIVE, "cancelled"))
        self._step("take out", lambda at: service.take_out(person_id, at))
        self.told = {one for one in self.told if one[:2] != ("help_link", person_id)}
        seen = self.now_seen
        assert seen.person_of(email) is None and person_id not in seen.persons
        assert not [one for one in seen.mails.values() if one.person_id == person_id]
        for one in own:
            left = seen.sign_ups.get(one.id)
            if one.state in HOLDING and before.is_over(one, self.moment):
                assert left is not None and (left.person_id, left.name, left.state) == (None, "", one.state)
            else:
                assert left is None

    # What organizers do.

    @rule(which=numbers)
    def vet(self, which: int) -> None:
        """An organizer has seen what a role asks for."""
        rows = {
            one.id: one
            for one in self.now_seen.sign_ups.values()
            if one.person_id and self.now_seen.shifts[one.shift_id].vetted
        }
        if rows:
            row = _pick(rows, which)
            self._step("vet", lambda at: service.vet(queries.get_sign_up(row.id), "Aoife", at))
            was_ready = row.state == "pending" and row.proved_at
            assert self.now_seen.sign_ups[row.id].state == ("confirmed" if was_ready else row.state)

    @rule(which=numbers, places=st.integers(0, 4))
    def change_places(self, which: int, places: int) -> None:
        """A shift gets more or fewer places."""
        shift_id = _pick(self.now_seen.shifts, which).id
        before = self.now_seen
        self._step(
            "places", lambda at: service.change_places(db.session.get_one(Shift, shift_id), places, at)
        )
        assert self.now_seen.shifts[shift_id].places == places
        holders = sorted(one.number for one in before.of_shift(shift_id, HOLDING))
        kept = {one.number for one in self.now_seen.of_shift(shift_id, HOLDING)}
        assert kept >= set(holders[:places])

    @rule(which=numbers, begins=st.integers(0, 5), days=st.integers(0, 1))
    def change_times(self, which: int, begins: int, days: int) -> None:
        """A shift is moved to another time."""
        shift_id = _pick(self.now_seen.shifts, which).id
        starts_at = max(FIRST_SHIFT, self.moment) + timedelta(days=days, hours=begins + 1)
        self._step(
            "times",
            lambda at: service.change_times(
                db.session.get_one(Shift, shift_id), starts_at, starts_at + timedelta(hours=2), at
            ),
            shift_id=shift_id,
        )
        self.excused |= self.now_seen.double_booked(self.moment)

    @rule(which=numbers, sure=st.integers(0, 3))
    def call_off(self, which: int, sure: int) -> None:
        """An event does not take place; now and then only, so that runs are not empty."""
        event_id = _pick(self.now_seen.events, which).id
        if sure:
            return
        for _ in range(2):  # the second time changes nothing
            self._step("call off", lambda at: service.call_off(db.session.get_one(Event, event_id), at))
        coming = [
            one
            for one in self.now_seen.shifts.values()
            if one.event_id == event_id and one.ends_at > self.moment
        ]
        assert [(one.taken, one.waiting) for one in coming] == [(0, 0)] * len(coming)

    # What time and the worker do.

    @rule(hours=st.sampled_from([1, 6, 12, 24]), worker_runs=st.booleans())
    def let_time_pass(self, hours: int, worker_runs: bool) -> None:
        """Hours pass, and the worker lets go of what nobody proved in time, unless it does not run."""
        self.moment += timedelta(hours=hours)
        if worker_runs:
            self._lapse()

    def _lapse(self) -> None:
        before = self.now_seen
        self._step("lapse", lambda at: due.lapse_due(at, ALL))
        for one in before.sign_ups.values():
            if one.state in ACTIVE and one.proved_at is None and one.prove_by <= self.moment:
                assert self.now_seen.sign_ups[one.id].state == "cancelled"
                assert self.now_seen.sign_ups[one.id].moved_up_at == one.moved_up_at

    @rule()
    def mail_what_is_due(self) -> None:
        """The worker asks again, reminds and thanks, and twice makes no more of it."""
        for _ in range(2):
            before = self.now_seen
            self._step("ask again", lambda at: due.ask_again_due(at, ALL))
            for one in before.sign_ups.values():
                if one.state in ACTIVE and one.proved_at is None and one.prove_by > self.moment:
                    asked = ask_again_at(one.changed_at, one.prove_by) <= self.moment
                    assert asked is (self.now_seen.sign_ups[one.id].asked_again_at is not None) or (
                        one.asked_again_at is not None
                    )
            self._step("remind", lambda at: due.remind_due(at, ALL))
            self._step("thank", lambda at: due.thank_due(at, ALL))
        self._assert_nothing_is_due()

    # What must be true.


def _pick(rows: dict[int, Any], number: int) -> Any:
    return rows[sorted(rows)[number % len(rows)]]
