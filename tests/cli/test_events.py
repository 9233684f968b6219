"""What organizers do from a terminal: they see names, addresses only on demand, and every look is noted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.events.models import Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.service import rename_person
from portal.domain.volunteers import queries
from portal.domain.volunteers.models import NameLook
from tests.cli.conftest import Runner
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up

pytestmark = pytest.mark.usefixtures("db_session")
NOON = datetime(2030, 12, 14, 12, 0, tzinfo=UTC)


def test_events_are_listed_with_ids_and_counts_and_without_names(run: Runner) -> None:
    shift = make_shift(make_event(title="Café", timezone="Asia/Seoul"), NOON, places=1)
    make_sign_up(shift)
    make_sign_up(shift)
    output = run("events").output
    assert f"event {shift.event_id}: Café, Rivermouth (Asia/Seoul)" in output
    assert f"shift {shift.id}: Sat 2030-12-14 21:00 to 23:00 Asia/Seoul, Language partner: " in output
    assert "1 of 1 places taken, 1 waiting" in output
    assert "Mina" not in output


def test_without_shifts_the_list_says_so(run: Runner) -> None:
    assert run("events").output == "No shifts are coming.\n"


def test_each_event_is_named_once_whatever_the_order_of_its_shifts(run: Runner) -> None:
    first, second = make_event(), make_event()
    for hours, event in enumerate([first, second, first, second]):
        make_shift(event, NOON + timedelta(hours=hours))
    lines = run("events").output.splitlines()
    assert [line.split()[0] for line in lines] == ["event", "shift", "shift"] * 2


def test_a_roster_shows_the_names_people_go_by_and_where_they_stand_and_never_an_address(
    run: Runner,
) -> None:
    shift = make_shift(places=2)
    confirmed = make_sign_up(shift, name="Typed", email="a@example.org")
    assert confirmed.person_id is not None
    rename_person(confirmed.person_id, "Mina 🌙")
    make_sign_up(shift, name="Claim", email="b@example.org", proved=False)
    make_sign_up(shift, name="Last", email="c@example.org")
    output = run("roster", str(shift.id), "--by", "Aoife").output
    assert "Mina 🌙, confirmed\n" in output
    assert "Claim, pending, address not confirmed yet\n" in output
    assert "Last, waiting, number 1 in line\n" in output
    assert "@" not in output and "Typed" not in output


def test_every_look_at_a_roster_is_noted_for_each_name_on_it(run: Runner) -> None:
    shift = make_shift()
    for _ in range(2):
        make_sign_up(shift)
    make_sign_up(make_shift())
    run("roster", str(shift.id), "--by", "  Aoife   B. ")
    run("roster", str(shift.id), "--by", "Tom")
    looks = db.session.scalars(select(NameLook.looked_by).order_by(NameLook.looked_by)).all()
    assert looks == ["Aoife B.", "Aoife B.", "Tom", "Tom"]


@pytest.mark.parametrize("by", [[], ["--by", " "], ["--by", "x" * 121]])
def test_nobody_looks_at_names_without_giving_their_own(run: Runner, by: list[str]) -> None:
    shift = make_shift()
    make_sign_up(shift)
    result = run("roster", str(shift.id), *by)
    assert (result.exit_code, "Mina" in result.output) == (2, False)
    assert db.session.scalar(select(func.count()).select_from(NameLook)) == 0


def test_a_vetted_role_is_confirmed_once_somebody_has_seen_what_it_asks_for(run: Runner) -> None:
    made = make_sign_up(make_shift(vetted=True))
    assert "pending, to be vetted" in run("roster", str(made.shift_id), "--by", "Aoife").output
    assert run("vet", str(made.id), "--by", "Aoife").output == f"Sign-up {made.id}: confirmed.\n"
    stored = queries.get_sign_up(made.id)
    assert (stored.state, stored.vetted_by) == ("confirmed", "Aoife")
    assert last_mail() == "sign_up_confirmed"
    assert (
        run("vet", str(made.id), "--by", "Tom").output
        == f"Error: Aoife has vetted sign-up {made.id} already.\n"
    )


def test_what_needs_no_vetting_or_is_off_is_not_vetted(run: Runner) -> None:
    plain = make_sign_up(make_shift())
    assert "needs no vetting" in run("vet", str(plain.id), "--by", "Aoife").output
    gone = make_sign_up(make_shift(vetted=True))
    run("call-off", str(gone.shift.event_id), "--yes")
    assert "was cancelled" in run("vet", str(gone.id), "--by", "Aoife").output


def test_fewer_places_send_the_last_ones_back_into_the_line(run: Runner) -> None:
    shift = make_shift(places=2)
    for _ in range(2):
        make_sign_up(shift)
    fewer = run("places", str(shift.id), "1", "--yes")
    assert fewer.output == f"Shift {shift.id}: 1 of 1 places taken, 1 waiting.\n"
    assert last_mail() == "sign_up_moved_back"
    assert run("places", str(shift.id), "3").output == f"Shift {shift.id}: 2 of 3 places taken, 0 waiting.\n"
    assert last_mail() == "sign_up_moved_up"
    assert run("places", str(shift.id), "10001").output == "Error: A shift can have 0 to 10000 places.\n"


@pytest.mark.parametrize("number", ["0", "1"])
def test_places_are_taken_from_people_only_after_asking(run: Runner, number: str) -> None:
    shift = make_shift(places=3)
    made = [make_sign_up(shift) for _ in range(3)]
    asked = run("places", str(shift.id), number, typed="n\n")
    assert asked.output.startswith("3 people of 3 " if number == "0" else "2 people of 3 ")
    assert (asked.exit_code, db.session.get_one(Shift, shift.id).places) == (1, 3)
    assert run("places", str(shift.id), number, typed="y\n").exit_code == 0
    states = [queries.get_sign_up(one.id).state for one in made]
    assert states == ["confirmed"] * int(number) + ["waiting"] * (3 - int(number))


def test_nobody_is_asked_about_where_nobody_is_concerned(run: Runner) -> None:
    shift = make_shift(places=3, starts_at=NOON)
    assert run("places", str(shift.id), "1").output == f"Shift {shift.id}: 0 of 1 places taken, 0 waiting.\n"
    moved = run("move-shift", str(shift.id), "--starts", "2031-07-05 10:00", "--ends", "2031-07-05T12:00")
    assert (moved.exit_code, "Go on?" in moved.output) == (0, False)


def test_people_are_moved_with_their_shift_only_after_asking(run: Runner) -> None:
    shift = make_shift(places=1, starts_at=NOON)
    make_sign_up(shift)
    make_sign_up(shift)
    words = ["move-shift", str(shift.id), "--starts", "2031-07-05 10:00", "--ends", "2031-07-05 12:00"]
    asked = run(*words, typed="n\n")
    assert (asked.exit_code, asked.output.startswith("2 people will be moved")) == (1, True)
    assert db.session.get_one(Shift, shift.id).starts_at == NOON
    assert "Sign-ups that are told: 2." in run(*words, typed="y\n").output
    assert db.session.get_one(Shift, shift.id).starts_at > NOON


def test_who_has_two_shifts_at_once_after_a_move_is_counted(run: Runner) -> None:
    event = make_event(timezone="UTC")
    moved, there = make_shift(event, NOON, places=2), make_shift(event, NOON + timedelta(days=1), places=2)
    make_sign_up(moved, email="mina@example.org")
    make_sign_up(moved, email="other@example.org")
    make_sign_up(there, email="mina@example.org")
    told = "People of this shift who now have two at the same time: "
    for start, end, count in (("13:00", "15:00", 1), ("14:00", "16:00", 0)):
        words = ("--starts", f"2030-12-15 {start}", "--ends", f"2030-12-15 {end}", "--yes")
        assert told + f"{count}.\n" in run("move-shift", str(moved.id), *words).output


def test_addresses_are_shown_on_demand_and_only_those_that_are_confirmed(run: Runner) -> None:
    shift = make_shift(places=2)
    make_sign_up(shift, email="a@example.org")
    make_sign_up(shift, name="Claim", email="b@example.org", proved=False)
    output = run("roster", str(shift.id), "--by", "Aoife", "--addresses").output
    assert "<a@example.org>, confirmed" in output
    assert "b@example.org" not in output
    assert db.session.scalars(select(NameLook.looked_by)).all() == ["Aoife", "Aoife"]


def test_the_list_counts_who_is_to_be_vetted_next(run: Runner) -> None:
    shift = make_shift(vetted=True, places=3)
    seen = make_sign_up(shift)
    make_sign_up(shift)
    make_sign_up(shift, proved=False)
    assert "3 of 3 places taken, 0 waiting, 2 to vet\n" in run("events").output
    run("vet", str(seen.id), "--by", "Aoife")
    assert "0 waiting, 1 to vet\n" in run("events").output


def test_the_question_before_calling_off_names_event_shifts_and_people(run: Runner) -> None:
    event = make_event(title="Café")
    for hours in (0, 3):
        make_sign_up(make_shift(event, NOON + timedelta(hours=hours)), email="mina@example.org")
    told = run("call-off", str(event.id), typed="n\n").output
    assert "Café" in told and told.count("  shift ") == 2 and "1 person will be told" in told


def test_an_event_is_called_off_only_after_asking(run: Runner) -> None:
    made = make_sign_up(make_shift())
    event_id = made.shift.event_id
    assert run("call-off", str(event_id), typed="n\n").exit_code == 1
    assert queries.get_sign_up(made.id).state == "confirmed"
    assert "Sign-ups that are told: 1." in run("call-off", str(event_id), typed="y\n").output
    assert (queries.get_sign_up(made.id).state, last_mail()) == ("cancelled", "sign_up_cancelled")
    assert "called off already" in run("call-off", str(event_id), "--yes").output


def test_a_shift_is_moved_by_the_clocks_of_its_event(run: Runner) -> None:
    shift = make_shift(make_event(timezone="America/New_York"), NOON)
    make_sign_up(shift)
    result = run(
        "move-shift", str(shift.id), "--starts", "2031-07-05T22:00", "--ends", "2031-07-06T01:00", "--yes"
    )
    assert result.output == (
        f"Shift {shift.id}: Sat 2031-07-05 22:00 to Sun 2031-07-06 01:00 America/New_York. "
        "Sign-ups that are told: 1.\n"
        "People of this shift who now have two at the same time: 0.\n"
    )
    moved = db.session.get_one(Shift, shift.id, populate_existing=True)
    assert moved.starts_at == datetime(2031, 7, 6, 2, 0, tzinfo=UTC)
    assert moved.ends_at == datetime(2031, 7, 6, 5, 0, tzinfo=UTC)
    assert last_mail() == "sign_up_changed"


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        ("2031-03-30T01:30", "2031-03-30T04:00", "The clocks skip it"),
        ("2031-03-30T10:00", "2031-03-30T10:00", "has to end after it starts"),
        ("2020-03-30T10:00", "2020-03-30T12:00", "That time is over"),
        ("2030-12-14T12:00", "2030-12-14T14:00", "is at that time already"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(run: Runner, starts: str, ends: str, why: str) -> None:
    made = make_sign_up(make_shift(starts_at=NOON))
    result = run("move-shift", str(made.shift_id), "--starts", starts, "--ends", ends)
    assert (result.exit_code, why in result.output) == (1, True)
    assert db.session.get_one(Shift, made.shift_id, populate_existing=True).starts_at == NOON
    assert last_mail() == "sign_up_confirmed"


def test_the_shifts_of_an_event_that_was_called_off_stay_where_they_are(run: Runner) -> None:
    shift = make_shift(starts_at=NOON)
    db.session.commit()
    run("call-off", str(shift.event_id), "--yes")
    result = run("move-shift", str(shift.id), "--starts", "2031-07-05T10:00", "--ends", "2031-07-05T12:00")
    assert "was called off; its shifts stay as they are" in result.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("roster 99 --by Aoife", "There is no shift 99."),
        ("vet 99 --by Aoife", "There is no sign-up 99."),
        ("places 99 1", "There is no shift 99."),
        ("call-off 99 --yes", "There is no event 99."),
        ("move-shift 99 --starts 2031-07-05T10:00 --ends 2031-07-05T12:00", "There is no shift 99."),
    ],
)
def test_what_is_not_there_is_said_with_the_way_to_find_it(run: Runner, words: str, why: str) -> None:
    result = run(*words.split())
    assert (result.exit_code, f"Error: {why} See: lantern " in result.output) == (1, True)


@pytest.mark.parametrize("command", "events roster vet places call-off move-shift".split())
def test_every_command_says_what_it_does(run: Runner, command: str) -> None:
    assert command in run("--help").output
    assert len(run(command, "--help").output.splitlines()) > 4


def last_mail() -> str:
    """The kind of the mail that was queued last."""
    db.session.rollback()
    return db.session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id.desc())).first() or ""
