"""The table of who may do what, in words: what is asked for together by the same people is one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from portal.web.access import (
    ADDRESS,
    ADMIN,
    ANYONE,
    GIVER,
    HOST,
    LINK,
    ORGANIZER,
    PROVIDER,
    SIGNED_IN,
    TREASURER,
    Audience,
    Rule,
    may,
)

AUDIENCES: dict[Audience, Any] = {
    ANYONE: lazy_gettext("anyone"),
    GIVER: lazy_gettext("whoever has the address of the gift"),
    LINK: lazy_gettext("whoever followed a mailed link, or is signed in"),
    ADDRESS: lazy_gettext("whoever has the address"),
    PROVIDER: lazy_gettext("the payment provider"),
    SIGNED_IN: lazy_gettext("whoever is signed in"),
    HOST: lazy_gettext("hosts of the event"),
    ORGANIZER: lazy_gettext("organizers"),
    TREASURER: lazy_gettext("treasurers"),
    ADMIN: lazy_gettext("admins"),
}
_ORGANIZE, _KEEP_BOOKS, _SIT_AT_THE_DESK = (
    may(ORGANIZER, ADMIN),
    may(TREASURER, ADMIN),
    may(ORGANIZER, TREASURER, ADMIN),
)
# By the part of the portal that a page is of, and by its rule.
DEEDS: dict[tuple[str, Rule], Any] = {
    ("static", may(ANYONE)): lazy_gettext("Get style, script and drawings"),
    ("pages", may(ANYONE)): lazy_gettext("Read what the portal says of itself"),
    ("campaigns", may(ANYONE)): lazy_gettext("Read campaigns"),
    ("events", may(ANYONE)): lazy_gettext("Read events, and sign up for shifts"),
    ("donations", may(ANYONE)): lazy_gettext("Give"),
    ("donations", may(GIVER)): lazy_gettext("See what became of a gift, and pay it after all"),
    ("donations", may(LINK)): lazy_gettext("Read the receipt of one’s own gift"),
    ("links", may(ANYONE)): lazy_gettext("Follow a mailed link, or ask for a new one"),
    ("volunteers", may(LINK)): lazy_gettext("See and change one’s own help, and leave"),
    ("volunteers", may(ANYONE)): lazy_gettext("Ask for the link to one’s own help"),
    ("volunteers", may(ADDRESS)): lazy_gettext("Follow one’s own calendar, and stop reminders"),
    ("accounts", may(ANYONE)): lazy_gettext("Sign in and out, and open an account"),
    ("accounts", may(LINK)): lazy_gettext("Choose a password, and confirm a new address"),
    ("accounts", may(SIGNED_IN)): lazy_gettext("See, change and close one’s own account"),
    ("hosting", may(SIGNED_IN)): lazy_gettext("Propose events, and answer when asked to host one"),
    ("hosting", may(HOST, ORGANIZER, ADMIN)): lazy_gettext(
        "Manage an event: its words, shifts and hosts, who comes, hours, and messages to them"
    ),
    ("desk", _SIT_AT_THE_DESK): lazy_gettext("See what needs somebody today"),
    ("roles", _SIT_AT_THE_DESK): lazy_gettext("See who may do what"),
    ("desk_events", _ORGANIZE): lazy_gettext("Decide on proposed events, and list all events"),
    ("desk_campaigns", _ORGANIZE): lazy_gettext("Write, publish and archive campaigns, also from an article"),
    ("people", _ORGANIZE): lazy_gettext("Look people up, see an address of theirs, and vet them"),
    ("outbox", _SIT_AT_THE_DESK): lazy_gettext(
        "See mails and send failed ones again: treasurers those about gifts, organizers the others"
    ),
    ("gifts", _SIT_AT_THE_DESK): lazy_gettext("See what each campaign has received"),
    ("gifts", _KEEP_BOOKS): lazy_gettext("See every gift"),
    ("gifts", may(TREASURER, ADMIN, fresh=True)): lazy_gettext("Take gifts out as a file"),
    ("roles", may(ADMIN, fresh=True)): lazy_gettext("Give and take roles, and trust hosts"),
    ("desk_audit", may(ADMIN)): lazy_gettext("Read the audit log"),
    ("webhooks", may(PROVIDER)): lazy_gettext("Tell the portal what became of a payment"),
}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """Something that can be done here, who may, and whether the password is asked for again first."""

    words: str
    who: str
    fresh: bool


def deeds_of(declared: Mapping[str, Rule]) -> list[Deed]:
    """Give a row for all that the table declares, from what anyone may to what few may.

    What has no words yet stands last, by the name that it has in the code.
    """
    rows = {(endpoint.partition(".")[0], rule) for endpoint, rule in declared.items()}
    wordless = sorted(rows - DEEDS.keys(), key=lambda row: row[0])
    return [
        Deed(str(DEEDS.get((part, rule), part)), _in_words(rule.audiences), rule.fresh)
        for part, rule in [*(row for row in DEEDS if row in rows), *wordless]
    ]


def _in_words(audiences: frozenset[Audience]) -> str:
    return ", ".join(str(words) for audience, words in AUDIENCES.items() if audience in audiences)
