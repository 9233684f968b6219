"""Pages of managing events, in every state: (endpoint, state, how to get there, how it answers)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.events import proposals
from portal.domain.events.models import Event, EventStatus, Promise
from portal.domain.people.models import Person
from portal.domain.volunteers import attendance
from portal.domain.volunteers.rules import Mark
from tests.factories.accounts import make_user
from tests.factories.events import details_of, make_event, make_host, make_shift, plan_shift
from tests.factories.people import make_person
from tests.factories.volunteers import make_sign_up
from tests.foundation.members import sign_in
from tests.foundation.pages import Page

EMAIL = "host@example.org"
TOLD: dict[str, Any] = {
    "title": "⟦<b>이야기 &amp; 차⟧",
    "summary": "⟦Two hours of talking, with tea.⟧",
    "place": "Rivermouth",
    "exact_place": "Library, 2nd floor",
    "what_to_bring": "Nothing.",
    "languages": ["en", "ko"],
    "names_seen_by": "hosts",
}
PATTERN = {
    "timezone": "Europe/Dublin", "first_day": "2031-06-07", "last_day": "2031-06-28", "weekdays": ["5", "6"],
    "starts": "10:00", "ends": "14:30", "minutes": "120", "changeover": "15",
    "role": ["이야기 친구", "Tutor", ""], "places": ["3", "1", ""], "vetted": ["1"],
}  # fmt: skip
PROMISED = {"no_crossing": "y", "no_payment_inside": "y"}
DRAFT: dict[str, Any] = {"taken": False, "status": "draft"}
SHIFT = {"day": "2031-06-07", "starts": "10:00", "ends": "12:00", "places": "3"}


def host(world: Any, *, trusted: bool = False) -> int:
    """Sign a host in; gives their person's id."""
    with world.app.app_context():
        user = make_user(email=EMAIL, name="민아", trusted_host=trusted)
        db.session.commit()
        user_id, person_id = user.id, user.person_id
    sign_in(world.browser.client, world.app, user_id)
    return person_id


def make_hosted(
    world: Any, person_id: int, *, taken: bool = True, accepted: bool = True, **facts: Any
) -> tuple[int, int]:
    """Add an event with a host, with people in it or not; gives its id and its shift's."""
    with world.app.app_context():
        event = make_event(world._campaign(), **({name: TOLD[name] for name in ("title", "summary")} | facts))
        shift = make_shift(event, places=1)
        if taken:
            for name in ("민아 ⟦Min⟧", "Bo"):
                make_sign_up(shift, name=name)
            make_shift(event, now() - timedelta(hours=1), vetted=True)
        make_host(event, db.session.get_one(Person, person_id), **({} if accepted else {"accepted_at": None}))
        db.session.commit()
        return event.id, shift.id


def see(world: Any, path: str = "", *, trusted: bool = False, co_host: bool = False, **facts: Any) -> Page:
    """Look at a page of one's own event."""
    person_id = host(world, trusted=trusted)
    event_id, shift_id = make_hosted(world, person_id, **facts)
    if co_host:
        with world.app.app_context():
            make_host(db.session.get_one(Event, event_id), make_person(name="보라"))
            db.session.commit()
    return world.browser.get(f"/hosting/events/{event_id}{path.format(shift=shift_id)}")


def send(
    world: Any, path: str, *, facts: dict[str, Any] | None = None, trusted: bool = False, **entries: Any
) -> Page:
    """Send a form about one's own event."""
    event_id, shift_id = make_hosted(world, host(world, trusted=trusted), **(facts or {}))
    return post(world, f"/hosting/events/{event_id}{path.format(shift=shift_id)}", **entries)


def post(world: Any, path: str, /, **entries: Any) -> Page:
    """Send a form with a token of this browser."""
    token = world.browser.get("/hosting/new").field("csrf_token").get("value") or ""
    return world.browser.post(path, {"csrf_token": token, **entries})


def propose(world: Any, path: str = "/hosting/new", *, trusted: bool = False, **entries: Any) -> Page:
    """Send the form of a new event."""
    host(world, trusted=trusted)
    with world.app.app_context():
        campaign = world._campaign().id
    return post(world, path, **(TOLD | PATTERN | PROMISED | {"campaign": campaign} | entries))


def see_new(world: Any, *, trusted: bool = False) -> Page:
    """Open the form of a new event."""
    host(world, trusted=trusted)
    return world.browser.get("/hosting/new")


def see_all(world: Any) -> Page:
    """Open the list with an event in each status, and one that somebody asks about."""
    person_id = host(world)
    for status in EventStatus:
        facts = (
            {"decided_at": now(), "decision_note": "좋아요.\nGood."} if status != EventStatus.PROPOSED else {}
        )
        make_hosted(world, person_id, taken=False, status=status, **facts)
    make_hosted(world, person_id, taken=False, accepted=False)
    return world.browser.get("/hosting")


