"""Nobody is found through us: public pages tell counts only, and looking at a mailed link changes nothing."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.clock import now
from portal.db import db
from portal.domain.campaigns.models import Campaign
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person
from portal.domain.volunteers import service
from portal.domain.volunteers.models import SignUp
from portal.emails.outbox import send_due_mails
from portal.web.access import ACCESS, Audience
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.rows import all_rows
from tests.foundation.servers import Mailbox
from tests.project.walk import publish_all

NAME = "Zebulona Quux 민아"
HIDDEN_PLACE = "Quiet Hall 7"
# What a page links to, as a crawler finds it.
LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']""")
LINK_IN_MAIL = re.compile(r"http://\S+?/[^\s\"<>)]*")
MOST_PAGES = 300


def test_no_public_page_file_or_header_names_anybody(crowd: "Crowd") -> None:
    seen = dict(crawl(crowd.app.test_client(), "/"))
    assert {"/", "/campaigns", "/events", "/privacy", "/campaigns/the-way-out"} <= set(seen)
    assert {f"/campaigns/the-way-out/{what}" for what in ("poster", "qr.svg")} | {"/feed.xml"} <= set(seen)
    assert any(re.fullmatch(r"/events/\d+", path.partition("?")[0]) for path in seen)
    for path, answer in seen.items():
        told = answer.get_data().decode(errors="replace") + "\n" + str(answer.headers)
        assert [secret for secret in crowd.secrets if secret in told] == [], path


def test_every_address_for_anyone_is_reached_or_holds_nobody(crowd: "Crowd") -> None:
    """What no page links to, such as health for a monitor, is asked for by its route."""
    client = crowd.app.test_client()
    for rule in crowd.app.url_map.iter_rules():
        if Audience.ANYONE not in ACCESS[rule.endpoint].audiences or "GET" not in (rule.methods or ()):
            continue
        path = rule.rule.replace("<slug>", "the-way-out").replace("<int:event_id>", str(crowd.event_id))
        path = re.sub(r"<[^>]*>", "lantern.css" if rule.endpoint == "static" else "1", path)
        answer = client.get(path)
        told = answer.get_data().decode(errors="replace") + "\n" + str(answer.headers)
        assert [secret for secret in crowd.secrets if secret in told] == [], path


def test_a_scanner_that_fetches_every_link_in_every_mail_changes_nothing(crowd: "Crowd") -> None:
    links = {link for mail in crowd.mails for link in links_of(mail)}
    assert len(links) > len(crowd.mails)
    before = all_rows(crowd.app)
    for link in sorted(links):
        path = link.partition("//")[2].partition("/")[2]
        for method in ("HEAD", "GET", "OPTIONS"):
            scanner = crowd.app.test_client()
            landed = scanner.open(f"/{path}", method=method, follow_redirects=True)
            assert landed.status_code < 500, path
            # One that also follows what the page it lands on links to.
            for further in found_in(landed):
                scanner.get(further)
    assert all_rows(crowd.app) == before


def test_a_mail_tells_its_own_reader_alone(crowd: "Crowd") -> None:
    for mail in crowd.mails:
        text = str(mail)
        others = {secret for secret in crowd.emails if secret not in str(mail["To"])}
        assert [other for other in others if other in text] == []


def crawl(client: FlaskClient, start: str) -> Iterator[tuple[str, TestResponse]]:
    """Give every page and file of this site that can be reached by links, each once."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop()
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        yield path, answer
        for further in found_in(answer):
            if further not in seen and len(seen) < MOST_PAGES:
                seen.add(further)
                waiting.append(further)


def found_in(answer: TestResponse) -> list[str]:
    """Give the addresses on this site that an answer names."""
    if answer.mimetype not in ("text/html", "text/css"):
        return []
    base = urlsplit(answer.request.url)
    found = []
    for link in LINK.findall(answer.get_data(as_text=True)):
        target = urlsplit(urljoin(answer.request.url, link.replace("&amp;", "&")))
        if target.netloc == base.netloc and target.scheme == base.scheme:
            found.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def links_of(mail: EmailMessage) -> list[str]:
    """Give every link of a mail: in both texts, in its headers and in what is attached."""
    texts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    texts += [str(value) for name, value in mail.items() if name.startswith("List-")]
    found = {link.rstrip(".,") for text in texts for link in LINK_IN_MAIL.findall(text)}
    return [link for link in found if "127.0.0.1" in link]


class Crowd:
    """People in every state of helping, at events with and without a hidden place, and the mails they got."""

    def __init__(self, app: Flask, mailbox: Mailbox) -> None:
        self.app = app
        with app.app_context():
            slug = publish_all()
            campaign = db.session.scalars(select(Campaign).where(Campaign.slug == slug)).one()
            self.event_id = self._sign_up_everybody(campaign)
            db.session.commit()
            app.config["SMTP_URL"] = mailbox.url
            send_due_mails(everything=True)
            # What was overtaken by later news is dropped.
            assert set(db.session.scalars(select(OutboxMail.state))) == {"sent", "dropped"}
            self.mails = list(mailbox.received)
            people = db.session.scalars(select(Person)).all()
            self.emails = {person.email for person in people}
            uids = set(db.session.scalars(select(SignUp.uid)))
            nonces = {nonce for one in people for nonce in (one.link_nonce, one.calendar_nonce)}
        tokens = {unquote(link.rsplit("/", 1)[1]) for mail in self.mails for link in links_of(mail)}
        long_ones = {token for token in tokens if len(token) > 40}
        assert len(long_ones) >= len(self.emails)
        self.secrets = {NAME, "Zebulona", HIDDEN_PLACE, *self.emails, *uids, *nonces, *long_ones}

    def _sign_up_everybody(self, campaign: Campaign) -> int:
        event = make_event(campaign, exact_place=HIDDEN_PLACE, place_hidden=True)
        shift = make_shift(event, places=2)
        vetted = make_shift(event, shift.starts_at, vetted=True)
        off = make_shift(make_event(campaign))
        people = [make_sign_up(shift, name=NAME, email=f"zq{n}@example.org") for n in range(4)]
        make_sign_up(shift, name=NAME, email="unproved@example.org", proved=False)
        make_sign_up(vetted, name=NAME, email="vetted@example.org")
        make_sign_up(off, name=NAME, email="off@example.org")
        service.cancel(people[0], now())
        service.change_places(shift, 1, now())
        service.call_off(off.event, now())
        service.note_looks(people[1:2], "Aoife", now())
        return event.id


@pytest.fixture
def crowd(app: Flask, mailbox: Mailbox) -> Crowd:
    """A portal that many people signed up on."""
    return Crowd(app, mailbox)
