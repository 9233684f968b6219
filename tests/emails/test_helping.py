"""Mails about helping: they say when and until when, never what for; what is no longer so is not sent."""

import re
from datetime import timedelta
from email.message import EmailMessage

import icalendar
import pytest
from flask import Flask

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.messages.models import MailState
from portal.domain.people.queries import find_person
from portal.domain.people.service import set_reminders
from portal.domain.volunteers import due, queries, service
from portal.domain.volunteers.claims import Known
from portal.domain.volunteers.service import MAIL_KINDS
from portal.domain.volunteers.sign_up import sign_up
from portal.emails.helping import NothingToSay
from portal.emails.outbox import send_due_mails
from portal.emails.render import KINDS, Email, render
from portal.emails.send import compose
from tests.emails.stories import ADDRESS, SATURDAY, STORIES, put, queued
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up, wish
from tests.foundation.servers import Mailbox

pytestmark = pytest.mark.usefixtures("db_session")

TELLING = [
    "language café",
    "language partner",
    "the way out",
    "refugee",
    "korea",
    "mina",
    "library",
    "defect",
]


def test_every_kind_of_mail_that_the_domain_queues_can_be_made() -> None:
    assert set(MAIL_KINDS) <= set(KINDS)
    assert set(MAIL_KINDS) == set(STORIES)


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_no_mail_says_who_does_what_where_or_what_for(kind: str) -> None:
    mail = told(kind)
    said = f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.sender_name}".lower()
    assert [word for word in TELLING if word in without_tokens(said)] == []


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_text_and_html_carry_the_same_links_and_what_is_kept_opens_nothing(kind: str) -> None:
    mail = told(kind)
    assert set(links_in(mail.text)) == set(links_in(mail.html))
    tokens = [link.rpartition("/")[2] for link in links_in(mail.text) if "/events" not in link]
    assert tokens and not [token for token in tokens if token in mail.masked_text]


@pytest.mark.parametrize("kind", [kind for kind in MAIL_KINDS if kind != "help_link"])
def test_every_mail_about_a_shift_says_its_day_times_and_zone(kind: str) -> None:
    mail = told(kind)
    assert ", Dublin time" in mail.text and ", Dublin time" in mail.html
    assert re.search(r"\w+day \d+ \w+ 20\d\d, \d\d:\d\d to \d\d:\d\d, Dublin time", mail.text)


def test_the_mail_that_asks_to_confirm_says_until_when_the_place_is_held_and_leads_to_the_button() -> None:
    mail = told("sign_up_confirm")
    assert mail.subject == "Please confirm: your shift on Saturday 14 December"
    assert (
        "- Saturday 14 December 2030, 10:00 to 12:00, Dublin time\n  The place is held for you until "
        in mail.text
    )
    assert purposes_of(mail) == [links.PROVE]
    assert mail.calendar is None


def test_several_shifts_are_one_mail_that_names_each() -> None:
    event = make_event()
    shifts = [make_shift(event, SATURDAY + timedelta(days=7 * week)) for week in range(3)]
    sign_up(event.id, wish(*shifts, email=ADDRESS), Known(), now())
    mail = render(queued("sign_up_confirm"))
    assert mail.subject == "Please confirm: your 3 shifts"
    assert mail.text.count("The place is held for you") == 3


def test_who_waits_is_told_the_position_in_line() -> None:
    shift = make_shift(starts_at=SATURDAY, places=1)
    make_sign_up(shift)
    make_sign_up(shift)
    make_sign_up(shift, email=ADDRESS)
    assert "You are number 2 in line." in render(queued("sign_up_confirmed")).text


def test_a_vetted_role_says_what_follows() -> None:
    shift = make_shift(starts_at=SATURDAY, vetted=True, vetting_note="Bring a passport to the office.")
    made = make_sign_up(shift, email=ADDRESS)
    mail = render(queued("sign_up_confirmed"))
    assert "An organizer sees you first, then it is confirmed. Bring a passport to the office." in mail.text
    assert "is confirmed:" not in mail.text and mail.calendar is None
    service.vet(made, "Aoife", now())
    mail = render(queued("sign_up_confirmed"))
    assert "Your shift is confirmed:" in mail.text and mail.calendar is not None