def answer(world: Any, path: str) -> Page:
    """Answer whoever asks for help with an event."""
    event_id, _ = make_hosted(world, host(world), accepted=False)
    return post(world, f"/hosting/events/{event_id}/hosts/{path}")


def see_list(world: Any) -> Page:
    """Open the list without anything in it."""
    host(world)
    return world.browser.get("/hosting")


def anonymous(world: Any) -> Page:
    """Ask for a page without being signed in."""
    return world.browser.get("/hosting")


def _in(status: EventStatus) -> Callable[[Any], Page]:
    decided = (
        {"decided_at": now(), "decision_note": "아직은 아니에요.\nNot yet."} if status == "declined" else {}
    )
    return partial(see, taken=False, status=status, **decided)


def door(world: Any, path: str = "/roster", *, form: dict[str, Any] | None = None, **facts: Any) -> Page:
    """Look at, or with `form` send, a page about a shift that has begun, with people in every standing."""
    person_id = host(world)
    with world.app.app_context():
        event = make_event(world._campaign(), **({name: TOLD[name] for name in ("title", "summary")} | facts))
        start, long_ago = now() - timedelta(minutes=30), now() - timedelta(days=2)
        shift = make_shift(event, start, places=5, role="이야기 친구")
        make_shift(event, start, vetted=True, role="Tutor")
        people = [make_sign_up(shift, name=f"⟦민아 {n}⟧", moment=long_ago) for n in range(4)]
        make_sign_up(shift, name="⟦<b>Bo⟧", proved=False, moment=long_ago)
        make_sign_up(shift, name="⟦Cy⟧", moment=long_ago)
        by = make_host(event, db.session.get_one(Person, person_id)).person_id
        for one, given in zip(people, (Mark.HERE, Mark.LATE, Mark.MISSED), strict=False):
            attendance.mark(by, one.id, given, now())
        people[0].minutes = 90
        db.session.commit()
        values = {"shift": shift.id, "one": people[3].id}
        address = f"/hosting/events/{event.id}{path.format(**values)}"
        sent = {name.format(**values): value for name, value in (form or {}).items()}
    return world.browser.get(address) if form is None else post(world, address, **sent)


def organize(
    world: Any,
    path: str = "",
    *,
    status: str = "proposed",
    stale: bool = False,
    form: dict[str, str] | None = None,
) -> Page:
    """Look at a proposal as an organizer, or decide on it with `form`; `stale` is as it was before a change."""
    with world.app.app_context():
        user = make_user(Role.ORGANIZER, email=EMAIL)
        made = proposals.propose(
            make_person(name="민아").id, details_of(world._campaign(), title="⟦이야기⟧", summary="⟦Talk.⟧"),
            [plan_shift(role="이야기 친구"), plan_shift(vetted=True)], tuple(Promise), now(), trusted=False,
        )  # fmt: skip
        made.status = status
        db.session.commit()
        user_id, event_id, seen_at = user.id, made.id, made.proposed_at
    sign_in(world.browser.client, world.app, user_id)
    seen = (seen_at or now()) - timedelta(days=stale)
    address = f"/desk/events{path.format(event=event_id)}"
    return world.browser.get(address) if form is None else post(world, address, seen=seen.isoformat(), **form)


def see_no_proposals(world: Any) -> Page:
    """Look at the proposals where there are none."""
    organize(world, status="declined")
    return world.browser.get("/desk/events")


