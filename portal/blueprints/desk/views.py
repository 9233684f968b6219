"""The desk's first screen: what needs whoever sits there, each with one button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from portal.clock import now
from portal.domain.accounts.models import Role
from portal.domain.campaigns.queries import find_group
from portal.domain.events.queries import list_proposed, list_shifts_to_fill
from portal.domain.messages.queries import list_failed_mails
from portal.domain.volunteers.queries import list_to_vet
from portal.web import signed_in
from portal.web.filters import clock, weekday

bp = Blueprint("desk", __name__)
# A shift that is not full by then is told of.
SOON = timedelta(days=14)
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Need:
    """Something that waits for somebody: what it is, a word more, and where its button leads."""

    what: str
    more: str
    button: str
    url: str
    urgent: bool = False
    # What `more` says is a server's own words, in no language of ours.
    quoted: bool = False


@bp.get("")
def today() -> ResponseReturnValue:
    """Show what needs this person, the most urgent first."""
    moment, roles = now(), signed_in.get_user().role_names
    needs = [need for role, find in FINDERS if role in roles or Role.ADMIN in roles for need in find(moment)]
    needs.sort(key=lambda need: not need.urgent)
    return render_template("desk/today.html", needs=needs, group=find_group())


def _to_vet(moment: datetime) -> list[Need]:
    return [
        Need(
            gettext("See somebody for “%(role)s”", role=one.shift.role),
            gettext(
                "The role is a vetted one; the place is held. %(day)s.",
                day=weekday(one.shift.starts_at, one.shift.event.timezone),
            ),
            gettext("Look"),
            url_for("people.show", person_id=one.person_id),
        )
        for one in list_to_vet(moment, MOST_OF_A_KIND)
    ]


def _to_fill(moment: datetime) -> list[Need]:
    return [
        Need(
            ngettext(
                "%(num)s place left: %(role)s", "%(num)s places left: %(role)s", one.left, role=one.role
            ),
            gettext(
                "%(event)s, %(day)s, %(time)s",
                event=one.event.title,
                day=weekday(one.starts_at, one.event.timezone),
                time=clock(one.starts_at, one.event.timezone),
            ),
            gettext("See the event"),
            url_for("events.show", event_id=one.event_id),
        )
        for one in list_shifts_to_fill(moment, moment + SOON, MOST_OF_A_KIND)
    ]


def _to_decide(_moment: datetime) -> list[Need]:
    return [
        Need(
            gettext("Decide on “%(title)s”", title=one.event.title),
            ngettext(
                "Proposed by a volunteer: %(num)s shift. Nobody else sees it yet.",
                "Proposed by a volunteer: %(num)s shifts. Nobody else sees it yet.",
                one.shifts,
            ),
            gettext("Read it"),
            url_for("desk_events.show", event_id=one.event.id),
        )
        for one in list_proposed(MOST_OF_A_KIND)
    ]


def _failed_mails(_moment: datetime) -> list[Need]:
    failed = list_failed_mails()
    if not failed:
        return []
    what = ngettext("%(num)s mail could not be sent", "%(num)s mails could not be sent", len(failed))
    where, why = url_for("outbox.index", state="failed"), failed[0].last_error or ""
    return [Need(what, why, gettext("Look"), where, urgent=True, quoted=True)]


Finder = Callable[[datetime], list[Need]]
FINDERS: tuple[tuple[Role, Finder], ...] = (
    (Role.ORGANIZER, _failed_mails),
    (Role.ORGANIZER, _to_decide),
    (Role.ORGANIZER, _to_vet),
    (Role.ORGANIZER, _to_fill),
)