def test_a_place_that_came_free_can_be_turned_down_by_a_link() -> None:
    mail = told("sign_up_moved_up")
    assert mail.subject == "A place for you on Saturday 14 December"
    assert "It is confirmed, you need not do anything." in mail.text
    assert purposes_of(mail) == [links.SIGN_UP, links.SIGN_UP]


def test_a_place_that_came_free_for_an_address_that_nobody_proved_leads_to_the_button() -> None:
    shift = make_shift(starts_at=SATURDAY, places=1)
    holder = make_sign_up(shift)
    make_sign_up(shift, email=ADDRESS, proved=False)
    service.cancel(holder, now())
    mail = render(queued("sign_up_moved_up"))
    assert "It is held for you until " in mail.text
    assert purposes_of(mail) == [links.PROVE, links.SIGN_UP]
    assert mail.calendar is None


def test_a_moved_shift_is_told_with_its_new_times() -> None:
    mail = told("sign_up_changed")
    assert mail.subject == "New time: your shift on Sunday 15 December"
    assert "Sunday 15 December 2030, 09:00 to 11:30, Dublin time" in mail.text
    assert entries_of(mail)[0]["SEQUENCE"] > 0


def test_what_a_person_gave_back_is_not_told_as_if_the_group_had_cancelled_it() -> None:
    mail = told("sign_up_given_back")
    assert mail.subject == "Given back: your shift on Saturday 14 December"
    assert ("You gave this back" in mail.text, "sorry" in mail.text) == (True, False)


def test_who_called_an_event_off_says_so() -> None:
    assert "We had to call this off, and we are sorry." in told("sign_up_cancelled").text


def test_a_cancelled_shift_is_told_with_the_way_to_others_and_leaves_the_calendar() -> None:
    mail = told("sign_up_cancelled")
    assert mail.subject == "Your shift on Saturday 14 December is cancelled"
    assert "http://127.0.0.1:5000/events\n" in mail.text
    assert mail.calendar is not None and mail.calendar.method == "CANCEL"
    assert entries_of(mail)[0]["STATUS"] == "CANCELLED"


def test_who_lost_a_place_keeps_no_shift_in_the_calendar() -> None:
    mail = told("sign_up_moved_back")
    assert "You are number 1 in line." in mail.text
    assert mail.calendar is not None and mail.calendar.method == "CANCEL"
    assert entries_of(mail)[0]["STATUS"] == "CANCELLED"


def test_thanks_are_said_with_the_hours() -> None:
    assert "Thank you for your 2 hours." in told("shift_thanks").text


@pytest.mark.parametrize(("hours", "words"), [(1, "for your hour."), (1.5, "for your 1.5 hours.")])
def test_hours_are_said_as_people_say_them(hours: float, words: str) -> None:
    start = now() - timedelta(hours=hours + 3)
    shift = make_shift(starts_at=now() + timedelta(days=3), hours=hours)
    made = make_sign_up(shift, email=ADDRESS)
    put(made.shift, start, start + timedelta(hours=hours))
    due.thank_due(now(), 50)
    assert words in render(queued("shift_thanks")).text


def test_a_shift_past_midnight_names_both_days_and_another_zone_its_own_times() -> None:
    event = make_event(timezone="Asia/Seoul")
    make_sign_up(make_shift(event, SATURDAY + timedelta(hours=4)), email=ADDRESS)
    text = render(queued("sign_up_confirmed")).text
    assert "Saturday 14 December 2030, 23:00 to Sunday 15 December 2030, 01:00, Seoul time" in text


def test_a_mail_is_written_in_the_language_of_its_reader() -> None:
    made = make_sign_up(make_shift(starts_at=SATURDAY), email=ADDRESS)
    assert made.person is not None
    made.person.language = "ko"
    db.session.flush()
    assert "2030년 12월 14일 토요일" in render(queued("sign_up_confirmed")).text


