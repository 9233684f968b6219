"""What is noted in the audit log, in words: a sentence for every action, and what was before and is after."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext, lazy_gettext

from portal.db import LARGEST_ID
from portal.domain.audit.queries import Noted
from portal.domain.audit.rules import read_subject

# The first words of actions, in the order in which the desk lists them.
KINDS: dict[str, Any] = {
    "access": lazy_gettext("Refused access"),
    "account": lazy_gettext("Accounts and signing in"),
    "roles": lazy_gettext("Roles"),
    "host": lazy_gettext("Hosts"),
    "event": lazy_gettext("Events"),
    "roster": lazy_gettext("Rosters"),
    "sign_up": lazy_gettext("Sign-ups"),
    "campaign": lazy_gettext("Campaigns"),
    "person": lazy_gettext("People"),
    "donation": lazy_gettext("Gifts"),
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
    "event.changed": lazy_gettext("%(who)s changed %(about)s."),
    "event.cancelled": lazy_gettext("%(who)s cancelled %(about)s."),
    "roster.seen": lazy_gettext("%(who)s looked at the roster of %(about)s."),
    "campaign.published": lazy_gettext("%(who)s published %(about)s."),
    "campaign.archived": lazy_gettext("%(who)s archived %(about)s."),
}
# Said instead where it is known whom an entry is about.
SENTENCES_ABOUT: dict[str, Any] = {
    "account.sign_in_failed": lazy_gettext("%(who)s could not sign in as %(about)s."),
    "account.asked_for_password": lazy_gettext(
        "%(who)s asked for a link to set a new password for %(about)s."
    ),
}
LABELS: dict[str, Any] = {
    "status": lazy_gettext("status"),
    "state": lazy_gettext("state"),
    "role": lazy_gettext("role"),
    "roles": lazy_gettext("roles"),
    "title": lazy_gettext("title"),
    "place": lazy_gettext("place"),
    "places": lazy_gettext("places"),
    "hours": lazy_gettext("hours"),
    "note": lazy_gettext("note"),
    "reason": lazy_gettext("reason"),
    "page": lazy_gettext("page"),
    "trusted": lazy_gettext("trusted"),
}
SUBJECTS: dict[str, Any] = {
    "event": lazy_gettext("event %(key)s"),
    "shift": lazy_gettext("shift %(key)s"),
    "sign_up": lazy_gettext("sign-up %(key)s"),
    "campaign": lazy_gettext("campaign %(key)s"),
    "person": lazy_gettext("person %(key)s"),
    "donation": lazy_gettext("gift %(key)s"),
    "mail": lazy_gettext("mail %(key)s"),
}
TYPED = re.compile(r"([^\s:]+)[\s:]+(.+)")
# The address of a subject's own page, where it has one.
PAGES: dict[str, Callable[[int], str]] = {
    "event": lambda event_id: url_for("events.show", event_id=event_id),
}


@dataclass(frozen=True)
class Change:
    """One thing that an entry tells: its name, and what it was and is; `was` is None where nothing is told of it."""

    label: str | None
    key: str
    was: str | None
    now: str


def changes_of(entry: Noted) -> list[Change]:
    """Give what an entry tells of before and after, in the order in which it was noted."""
    before, after = entry.before, entry.after
    keys = dict.fromkeys([*(before or {}), *(after or {})])
    return [_change(key, before, after) for key in keys]


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
    kind = found[1].lower().replace("-", "_") if found else ""
    return f"{kind}:{found[2]}" if found and kind in SUBJECTS else text


def page_of(subject: str) -> str | None:
    """Give the address of a subject's own page; None where it has none."""
    kind, _, key = subject.partition(":")
    known = kind in PAGES and key.isascii() and key.isdigit() and int(key) <= LARGEST_ID
    return PAGES[kind](int(key)) if known else None


def days_of(entries: list[Noted], zone: ZoneInfo) -> list[tuple[date, list[Noted]]]:
    """Give entries by the day on which they were noted, as calendars of a zone show it, in the order of the log."""
    by_day = groupby(entries, lambda one: one.at.astimezone(zone).date())
    return [(day, list(of_day)) for day, of_day in by_day]


def _change(key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Change:
    label = str(LABELS[key]) if key in LABELS else None
    was = None if before is None else _value_in_words(before.get(key))
    now = _value_in_words((after or {}).get(key))
    return Change(label, key.replace("_", " "), None if was == now else was, now)


def _value_in_words(value: Any) -> str:
    if value is None or value == "" or value == []:
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_value_in_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value_in_words(one)}" for name, one in value.items())
    return str(value)
