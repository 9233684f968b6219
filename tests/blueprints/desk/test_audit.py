"""The audit log as an admin reads it: every action in words, a part at a time, whatever stands in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.blueprints.desk.audit import PAGE
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.models import Group
from portal.domain.people.service import forget_person
from tests.factories.accounts import make_user
from tests.factories.audit import make_entry
from tests.factories.campaigns import make_group
from tests.factories.people import make_person
from tests.foundation.members import sign_in
from tests.foundation.pages import Page, PageClient, text_of
from tests.foundation.statements import counted

PATH = "/desk/audit"
NIGHT = datetime(2026, 11, 23, 22, 30, 5, tzinfo=UTC)
HOSTILE = "<script>x</script> %(who)s %s {{ x }}"


def test_an_entry_is_a_sentence_with_its_moment_as_clocks_of_the_group_show_it(log: "Log") -> None:
    log.note("event.approved", "event:12", who=log.person("민아"), moment=NIGHT, after={"starts_at": NIGHT})
    page = log.read(kind="event")
    assert [text_of(one) for one in page.all("h2")] == ["23 November 2026"]
    assert sentences(page) == ["22:30:05 민아 approved event 12."]
    assert page.one("time").get("datetime") == "2026-11-23T22:30:05+00:00"
    assert "Times are those of Dublin." in page.text
    log.move_to("Asia/Seoul")
    page = log.read(kind="event")
    assert [text_of(one) for one in page.all("h2")] == ["24 November 2026"]
    assert sentences(page) == ["07:30:05 민아 approved event 12."]
    assert "24 November 2026, 07:30" in page.text
    assert "Times are those of Seoul." in page.text


def test_entries_stand_by_day_newest_first(log: "Log") -> None:
    for hours in (50, 26, 2, 1):
        log.note("event.approved", f"event:{hours}", moment=NIGHT - timedelta(hours=hours))
    page = log.read(kind="event")
    days = ["23 November 2026", "22 November 2026", "21 November 2026"]
    assert [text_of(one) for one in page.all("h2")] == days
    assert [sentence.split()[-1] for sentence in sentences(page)] == ["1.", "2.", "26.", "50."]


def test_who_did_it_is_named_while_they_are_here(log: "Log") -> None:
    left = log.person("Mina")
    unnamed = log.person("")
    for who in (None, left, unnamed):
        log.note("event.approved", "event:12", who=who)
    log.note("roles.changed", f"person:{left}", who=left)
    assert [one[9:] for one in sentences(log.read())][:4] == [
        "Mina changed the roles of Mina.",
        "Somebody without a name approved event 12.",
        "Mina approved event 12.",
        "Somebody unknown approved event 12.",
    ]
    log.forget(left)
    page = log.read()
    assert [one[9:] for one in sentences(page)][
        0
    ] == f"Somebody who has left changed the roles of person {left}."
    assert "Mina" not in page.text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"status": "proposed"}, {"status": "published"}, ["status proposed → became published"]),
        (None, {"status": "published"}, ["status published"]),
        ({"status": "proposed"}, None, ["status proposed → became nothing"]),
        ({"places": 3, "title": "Talk"}, {"places": 3, "title": "Café"}, ["places 3", "title Talk → became Café"]),
        ({"trusted": False}, {"trusted": True}, ["trusted no → became yes"]),
        ({"roles": []}, {"roles": ["admin", "treasurer"]}, ["roles nothing → became admin, treasurer"]),
        ({"place": ""}, {"place": None}, ["place nothing"]),
        (None, {"hours": {"from": 1, "to": None}}, ["hours from: 1, to: nothing"]),
        (None, {"starts_at": NIGHT}, ["from 23 November 2026, 22:30"]),
        (None, {"title": "2026-11-23T99:99:99+00:00"}, ["title 2026-11-23T99:99:99+00:00"]),
        (None, {"person": 999}, ["person person 999"]),
        (None, {"person": "Mina"}, ["person person Mina"]),
        (None, None, []),
    ],
)  # fmt: skip
def test_what_was_before_and_is_after_stands_below(
    log: "Log", before: Any, after: Any, told: list[str]
) -> None:
    log.note("event.changed", "event:12", before=before, after=after)
    rows = log.read(kind="event").all(".//dl[@class='changes']/div")
    assert [" ".join(text_of(row).replace("→became", "→ became").split()) for row in rows] == told


def test_where_it_is_known_whose_account_it_was_the_sentence_says_so(log: "Log") -> None:
    log.note("account.sign_in_failed", f"person:{log.person('Mina')}")
    log.note("account.sign_in_failed", "")
    told = [one[9:] for one in sentences(log.read(kind="account"))][:2]
    assert told == ["Somebody unknown could not sign in.", "Somebody unknown could not sign in as Mina."]


def test_a_person_that_it_tells_of_is_named_while_they_are_here(log: "Log") -> None:
    mina = log.person("Mina")
    log.note("event.host_removed", "event:12", before={"person": mina})
    assert "Mina → became nothing" in log.read().text.replace("→ became", "→ became")
    log.forget(mina)
    assert f"person {mina} → became nothing" in log.read().text


def test_what_has_a_page_is_linked_and_everything_about_it_is_a_step_away(log: "Log") -> None:
    log.note("event.approved", "event:12")
    log.note("campaign.started", "campaign:3")
    mina = log.person("Mina")
    log.note("roles.changed", f"person:{mina}")
    log.note("mail.sent_again", "mail:5")
    page = log.read()
    assert {"/hosting/events/12", f"/desk/people/{mina}", "/desk/outbox/5"} <= set(page.links)
    assert not [link for link in page.links if link.startswith("/campaigns/")]
    everything = f"{PATH}?about=event:12"
    assert everything in page.links
    assert sentences(log.read(about="event:12")) == sentences(page)[3:4]
    assert everything not in log.read(about="event:12").links
    log.forget(mina)
    assert f"/desk/people/{mina}" not in log.read().links


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("event:", "event:"),
        ("event", "event"),
        ("event:twelve", "event twelve"),
        ("event:٣", "event ٣"),
        ("event:-1", "event -1"),
        (f"event:{2**31}", f"event {2**31}"),
        ("person:1e1", "person 1e1"),
        ("page:x", "page x"),
        ("thing:1", "thing:1"),
    ],
)
def test_what_has_no_page_is_not_linked(log: "Log", subject: str, told: str) -> None:
    log.note("some.action", subject)
    page = log.read()
    assert sentences(page)[0][9:] == f"Somebody unknown: some.action, {told}"
    assert not [link for link in page.links if link.startswith("/hosting/events/")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "event"}, ["approved event 12.", "changed event 2."]),
        ({"kind": "roles"}, ["changed the roles of person 12."]),
        ({"kind": "mail"}, []),
        ({"kind": "no such kind"}, None),
        ({"about": "event:12"}, ["approved event 12."]),
        ({"about": " Event 12 "}, ["approved event 12."]),
        ({"about": "event: 12"}, ["approved event 12."]),
        ({"about": "EVENT:12", "kind": "roles"}, []),
        ({"about": "person 12"}, ["changed the roles of person 12."]),
        ({"about": "Person_12"}, []),
        ({"about": "12"}, []),
        ({"about": "event:12\0"}, ["approved event 12."]),
        ({"about": "' OR 1=1 --"}, []),
        ({"about": "x" * 5000}, []),
        ({"by": "999"}, ["changed the roles of person 12."]),
        ({"by": "one"}, None),
        ({"by": "9" * 5000}, []),
        ({"before": "two"}, None),
        ({"before": "-1"}, None),
        ({"before": "9" * 5000}, None),
        ({"before": "0"}, []),
        ({"before": "٣"}, None),
    ],
)
@pytest.mark.both_databases
def test_a_part_of_the_log_is_shown_alone_and_what_can_t_be_meant_is_left_aside(
    log: "Log", wanted: dict[str, str], found: list[str] | None
) -> None:
    everything = ["approved event 12.", "changed event 2.", "changed the roles of person 12."]
    log.note("event.approved", "event:12")
    log.note("event.changed", "event:2")
    log.note("roles.changed", "person:12", who=999)
    page = log.read(**wanted)
    told = [one.partition("unknown ")[2] or one.partition("left ")[2] for one in sentences(page)]
    assert sorted(filter(None, told)) == (everything if found is None else found)
    if found == []:
        assert "Nothing like that is noted here. " in page.text + " "
    assert ("Show all of it" in page.text) == (found is not None or "9" in wanted.get("before", ""))


def test_what_was_chosen_stays_chosen(log: "Log") -> None:
    page = log.read(kind="event", about="Event 12", by="5")
    assert [one.get("value") for one in page.all(".//option[@selected]")] == ["event"]
    assert (page.field("about").get("value"), page.field("by").get("value")) == ("event:12", "5")


def test_whoever_looks_finds_that_they_signed_in(log: "Log") -> None:
    page = log.read()
    assert [one[9:] for one in sentences(page)] == ["Aoife signed in.", "Aoife opened an account."]
    assert "Nothing like that" not in page.text


def test_older_entries_are_a_step_away_and_none_is_shown_twice_or_left_out(log: "Log") -> None:
    for number in range(2 * PAGE + 1):
        log.note("event.approved", f"event:{number}")
        log.note("roles.changed", "person:1")
    page, seen = log.read(kind="event"), []
    for _ in range(3):
        seen += sentences(page)
        onward = [link for link in page.links if "before=" in link]
        page = log.page.get(onward[0]) if onward else page
    assert onward == []
    assert [int(one.split()[-1].rstrip(".")) for one in seen] == list(range(2 * PAGE, -1, -1))
    assert f"{PATH}?kind=event" in page.links


def test_exactly_one_page_has_nothing_older(log: "Log") -> None:
    for _ in range(PAGE):
        log.note("event.approved", "event:12")
    page = log.read(kind="event")
    assert len(sentences(page)) == PAGE
    assert not [link for link in page.links if "before=" in link]


def test_whatever_people_typed_stands_there_as_text(log: "Log") -> None:
    who = log.person(HOSTILE)
    log.note("roles.changed", f"person:{who}", who=who, before={HOSTILE: HOSTILE}, after={HOSTILE: [HOSTILE]})
    log.note("event.approved", HOSTILE, who=who)
    page = log.read()
    assert page.all(".//main//script") == []
    assert [one[9:] for one in sentences(page)][:2] == [
        f"{HOSTILE} approved {HOSTILE}.",
        f"{HOSTILE} changed the roles of {HOSTILE}.",
    ]
    assert len(sentences(log.read(about=HOSTILE))) == 1


@pytest.mark.parametrize("many", [1, PAGE])
def test_looking_takes_a_fixed_number_of_statements(log: "Log", many: int) -> None:
    for number in range(many):
        log.note(
            "roles.changed", f"person:{log.person('Mina')}", who=log.person("Aoife"), after={"n": number}
        )
    with counted(log.app) as statements:
        assert len(sentences(log.read(kind="roles"))) == many
    about_the_log = [one for one in statements if "audit_entry" in one.sql or "person.name \nFROM" in one.sql]
    assert len(about_the_log) == 2, statements
    assert len(statements) <= 6, statements


@pytest.mark.parametrize("role", [None, Role.ORGANIZER, Role.TREASURER])
def test_nobody_but_an_admin_reads_it(app: Flask, log: "Log", role: Role | None) -> None:
    assert log.read().status == 200
    client = app.test_client()
    with app.app_context():
        user = make_user(*([role] if role else [])).id
        db.session.commit()
    sign_in(client, app, user)
    assert client.get(PATH).status_code == 404
    assert "was refused a page." in sentences(log.read(about="page:desk_audit.index"))[0]


def test_who_is_not_signed_in_is_asked_to_and_reads_nothing(log: "Log") -> None:
    log.note("event.approved", "event:12")
    page = PageClient(log.app.test_client()).get(PATH)
    assert page.status in (302, 303)
    assert "/sign-in" in (page.location or "")
    assert "event 12" not in page.source


def sentences(page: Page) -> list[str]:
    """Give each entry's time and sentence."""
    return [f"{text_of(one.find('time'))} {text_of(one.find('div/p'))}" for one in page.all(".//section//li")]  # type: ignore[arg-type]