@pytest.mark.parametrize("kind", ["shift_reminder", "shift_thanks"])
def test_reminders_and_thanks_can_be_ended_by_one_click(app: Flask, kind: str) -> None:
    message = as_sent(told(kind))
    url = message["List-Unsubscribe"].strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = links.read(url.partition("/reminders/")[2], app.config["SECRET_KEY"])
    assert (link.purpose, link.subject) == (links.REMINDERS, str(queued(kind).person_id))


@pytest.mark.parametrize("kind", [k for k in MAIL_KINDS if k not in ("shift_reminder", "shift_thanks")])
def test_what_somebody_has_to_know_cannot_be_ended(kind: str) -> None:
    assert as_sent(told(kind))["List-Unsubscribe"] is None


def test_who_ended_reminders_gets_not_even_those_that_wait_to_be_sent() -> None:
    row = STORIES["shift_reminder"]()
    set_reminders(row.person_id, False)
    with pytest.raises(NothingToSay):
        render(row)


def test_a_calendar_file_travels_whole_with_its_method_and_a_discreet_name() -> None:
    (_, part) = as_sent(told("sign_up_confirmed")).iter_parts()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "shift.ics")
    assert part["Content-Type"].params["method"] == "PUBLISH"
    file = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert (file["METHOD"], file.walk("VEVENT")[0]["ORGANIZER"]) == ("PUBLISH", "mailto:circle@example.org")


@pytest.mark.parametrize("kind", ["sign_up_confirm", "sign_up_confirmed", "sign_up_changed"])
def test_news_of_a_shift_that_was_cancelled_since_are_not_sent(
    app: Flask, mailbox: Mailbox, kind: str
) -> None:
    app.config["SMTP_URL"] = mailbox.url
    row = STORIES[kind]()
    service.cancel(queries.get_sign_up(row.about["sign_ups"][0]), now())
    db.session.commit()
    send_due_mails(everything=True)
    assert queued(kind).state == MailState.DROPPED
    assert [str(mail["Subject"]) for mail in mailbox.received if "Given back" not in mail["Subject"]] == []
    assert send_due_mails(everything=True) == 0


def test_a_mail_about_somebody_who_was_taken_out_meanwhile_is_not_sent(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMTP_URL"] = mailbox.url
    row = STORIES["sign_up_confirmed"]()
    db.session.commit()
    person_id = row.person_id

    def take_out_first() -> bool:
        """In the moment between the list of what is due and the send."""
        if find_person(person_id) is not None:
            service.take_out(person_id, now())
        return True

    assert send_due_mails(goes_on=take_out_first) == 0
    assert mailbox.received == []


def test_sign_ups_that_are_another_person_s_are_never_told() -> None:
    row = STORIES["sign_up_confirmed"]()
    other = make_sign_up(make_shift(starts_at=SATURDAY))
    row.about = {"sign_ups": [other.id]}
    db.session.flush()
    with pytest.raises(NothingToSay):
        render(row)


def told(kind: str) -> Email:
    """The mail that the story of a kind ends with."""
    return render(STORIES[kind]())


def entries_of(mail: Email) -> list[icalendar.Event]:
    """The entries of a mail's calendar file."""
    assert mail.calendar is not None
    return list(icalendar.Calendar.from_ical(mail.calendar.content).walk("VEVENT"))


def as_sent(mail: Email) -> EmailMessage:
    """A mail as it goes over the wire."""
    return compose(mail, "1", now(), "127.0.0.1")


def links_in(text: str) -> list[str]:
    """All links of a text, in order."""
    return re.findall(r"http://127\.0\.0\.1:5000/[\w/.~-]+", text)


def purposes_of(mail: Email) -> list[str]:
    """What the links of a mail's text are for, in order."""
    secret = "a-key-for-tests-only" * 2
    return [
        links.read(link.partition("/s/")[2], secret).purpose for link in links_in(mail.text) if "/s/" in link
    ]


def without_tokens(text: str) -> str:
    """A text without the tokens of its links, in which any letters may come."""
    return re.sub(r"/(s|reminders)/[\w.~-]+", "", text)