WRITE = "/shifts/{shift}/message"
EVERY_STATUS = [("hosting.event", str(status), _in(status)) for status in EventStatus]
STATES: list[tuple[Any, ...]] = [
    ("hosting.index", "everything", see_all),
    ("hosting.index", "nothing", see_list),
    ("hosting.index", "not signed in", anonymous, 303),
    ("hosting.new", "fresh", see_new),
    ("hosting.new", "trusted", partial(see_new, trusted=True)),
    ("hosting.preview", "shifts", partial(propose, path="/hosting/new/preview")),
    ("hosting.preview", "wrong", partial(propose, path="/hosting/new/preview", title="", starts="", role=[]), 422),
    ("hosting.propose", "proposed", propose, 303),
    ("hosting.propose", "published", partial(propose, trusted=True), 303),
    (
        "hosting.propose", "wrong",
        partial(propose, title="", languages=[], starts="", role=[], place_hidden="y", exact_place="", no_crossing=""),
        422,
    ),
    *EVERY_STATUS,
    ("hosting.event", "with people", see),
    ("hosting.event", "co-host", partial(see, co_host=True, place_hidden=True, names_seen_by="shift")),
    ("hosting.event", "unknown", lambda world: [host(world), world.browser.get("/hosting/events/99999")][1], 404),
    ("hosting.propose_again", "proposed", partial(send, path="/propose", facts=DRAFT, **PROMISED), 303),
    ("hosting.propose_again", "unticked", partial(send, path="/propose", facts=DRAFT), 422),
    ("hosting.take_back", "taken back", partial(send, path="/take-back", facts=DRAFT | {"status": "proposed"}), 303),
    ("hosting.ask_host", "asked", partial(send, path="/hosts", email="bo@example.org"), 303),
    ("hosting.ask_host", "wrong", partial(send, path="/hosts", email="bo@"), 422),
    ("hosting.accept_host", "yes", partial(answer, path="accept"), 303),
    ("hosting.decline_host", "no", partial(answer, path="decline"), 303),
    ("hosting.remove_host", "last", partial(send, path="/hosts/remove", person="1"), 303),
    ("hosting.edit", "fresh", partial(see, path="/edit")),
    (
        "hosting.preview_edit", "changed",
        partial(send, path="/edit/preview", **TOLD | {"place": "동쪽", "place_hidden": "y", "languages": ["ko"]}),
    ),
    ("hosting.preview_edit", "nothing changed", partial(send, path="/edit/preview", **TOLD)),
    ("hosting.preview_edit", "wrong", partial(send, path="/edit/preview", **TOLD | {"title": ""}), 422),
    ("hosting.change", "changed", partial(send, path="/edit", **TOLD | {"place": "East"}), 303),
    ("hosting.change", "wider", partial(send, path="/edit", **TOLD | {"names_seen_by": "shift"}), 422),
    ("hosting.shift", "with people", partial(see, path="/shifts/{shift}")),
    ("hosting.shift", "nobody", partial(see, path="/shifts/{shift}", taken=False)),
    ("hosting.change_shift", "changed", partial(send, path="/shifts/{shift}", **SHIFT), 303),
    ("hosting.change_shift", "wrong", partial(send, path="/shifts/{shift}", **SHIFT | {"day": "", "places": "x"}), 422),
    ("hosting.ask_call_off", "with people", partial(see, path="/call-off")),
    ("hosting.ask_call_off", "nobody", partial(see, path="/call-off", taken=False)),
    ("hosting.call_off", "done", partial(send, path="/call-off"), 303),
    ("hosting.copy", "fresh", partial(see, path="/copy")),
    ("hosting.copy", "trusted", partial(see, path="/copy", trusted=True)),
    ("hosting.preview_copy", "shifts", partial(send, path="/copy/preview", first_day="2031-06-07", **PROMISED)),
    ("hosting.preview_copy", "wrong", partial(send, path="/copy/preview", first_day="x"), 422),
    ("hosting.make_copy", "made", partial(send, path="/copy", first_day="2031-06-07", **PROMISED), 303),
    ("hosting.roster", "at the door", door),
    ("hosting.roster", "before", partial(see, path="/roster")),
    ("hosting.roster", "empty", partial(see, path="/roster?shift={shift}", taken=False)),
    ("hosting.roster", "called off", partial(see, path="/roster", taken=False, status="cancelled")),
    ("hosting.mark", "here", partial(door, path="/sign-ups/{one}/mark", form={"mark": "here"}), 303),
    ("hosting.mark", "no button", partial(door, path="/sign-ups/{one}/mark", form={"mark": "x"}), 422),
    ("hosting.hours", "some", partial(door, path="/shifts/{shift}/hours")),
    ("hosting.close", "written", partial(door, path="/shifts/{shift}/hours", form={"hours-{one}": "1.5"}), 303),
    ("hosting.close", "wrong", partial(door, path="/shifts/{shift}/hours", form={"hours-{one}": "x"}), 422),
    ("hosting.write", "fresh", partial(door, path=WRITE)),
    ("hosting.write", "to nobody", partial(see, path=WRITE, taken=False)),
    ("hosting.preview_message", "shown", partial(door, path=f"{WRITE}/preview", form={"text": "⟦벨을.\nRing.⟧"})),
    ("hosting.preview_message", "wrong", partial(door, path=f"{WRITE}/preview", form={"text": ""}), 422),
    ("hosting.send", "sent", partial(door, path=WRITE, form={"text": "Ring."}), 303),
    ("hosting.send", "wrong", partial(door, path=WRITE, form={"text": ""}), 422),
    ("desk_events.index", "one waits", organize),
    ("desk_events.index", "nothing waits", see_no_proposals),
    ("desk_events.show", "waits", partial(organize, path="/{event}")),
    ("desk_events.show", "declined", partial(organize, path="/{event}", status="declined")),
    ("desk_events.show", "taken back", partial(organize, path="/{event}", status="draft"), 404),
    ("desk_events.approve", "published", partial(organize, path="/{event}/approve", form={"note": "Good."}), 303),
    ("desk_events.approve", "changed meanwhile", partial(organize, path="/{event}/approve", stale=True, form={}), 422),
    ("desk_events.decline", "declined", partial(organize, path="/{event}/decline", form={"note": "Late."}), 303),
    ("desk_events.decline", "without a word", partial(organize, path="/{event}/decline", form={}), 422),
    ("hosting.make_copy", "unticked", partial(send, path="/copy", first_day="2031-06-07"), 422),
]  # fmt: skip
