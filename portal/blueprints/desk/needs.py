"""What waits for somebody at the desk: found for their roles, each with the one button that leads on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, url_for
from flask_babel import gettext, ngettext

from portal.blueprints.desk.gifts import trouble_words
from portal.blueprints.desk.mail_words import mails_seen_by
from portal.domain.accounts.models import Role, User
from portal.domain.campaigns.planning import FailedPlan, list_failed
from portal.domain.donations.listing import list_gifts
from portal.domain.donations.sought import GiftFilter
from portal.domain.events.queries import list_proposed, list_shifts_to_fill, list_without_host
from portal.domain.messages.models import MailState
from portal.domain.messages.queries import list_mails
from portal.domain.volunteers.queries import list_to_vet
from portal.web.campaign_words import missing_in_words
from portal.web.filters import clock, weekday

# A shift that is not full by then is told of.
SOON = timedelta(days=14)
MOST_OF_A_KIND = 5
MOST_MAILS = 100


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


def needs_of(user: User, moment: datetime) -> list[Need]:
    """Give what waits for somebody with these roles, the most urgent first; an admin has everybody's."""
    roles = user.role_names
    found = [need for those, find in FINDERS if roles & (those | {Role.ADMIN}) for need in find(user, moment)]
    return sorted(found, key=lambda need: not need.urgent)


def _to_vet(_user: User, moment: datetime) -> list[Need]:
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


def _to_fill(_user: User, moment: datetime) -> list[Need]:
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
            url_for("hosting.event", event_id=one.event_id),
        )
        for one in list_shifts_to_fill(moment, moment + SOON, MOST_OF_A_KIND)
    ]


def _to_decide(_user: User, _moment: datetime) -> list[Need]:
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


def _without_host(_user: User, moment: datetime) -> list[Need]:
    return [
        Need(
            gettext("Find a host for “%(title)s”", title=event.title),
            gettext("Nobody with an account hosts it any more. Ask somebody to, or call it off."),
            gettext("See the event"),
            url_for("hosting.event", event_id=event.id),
            urgent=True,
        )
        for event in list_without_host(moment, MOST_OF_A_KIND)
    ]


def _failed_plans(_user: User, _moment: datetime) -> list[Need]:
    return [
        Need(
            *_failed_in_words(failed),
            gettext("Look"),
            url_for("desk_campaigns.show", campaign_id=failed.campaign_id),
            urgent=True,
        )
        for failed in list_failed(MOST_OF_A_KIND)
    ]


def _failed_in_words(failed: FailedPlan) -> tuple[str, str]:
    """Say which plan of a campaign could not be carried out, and why."""
    if failed.name == "publish_at":
        missing = ", ".join(missing_in_words(failed.missing))
        return (
            gettext("“%(title)s” was not published as planned", title=failed.title),
            gettext("Missing was: %(missing)s.", missing=missing),
        )
    return (
        gettext("“%(title)s” did not end as planned", title=failed.title),
        gettext("Readers did not see it then."),
    )


def _failed_mails(user: User, _moment: datetime) -> list[Need]:
    failed = list_mails(mails_seen_by(user), MailState.FAILED, None, MOST_MAILS)
    if not failed:
        return []
    what = ngettext("%(num)s mail could not be sent", "%(num)s mails could not be sent", len(failed))
    where, why = url_for("outbox.index", state="failed"), failed[0].last_error or ""
    return [Need(what, why, gettext("Look"), where, urgent=True, quoted=True)]


def _stuck_gifts(_user: User, _moment: datetime) -> list[Need]:
    wanted = GiftFilter(livemode=current_app.config["LIVEMODE"], stuck=True)
    troubles = trouble_words()
    return [
        Need(
            gettext("Look at donation %(number)s", number=gift.number),
            gettext("%(trouble)s.", trouble=troubles[gift.troubles[0]]),
            gettext("Look"),
            url_for("gifts.show", public_id=gift.public_id),
            urgent=True,
        )
        for gift in list_gifts(wanted, most=MOST_OF_A_KIND).gifts
    ]


Finder = Callable[[User, datetime], list[Need]]
FINDERS: tuple[tuple[frozenset[Role], Finder], ...] = (
    (frozenset({Role.ORGANIZER, Role.TREASURER}), _failed_mails),
    (frozenset({Role.TREASURER}), _stuck_gifts),
    (frozenset({Role.ORGANIZER}), _without_host),
    (frozenset({Role.ORGANIZER}), _failed_plans),
    (frozenset({Role.ORGANIZER}), _to_decide),
    (frozenset({Role.ORGANIZER}), _to_vet),
    (frozenset({Role.ORGANIZER}), _to_fill),
)