class Log:
    """The log, and an admin who reads it."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.page = app, PageClient(client)
        with app.app_context():
            make_group(timezone="Europe/Dublin")
            admin = make_user(Role.ADMIN, name="Aoife").id
            db.session.commit()
        sign_in(client, app, admin)

    def note(self, action: str, subject: str, **facts: Any) -> None:
        """Note something that nobody signed in did, unless `who` says otherwise."""
        with self.app.app_context():
            make_entry(action, subject, **facts)
            db.session.commit()

    def person(self, name: str) -> int:
        """Add a person; gives their id."""
        with self.app.app_context():
            person = make_person(name=name)
            db.session.commit()
            return person.id

    def forget(self, person_id: int) -> None:
        """Take a person out."""
        with self.app.app_context():
            forget_person(person_id)
            db.session.commit()

    def move_to(self, timezone: str) -> None:
        """Let the group live by the clocks of another zone."""
        with self.app.app_context():
            db.session.execute(update(Group).values(timezone=timezone))
            db.session.commit()

    def read(self, **wanted: str) -> Page:
        """Open the page."""
        return self.page.get(PATH, query_string=wanted)


@pytest.fixture
def log(app: Flask, client: FlaskClient) -> Log:
    """An empty log with its reader."""
    return Log(app, client)
