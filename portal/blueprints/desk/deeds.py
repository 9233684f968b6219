"""What is noted in the audit log, in words: a sentence for every action, and what was before and is after."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext, lazy_gettext

from portal.db import LARGEST_ID
from portal.domain.audit.queries import Noted
from portal.domain.audit.rules import read_subject
from portal.web.filters import clock, day

# The first words of actions, in the order in which the desk lists them.
KINDS: dict[str, Any] = {
    "access": lazy_gettext("Refused access"),
    "account": lazy_gettext("Accounts and signing in"),
    "roles": lazy_gettext("Roles"),
    "host": lazy_gettext("Hosts"),
    "event": lazy_gettext("Events"),
    "shift": lazy_gettext("Shifts"),
    "sign_up": lazy_gettext("Sign-ups"),
    "campaign": lazy_gettext("Campaigns"),
    "article": lazy_gettext("Articles"),
    "person": lazy_gettext("People"),
    "gifts": lazy_gettext("Gifts"),
    "mail": lazy_gettext("Mails"),
}
# `about` is what the entry is about: "event 12", or a person's name. What became of it stands below the sentence.
SENTENCES: dict[str, Any] = {
    "access.refused": lazy_gettext("%(who)s was refused a page."),
    "account.opened": lazy_gettext("%(who)s opened an account."),
    "account.asked_to_join": lazy_gettext("%(who)s asked to open an account for %(about)s."),
    "account.signed_in": lazy_gettext("%(who)s signed in."),
    "account.sign_in_failed": lazy_gettext("%(who)s could not sign in."),
    "account.signed_out": lazy_gettext("%(who)s signed out."),
    "account.signed_out_elsewhere": lazy_gettext("%(who)s ended where else they were signed in."),
    "account.asked_for_password": lazy_gettext("%(who)s asked for a link to set a new password."),
    "account.password_set": lazy_gettext("%(who)s set a new password."),
    "account.asked_for_email": lazy_gettext("%(who)s asked to change their e-mail address."),
    "account.email_changed": lazy_gettext("%(who)s changed their e-mail address."),
    "account.closed": lazy_gettext("%(who)s closed their account."),
    "roles.changed": lazy_gettext("%(who)s changed the roles of %(about)s."),
    "host.trusted": lazy_gettext("%(who)s changed whether %(about)s is trusted to publish events alone."),
    "event.proposed": lazy_gettext("%(who)s proposed %(about)s."),
    "event.approved": lazy_gettext("%(who)s approved %(about)s."),
    "event.taken_back": lazy_gettext("%(who)s took back the proposal of %(about)s."),
    "event.declined": lazy_gettext("%(who)s declined %(about)s."),
    "event.published": lazy_gettext("%(who)s published %(about)s."),
    "event.changed": lazy_gettext("%(who)s changed %(about)s."),
    "event.shift_changed": lazy_gettext("%(who)s changed %(about)s."),
    "event.called_off": lazy_gettext("%(who)s cancelled %(about)s."),
    "event.host_asked": lazy_gettext("%(who)s asked somebody to host %(about)s."),
    "event.host_added": lazy_gettext("%(who)s became a host of %(about)s."),
    "event.host_removed": lazy_gettext("%(who)s took a host off %(about)s."),
    "shift.hours_closed": lazy_gettext("%(who)s wrote down the hours of %(about)s."),
    "shift.written_to": lazy_gettext("%(who)s wrote to %(about)s."),
    "sign_up.marked": lazy_gettext("%(who)s marked at the door who came: %(about)s."),
    "sign_up.vetted": lazy_gettext("%(who)s vetted %(about)s."),
    "campaign.started": lazy_gettext("%(who)s started %(about)s."),
    "campaign.revised": lazy_gettext("%(who)s wrote a new revision of %(about)s."),
    "campaign.brought_back": lazy_gettext("%(who)s brought back an earlier revision of %(about)s."),
    "campaign.moved": lazy_gettext("%(who)s changed where %(about)s stands."),
    "campaign.address_chosen": lazy_gettext("%(who)s chose another address for %(about)s."),
    "campaign.picture_added": lazy_gettext("%(who)s added a picture to %(about)s."),
    "campaign.picture_removed": lazy_gettext("%(who)s took a picture out of %(about)s."),
    "campaign.picture_erased": lazy_gettext("%(who)s erased a picture from %(about)s."),
    "campaign.planned": lazy_gettext("%(who)s planned when %(about)s moves."),
    "campaign.plan_taken_back": lazy_gettext("%(who)s took back what was planned for %(about)s."),
    "campaign.moved_as_planned": lazy_gettext("As %(who)s had planned, %(about)s moved."),
    "campaign.plan_failed": lazy_gettext("As %(who)s had planned, %(about)s was to move, and could not."),
    "campaign.translated": lazy_gettext("%(who)s translated words of %(about)s."),
    "campaign.translation_shown": lazy_gettext(
        "%(who)s changed whether readers find a translation of %(about)s."
    ),
    "article.read": lazy_gettext("%(who)s had %(about)s read."),
    "article.decided": lazy_gettext("%(who)s decided what is told of %(about)s."),
    "article.completed": lazy_gettext("%(who)s added to what was found in %(about)s."),
    "article.put_away": lazy_gettext("%(who)s put %(about)s away."),
    "person.address_seen": lazy_gettext("%(who)s looked at the e-mail address of %(about)s."),
    "gifts.exported": lazy_gettext("%(who)s took a file of gifts."),
    "mail.sent_again": lazy_gettext("%(who)s had %(about)s sent again."),
}
# Said instead where it is known whom an entry is about.
SENTENCES_ABOUT: dict[str, Any] = {
    "account.sign_in_failed": lazy_gettext("%(who)s could not sign in as %(about)s."),
    "account.asked_for_password": lazy_gettext(
        "%(who)s asked for a link to set a new password for %(about)s."
    ),
}
# What an entry tells of, by the names that it has in the code; others stand as they are.
LABELS: dict[str, Any] = {
    "status": lazy_gettext("status"),
    "state": lazy_gettext("state"),
    "roles": lazy_gettext("roles"),
    "trusted": lazy_gettext("trusted"),
    "person": lazy_gettext("person"),
    "title": lazy_gettext("title"),
    "summary": lazy_gettext("summary"),
    "place": lazy_gettext("place"),
    "exact_place": lazy_gettext("exact place"),
    "place_hidden": lazy_gettext("place told after sign-up"),
    "what_to_bring": lazy_gettext("what to bring"),
    "names_seen_by": lazy_gettext("who sees the names"),
    "languages": lazy_gettext("languages"),
    "language": lazy_gettext("language"),
    "texts": lazy_gettext("texts changed"),
    "shown": lazy_gettext("readers find it"),
    "starts_at": lazy_gettext("from"),
    "ends_at": lazy_gettext("to"),
    "places": lazy_gettext("places"),
    "note": lazy_gettext("note"),
    "mark": lazy_gettext("mark"),
    "reached": lazy_gettext("people written to"),
    "told": lazy_gettext("people told"),
    "promises": lazy_gettext("promises"),
    "revision": lazy_gettext("revision"),
    "address": lazy_gettext("address"),
    "article": lazy_gettext("made of article"),
    "figures": lazy_gettext("figures found"),
    "organizations": lazy_gettext("organizations found"),
    "version": lazy_gettext("version"),
    "copy_of": lazy_gettext("copy of campaign"),
    "goal_minor": lazy_gettext("goal, in the smallest unit"),
    "receiver": lazy_gettext("receiver"),
    "receiver_country": lazy_gettext("country of the receiver"),
    "receiver_checked_on": lazy_gettext("receiver checked on"),
    "figures_checked_on": lazy_gettext("figures compared with the article on"),
    "picture": lazy_gettext("picture"),
    "consent": lazy_gettext("those on it"),
    "publish_at": lazy_gettext("to be published"),
    "end_at": lazy_gettext("to end"),
    "missing": lazy_gettext("missing"),
    "searched": lazy_gettext("words searched"),
    "livemode": lazy_gettext("real money"),
}
SUBJECTS: dict[str, Any] = {
    "event": lazy_gettext("event %(key)s"),
    "shift": lazy_gettext("shift %(key)s"),
    "sign-up": lazy_gettext("sign-up %(key)s"),
    "campaign": lazy_gettext("campaign %(key)s"),
    "article": lazy_gettext("article %(key)s"),
    "person": lazy_gettext("person %(key)s"),
    "donation": lazy_gettext("donation %(key)s"),
    "mail": lazy_gettext("mail %(key)s"),
    "page": lazy_gettext("page %(key)s"),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
TYPED = re.compile(r"([^\s:]+)[\s:]+(.+)")
# The address of a subject's own page, where it has one.
PAGES: dict[str, Callable[[int], str]] = {
    "event": lambda event_id: url_for("hosting.event", event_id=event_id),
    "person": lambda person_id: url_for("people.show", person_id=person_id),
    "mail": lambda mail_id: url_for("outbox.show", mail_id=mail_id),
}


@dataclass(frozen=True)
class Change:
    """One thing that an entry tells: its name, and what it was and is; `was` is None where nothing is told of it."""

    label: str | None
    key: str
    was: str | None
    now: str


def changes_of(entry: Noted, timezone: str) -> list[Change]:
    """Give what an entry tells of before and after, in the order in which it was noted."""
    before, after = entry.before, entry.after or {}
    return [
        _change(
            key,
            None if before is None else _value_in_words(key, before.get(key), entry, timezone),
            _value_in_words(key, after.get(key), entry, timezone),
        )
        for key in dict.fromkeys([*(before or {}), *after])
    ]


def sentence_of(entry: Noted) -> str | None:
    """Give what was done in words, with places for `who` and `about`; None for an action without a sentence."""
    known = SENTENCES | SENTENCES_ABOUT if entry.subject else SENTENCES
    return str(known[entry.action]) if entry.action in known else None


def subject_in_words(subject: str) -> str | None:
    """Name a subject: event 12; None for one that is of no kind known here."""
    kind, _, key = subject.partition(":")
    return str(SUBJECTS[kind]) % {"key": key} if kind in SUBJECTS and key else None


def read_about(typed: str) -> str:
    """Give the subject that somebody looks for, also as people type it: Event 12."""
    text = read_subject(typed).strip()
    found = TYPED.fullmatch(text)
    subject = read_subject(f"{found[1].lower()}:{found[2]}") if found else ""
    return subject if subject.partition(":")[0] in SUBJECTS else text


def page_of(entry: Noted) -> str | None:
    """Give the address of the page of what an entry is about; None where it has none, or the person has left."""
    kind, _, key = entry.subject.partition(":")
    known = kind in PAGES and key.isascii() and key.isdigit() and int(key) <= LARGEST_ID
    if not known or (kind == "person" and entry.about is None):
        return None
    return PAGES[kind](int(key))


def days_of(entries: list[Noted], zone: ZoneInfo) -> list[tuple[date, list[Noted]]]:
    """Give entries by the day on which they were noted, as calendars of a zone show it, in the order of the log."""
    by_day = groupby(entries, lambda one: one.at.astimezone(zone).date())
    return [(date_of, list(of_day)) for date_of, of_day in by_day]


def _change(key: str, was: str | None, now: str) -> Change:
    label = str(LABELS[key]) if key in LABELS else None
    return Change(label, key.replace("_", " "), None if was == now else was, now)


def _value_in_words(key: str, value: Any, entry: Noted, timezone: str) -> str:
    if value is None or value == "" or value == []:
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_value_in_words(key, one, entry, timezone) for one in value)
    if isinstance(value, dict):
        told = ((name, _value_in_words(name, one, entry, timezone)) for name, one in value.items())
        return ", ".join(f"{name}: {words}" for name, words in told)
    if key == "person":
        return entry.people.get(value, "") or str(SUBJECTS["person"]) % {"key": value}
    return _moment_in_words(str(value), timezone)


def _moment_in_words(text: str, timezone: str) -> str:
    """Say a moment as clocks of a zone show it; any other text as it is."""
    try:
        at = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
        return f"{day(at.astimezone(ZoneInfo(timezone)).date())}, {clock(at, timezone)}" if at else text
    except (ValueError, OverflowError):
        return text  # somebody typed what only looks like one
