"""Events on the web: what a reader finds, what an event tells, what the form takes, and what nobody learns."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.clock import now
from portal.db import db
from portal.domain.events.models import Event, EventStatus
from portal.domain.people.models import Person
from portal.domain.volunteers.models import SignUp
from tests.blueprints.events.browser import EMAIL, Helper
from tests.foundation.pages import Page, text_of
from tests.foundation.statements import counted

NOON = datetime(2027, 6, 12, 12, tzinfo=UTC)  # 13:00 in Dublin, 21:00 in Seoul, a Saturday


def test_events_are_listed_by_the_day_of_their_place_soonest_first(helper: Helper) -> None:
    seoul = helper.event(timezone="Asia/Seoul")
    helper.shift(seoul, role="Late", starts_at=datetime(2027, 6, 12, 16, tzinfo=UTC))
    helper.shift(role="Noon", starts_at=NOON)
    page = helper.page.get("/events")
    assert [text_of(day) for day in page.all("h2")] == ["Saturday 12 June", "Sunday 13 June"]
    assert [text_of(role) for role in page.all("h3")] == ["Noon", "Late"]
    assert "13:00 to 15:00, Dublin time" in page.text
    assert "01:00 to 03:00, Seoul time" in page.text


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        ("", ["Desk", "Talk"]),
        ("?date=2027-06-12", ["Desk"]),
        ("?date=2027-06-13", ["Talk"]),
        ("?place=School", ["Talk"]),
        ("?need=Desk", ["Desk"]),
        ("?language=ko", ["Desk"]),
        ("?left=y", ["Talk"]),
        ("?need=Desk&language=ko&place=Rivermouth&date=2027-06-12", ["Desk"]),
        ("?date=&place=&need=&language=", ["Desk", "Talk"]),
        ("?date=yesterday", []),
        ("?place=%00", []),
        ("?need=Desk&left=y", []),
    ],
)
def test_a_reader_finds_shifts_by_date_place_need_language_and_places(
    helper: Helper, query: str, roles: list[str]
) -> None:
    full = helper.shift(role="Desk", starts_at=NOON, places=1)
    helper.taken_by(full, "other@example.org")
    school = helper.event(place="School", languages=["en"])
    helper.shift(school, role="Talk", starts_at=NOON + timedelta(days=1))
    page = helper.page.get(f"/events{query}")
    assert [text_of(role) for role in page.all("h3")] == roles
    assert ("No shift is like that." in page.text) == (not roles)


def test_what_has_begun_was_called_off_or_is_of_a_hidden_campaign_is_not_listed(helper: Helper) -> None:
    helper.shift(starts_at=now() - timedelta(minutes=5))
    helper.shift(helper.event(status=EventStatus.CANCELLED))
    page = helper.page.get("/events")
    assert page.all("h3") == []
    assert "No shift is planned right now" in page.text


@pytest.mark.parametrize(
    ("places", "taken", "waiting", "words"),
    [
        (20, 0, 0, "20 places left"),
        (1, 0, 0, "1 place left"),
        (8, 6, 0, "Only 2 places left"),
        (8, 7, 0, "Only 1 place left"),
        (2, 2, 0, "Full, nobody waits yet"),
        (2, 2, 3, "Full, 3 waiting"),
    ],
)
def test_places_are_told_in_words(helper: Helper, places: int, taken: int, waiting: int, words: str) -> None:
    helper.shift(places=places, taken=taken, waiting=waiting)
    (row,) = helper.page.get("/events").all(".//span[@class]")[-1:]
    assert text_of(row) == words


def test_looking_takes_no_more_than_three_statements(helper: Helper) -> None:
    event_id = helper.event()
    for _ in range(5):
        helper.shift(event_id)
        helper.shift()
    for path in ("/events", f"/events/{event_id}", f"/events/{event_id}/signed-up"):
        with counted(helper.app) as statements:
            assert helper.page.get(path).status == 200
        assert len(statements) <= 3, statements


def test_an_event_tells_what_one_must_know_before(helper: Helper) -> None:
    event_id = helper.event(summary="Tea and talk.", what_to_bring="A cup.", changes_close_hours=36)
    helper.shift(event_id, starts_at=NOON, vetted=True, vetting_note="A talk first.")
    page = helper.look(event_id)
    for told in (
        "Tea and talk.", "A cup.", "Library, 2nd floor, Rivermouth", "English, Korean", "until 36 hours before",
        "Only the hosts see the name you go by", "13:00 to 15:00, Dublin time", "A talk first.", "I am 18 or older",
    ):  # fmt: skip
        assert told in page.text
    assert "a guardian comes with me" not in page.text
    assert page.all(".//meta[@name='robots']") == []


def test_where_others_see_the_name_and_guardians_may_come_it_says_so(helper: Helper) -> None:
    event_id = helper.event(names_seen_by="shift", guardian_allowed=True)
    helper.shift(event_id)
    page = helper.look(event_id)
    assert "the others on your shift" in page.text
    assert "I am 18 or older, or a guardian comes with me" in page.text


def test_shifts_at_the_same_time_name_each_other_and_back_to_back_ones_do_not(helper: Helper) -> None:
    event_id = helper.event()
    helper.shift(event_id, role="Desk", starts_at=NOON, hours=3)
    helper.shift(event_id, role="Partner", starts_at=NOON + timedelta(hours=1), hours=2)
    helper.shift(event_id, role="Washing up", starts_at=NOON + timedelta(hours=3), hours=1)
    text = helper.look(event_id).text
    assert "At the same time as: Partner" in text
    assert "At the same time as: Desk" in text
    assert text.count("At the same time") == 2


@pytest.mark.parametrize("ticked", [True, False])
def test_a_shift_followed_from_a_list_is_ticked_already(helper: Helper, ticked: bool) -> None:
    shift_id = helper.shift()
    page = helper.look(helper.event_of(shift_id), f"?shift={shift_id if ticked else '999'}")
    assert (page.field("shift").get("checked") is not None) == ticked


@pytest.mark.both_databases
def test_a_place_is_held_for_two_fields_and_a_box(helper: Helper) -> None:
    shift_id = helper.shift(places=2)
    page = helper.came_to(shift_id, name="민아")
    assert helper.rows() == [(EMAIL, shift_id, "pending", "민아")]
    assert helper.counts(shift_id) == (1, 0)
    assert helper.mails() == ["sign_up_confirm"]
    assert "look in your mail" in page.heading
    assert "Held until" in page.text
    assert "Dublin time" in page.text


def test_several_shifts_can_be_ticked_at_once(helper: Helper) -> None:
    event_id = helper.event()
    shifts = [helper.shift(event_id, starts_at=NOON + timedelta(days=day)) for day in range(3)]
    page = helper.came_to(*shifts)
    assert [row[1] for row in helper.rows()] == shifts
    assert page.text.count("Held until") == 3
    assert helper.mails() == ["sign_up_confirm"]


@pytest.mark.both_databases
def test_a_full_shift_offers_its_line_and_tells_the_number_in_it(helper: Helper) -> None:
    shift_id = helper.shift(places=1)
    helper.taken_by(shift_id, "first@example.org")
    helper.taken_by(shift_id, "second@example.org")
    assert "Wait for a place (1 waiting)" in helper.look(helper.event_of(shift_id)).text
    page = helper.came_to(shift_id)
    assert "Number 2 in the line" in page.text
    assert helper.counts(shift_id) == (1, 2)


@pytest.mark.parametrize(
    ("entries", "field", "words"),
    [
        ({"shift": []}, "shift", "Tick at least one shift."),
        ({"shift": ["²", "-1", "1_0", "9" * 5000]}, "shift", "Tick at least one shift."),
        ({"name": " "}, "name", "Type a name that you go by"),
        ({"email": "mina@"}, "email", "This address is not complete"),
        ({"email": ""}, "email", "Type your e-mail address"),
        ({"adult": ""}, "adult", "Tick the box about your age"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_above_with_every_entry_kept(
    helper: Helper, entries: dict[str, object], field: str | None, words: str
) -> None:
    shift_id = helper.shift()
    answer = helper.sign_up(shift_id, **{"name": "민아", **entries})
    assert answer.status == 422
    assert words in text_of(answer.by_id("problems"))
    if field is not None:
        assert words in text_of(answer.by_id(f"{field}-errors"))
        (way,) = list(answer.by_id("problems").iter("a"))
        assert answer.by_id((way.get("href") or "")[1:]) is not None
    assert answer.field("name").get("value") == entries.get("name", "민아")
    assert answer.field("email").get("value") == entries.get("email", EMAIL)
    assert (answer.field("adult").get("checked") is not None) == ("adult" not in entries)
    assert (answer.field("shift").get("checked") is not None) == ("shift" not in entries)
    assert (helper.rows(), helper.count(Person), helper.mails()) == ([], 0, [])


def test_all_that_is_wrong_is_told_at_once(helper: Helper) -> None:
    answer = helper.sign_up(helper.shift(), shift=[], name="", email="", adult="")
    assert len(answer.by_id("problems").findall(".//li")) == 4


def test_two_ticked_shifts_at_the_same_time_are_both_named(helper: Helper) -> None:
    event_id = helper.event()
    first = helper.shift(event_id, role="Desk", starts_at=NOON)
    second = helper.shift(event_id, role="Partner", starts_at=NOON + timedelta(hours=1))
    answer = helper.sign_up(first, second)
    assert answer.status == 422
    told = text_of(answer.by_id("shift-errors"))
    assert told == (
        "Desk (Saturday 12 June, 13:00) and Partner (Saturday 12 June, 14:00) are at the same time. "
        "Tick only one of them."
    )
    assert helper.rows() == []


@pytest.mark.both_databases
def test_a_clash_with_a_place_of_ones_own_asks_which_one_and_the_answer_is_done(helper: Helper) -> None:
    event_id = helper.event()
    held = helper.shift(event_id, role="Desk", starts_at=NOON)
    wanted = helper.shift(role="Partner", starts_at=NOON + timedelta(hours=1))
    helper.came_to(held)
    asked = helper.sign_up(wanted)
    assert asked.status == 422
    assert "Give back Desk, Saturday 12 June, 13:00, and take this one instead" in asked.text
    assert [row[1:3] for row in helper.rows()] == [(held, "pending")]

    box = asked.field("instead")
    helper.came_to(wanted, instead=box.get("value"))
    assert [row[1:3] for row in helper.rows()] == [(held, "cancelled"), (wanted, "pending")]
    assert (helper.counts(held), helper.counts(wanted)) == ((0, 0), (1, 0))


def test_what_cannot_be_given_back_any_more_is_told_with_when_it_ended(helper: Helper) -> None:
    soon = now() + timedelta(hours=5)
    held = helper.shift(starts_at=soon)
    wanted = helper.shift(starts_at=soon)
    helper.taken_by(held, EMAIL)
    helper.follow_link()
    box = helper.sign_up(wanted).field("instead").get("value")
    answer = helper.sign_up(wanted, instead=box)
    assert (answer.status, "Changes were possible until" in answer.text) == (422, True)
    assert [row[1:3] for row in helper.rows()] == [(held, "confirmed")]


def test_nobody_gives_back_what_others_hold(helper: Helper) -> None:
    shift_id = helper.shift(places=2)
    others = helper.taken_by(shift_id, "other@example.org")
    helper.came_to(shift_id, instead=str(others))
    assert [row[2] for row in helper.rows()] == ["confirmed", "pending"]


def test_a_shift_that_began_meanwhile_is_refused_with_its_name(helper: Helper) -> None:
    event_id = helper.event()
    open_one = helper.shift(event_id)
    begun = helper.shift(event_id, role="Desk", starts_at=now() - timedelta(minutes=5))
    assert [box.get("value") for box in _boxes(helper.look(event_id))] == [str(open_one)]
    answer = helper.sign_up(begun, open_one)
    assert (answer.status, "Desk began on" in answer.text) == (422, True)
    assert helper.rows() == []


def test_a_shift_of_another_event_is_refused(helper: Helper) -> None:
    own, foreign = helper.shift(), helper.shift()
    answer = helper.sign_up(own, foreign)
    assert (answer.status, "not part of this event" in answer.text) == (422, True)
    assert helper.rows() == []


def test_a_cancelled_event_promises_neither_its_exact_place_nor_changes(helper: Helper) -> None:
    event_id = helper.event(place_hidden=True, exact_place="Quay Street")
    helper.shift(event_id)
    promises = ("The exact place is told", "You can give your place back")
    assert [promise in helper.look(event_id).text for promise in promises] == [True, True]
    with helper.app.app_context():
        db.session.execute(update(Event).values(status=EventStatus.CANCELLED))
        db.session.commit()
    assert [promise in helper.look(event_id).text for promise in promises] == [False, False]


def test_a_cancelled_event_says_so_and_has_no_form(helper: Helper) -> None:
    shift_id = helper.shift()
    event_id = helper.event_of(shift_id)
    with helper.app.app_context():
        db.session.execute(update(Event).values(status=EventStatus.CANCELLED))
        db.session.commit()
    page = helper.look(event_id)
    assert "This event was called off." in page.text
    assert page.all(".//form[@class='sign-up']") == []
    late = {"shift": str(shift_id), "name": "M", "email": EMAIL, "adult": "y"}
    assert helper.page.post(f"/events/{event_id}/sign-up", late).status == 422
    assert helper.rows() == []


def test_where_all_has_begun_there_is_a_sentence_in_place_of_the_form(helper: Helper) -> None:
    shift_id = helper.shift(starts_at=now() - timedelta(minutes=5))
    page = helper.look(helper.event_of(shift_id))
    assert "have begun or are over" in page.text
    assert page.all("fieldset") == []


@pytest.mark.parametrize(
    "path", ["/events/999", "/events/999/signed-up", "/events/x", "/events/-1", "/events/9999999999"]
)
def test_an_event_that_is_not_there_is_not_found(helper: Helper, path: str) -> None:
    assert helper.page.get(path).status == 404


def test_who_followed_a_link_finds_the_fields_filled_in_and_needs_no_mail(helper: Helper) -> None:
    helper.taken_by(helper.shift(starts_at=NOON), EMAIL)
    helper.follow_link()
    shift_id = helper.shift()
    page = helper.look(helper.event_of(shift_id))
    assert (page.field("name").get("value"), page.field("email").get("value")) == ("Mina", EMAIL)
    assert page.headers["Cache-Control"] == "no-store"
    done = helper.came_to(shift_id)
    assert "Your place is confirmed" in done.text
    assert "look in your mail" not in done.text
    assert helper.rows()[-1][1:3] == (shift_id, "confirmed")


def test_a_vetted_role_of_a_known_person_is_held_until_they_are_seen(helper: Helper) -> None:
    helper.taken_by(helper.shift(starts_at=NOON), EMAIL)
    helper.follow_link()
    shift_id = helper.shift(vetted=True, vetting_note="A talk.")
    assert "An organizer gets to know you first" in helper.came_to(shift_id).text
    assert helper.rows()[-1][1:3] == (shift_id, "pending")


def test_a_hidden_place_is_told_to_nobody_but_who_proved_and_holds_a_place_there(helper: Helper) -> None:
    event_id = helper.event(place_hidden=True, exact_place="Behind the blue door")
    shift_id = helper.shift(event_id)
    stranger = helper.look(event_id)
    assert stranger.one(".//meta[@name='robots']").get("content") == "noindex"

    unproved = Helper(helper.app, "unproved@example.org")
    seen = [stranger, unproved.came_to(shift_id), unproved.look(event_id), helper.page.get("/events")]
    helper.taken_by(helper.shift(starts_at=NOON), EMAIL)
    helper.follow_link()
    seen.append(helper.look(event_id))  # known, but without a place here
    full = helper.shift(event_id, places=1, taken=1, starts_at=NOON + timedelta(days=1))
    helper.came_to(full)
    seen.append(helper.look(event_id))  # waiting for one
    claimed = helper.shift(event_id, starts_at=NOON + timedelta(days=2))
    Helper(helper.app).came_to(claimed)
    seen.append(helper.look(event_id))  # holding one that anybody could have claimed
    assert not [page for page in seen if "blue door" in page.source]

    helper.came_to(shift_id)
    assert "Behind the blue door, Rivermouth" in helper.look(event_id).text


def test_a_second_sign_up_for_the_same_shift_makes_no_second_row(helper: Helper) -> None:
    shift_id = helper.shift()
    helper.came_to(shift_id)
    helper.came_to(shift_id, name="Minah")
    assert helper.rows() == [(EMAIL, shift_id, "pending", "Minah")]


def test_a_name_with_markup_stays_text(helper: Helper) -> None:
    answer = helper.sign_up(helper.shift(), name='"><script>x</script>', email="@")
    assert answer.field("name").get("value") == '"><script>x</script>'
    assert "<script>x" not in answer.source


@pytest.mark.parametrize("body", [b"[1]", b'{"shift": 1}', b'{"name": {"a": 1}}'])
def test_json_is_no_form(helper: Helper, body: bytes) -> None:
    event_id = helper.event_of(helper.shift())
    answer = helper.page.client.post(
        f"/events/{event_id}/sign-up", data=body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert helper.count(SignUp) == 0


def _boxes(page: Page) -> list:  # type: ignore[type-arg]
    return [box for box in page.all("input") if box.get("name") == "shift"]
