"""Who may enter where: one table, endpoint by role and relation, and the one guard that goes by it.

An endpoint that is not declared opens to nobody, and fails a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.clock import now
from portal.db import db, writing
from portal.domain.accounts.models import Role, User
from portal.domain.audit.service import note
from portal.domain.events.queries import is_host
from portal.web import signed_in

EXTENSION = "lantern.access"


class Audience(StrEnum):
    """For whom an endpoint is."""

    ANYONE = "anyone"
    GIVER = "whoever knows the donation's unguessable address"
    LINK = "whoever followed a signed link, or is signed in"
    ADDRESS = "whoever has the address, which is signed itself"
    PROVIDER = "the payment provider, by signature"
    SIGNED_IN = "whoever is signed in"
    HOST = "a host of the event"
    ORGANIZER = "organizer"
    TREASURER = "treasurer"
    ADMIN = "admin"


ANYONE, GIVER, LINK, ADDRESS, PROVIDER = (
    Audience.ANYONE, Audience.GIVER, Audience.LINK, Audience.ADDRESS, Audience.PROVIDER,
)  # fmt: skip
SIGNED_IN, HOST = Audience.SIGNED_IN, Audience.HOST
ORGANIZER, TREASURER, ADMIN = Audience.ORGANIZER, Audience.TREASURER, Audience.ADMIN
# Those whose pages look for themselves whether who asks may see them: by a link, a signature, an address.
OPEN = frozenset({ANYONE, GIVER, LINK, ADDRESS, PROVIDER})
ROLES = {ORGANIZER: Role.ORGANIZER, TREASURER: Role.TREASURER, ADMIN: Role.ADMIN}


@dataclass(frozen=True)
class Rule:
    """Who may ask for an endpoint; `fresh` for what needs the password typed a little while ago.

    `taken_from` names the page of a file that is: after the password one is on a page again, and takes it from there.
    It says nothing of who may, so rules that differ in it alone are equal.
    """

    audiences: frozenset[Audience]
    fresh: bool = False
    taken_from: str = field(default="", compare=False)


def may(*audiences: Audience, fresh: bool = False, taken_from: str = "") -> Rule:
    """Give the rule that lets any of these in."""
    return Rule(frozenset(audiences), fresh, taken_from)


ACCESS: dict[str, Rule] = {
    "static": may(ANYONE),
    "pages.home": may(ANYONE),
    "pages.privacy": may(ANYONE),
    "pages.accessibility": may(ANYONE),
    "pages.concern": may(ANYONE),
    "pages.healthz": may(ANYONE),
    "pages.sitemap": may(ANYONE),
    "pages.robots": may(ANYONE),
    "campaigns.index": may(ANYONE),
    "campaigns.show": may(ANYONE),
    "campaigns.picture": may(ANYONE),
    "campaigns.organization": may(ANYONE),
    "campaigns.partner": may(ANYONE),
    "campaigns.card": may(ANYONE),
    "campaigns.qr_svg": may(ANYONE),
    "campaigns.qr_png": may(ANYONE),
    "campaigns.poster": may(ANYONE),
    "campaigns.embed": may(ANYONE),
    "campaigns.feed": may(ANYONE),
    "events.index": may(ANYONE),
    "events.show": may(ANYONE),
    "events.sign_up": may(ANYONE),
    "events.signed_up": may(ANYONE),
    "donations.give": may(ANYONE),
    "donations.show": may(GIVER),
    "donations.try_again": may(GIVER),
    "donations.receipt": may(LINK),
    "donations.withdraw_link": may(LINK),
    "links.follow": may(ANYONE),
    "links.mail_new": may(ANYONE),
    "volunteers.me": may(LINK),
    "volunteers.mail_link": may(ANYONE),
    "volunteers.confirm": may(LINK),
    "volunteers.prove": may(LINK),
    "volunteers.sign_up": may(LINK),
    "volunteers.cancel": may(LINK),
    "volunteers.sign_up_calendar": may(LINK),
    "volunteers.rename": may(LINK),
    "volunteers.set_reminders": may(LINK),
    "volunteers.renew_links": may(LINK),
    "volunteers.renew_calendar": may(LINK),
    "volunteers.leave": may(LINK),
    "volunteers.take_out": may(LINK),
    "volunteers.goodbye": may(ANYONE),
    "volunteers.calendar": may(ADDRESS),
    "volunteers.reminders": may(ADDRESS),
    "volunteers.stop_reminders": may(ADDRESS),
    "accounts.sign_in": may(ANYONE),
    "accounts.enter": may(ANYONE),
    "accounts.leave": may(ANYONE),
    "accounts.register": may(ANYONE),
    "accounts.ask_to_join": may(ANYONE),
    "accounts.forgot": may(ANYONE),
    "accounts.ask_for_password": may(ANYONE),
    "accounts.choose_password": may(LINK),
    "accounts.set_password": may(LINK),
    "accounts.confirm_email": may(LINK),
    "accounts.set_email": may(LINK),
    "accounts.account": may(SIGNED_IN),
    "accounts.ask_password": may(SIGNED_IN),
    "accounts.change_password": may(SIGNED_IN),
    "accounts.ask_email": may(SIGNED_IN),
    "accounts.ask_to_close": may(SIGNED_IN),
    "accounts.change_email": may(SIGNED_IN),
    "accounts.end_browser": may(SIGNED_IN),
    "accounts.end_browsers": may(SIGNED_IN),
    "accounts.close": may(SIGNED_IN),
    "accounts.verify": may(SIGNED_IN),
    "accounts.freshen": may(SIGNED_IN),
    "desk.today": may(ORGANIZER, TREASURER, ADMIN),
    "roles.index": may(ADMIN, fresh=True),
    "roles.give": may(ADMIN, fresh=True),
    "roles.take": may(ADMIN, fresh=True),
    "roles.who_may": may(ORGANIZER, TREASURER, ADMIN),
    "desk_audit.index": may(ADMIN),
    "desk_events.index": may(ORGANIZER, ADMIN),
    "desk_events.show": may(ORGANIZER, ADMIN),
    "desk_events.approve": may(ORGANIZER, ADMIN),
    "desk_events.decline": may(ORGANIZER, ADMIN),
    "gifts.index": may(TREASURER, ADMIN),
    "gifts.show": may(TREASURER, ADMIN),
    "gifts.export": may(TREASURER, ADMIN, fresh=True, taken_from="gifts.index"),
    "gifts.totals": may(ORGANIZER, TREASURER, ADMIN),
    "outbox.index": may(ORGANIZER, TREASURER, ADMIN),
    "outbox.show": may(ORGANIZER, TREASURER, ADMIN),
    "outbox.send_again": may(ORGANIZER, TREASURER, ADMIN),
    "people.index": may(ORGANIZER, ADMIN),
    "people.show": may(ORGANIZER, ADMIN),
    "people.show_address": may(ORGANIZER, ADMIN),
    "people.vet": may(ORGANIZER, ADMIN),
    "desk_campaigns.index": may(ORGANIZER, ADMIN),
    "desk_campaigns.new": may(ORGANIZER, ADMIN),
    "desk_campaigns.start": may(ORGANIZER, ADMIN),
    "desk_campaigns.show": may(ORGANIZER, ADMIN),
    "desk_campaigns.edit": may(ORGANIZER, ADMIN),
    "desk_campaigns.save": may(ORGANIZER, ADMIN),
    "desk_campaigns.rows": may(ORGANIZER, ADMIN),
    "desk_campaigns.preview": may(ORGANIZER, ADMIN),
    "desk_campaigns.publish": may(ORGANIZER, ADMIN),
    "desk_campaigns.unpublish": may(ORGANIZER, ADMIN),
    "desk_campaigns.archive": may(ORGANIZER, ADMIN),
    "desk_campaigns.show_pictures": may(ORGANIZER, ADMIN),
    "desk_campaigns.add_picture": may(ORGANIZER, ADMIN),
    "desk_campaigns.remove_picture": may(ORGANIZER, ADMIN),
    "desk_campaigns.erase_picture": may(ORGANIZER, ADMIN),
    "desk_campaigns.plan": may(ORGANIZER, ADMIN),
    "desk_campaigns.take_back_plan": may(ORGANIZER, ADMIN),
    "desk_campaigns.choose_address": may(ORGANIZER, ADMIN),
    "desk_campaigns.duplicate": may(ORGANIZER, ADMIN),
    "desk_campaigns.revision": may(ORGANIZER, ADMIN),
    "desk_campaigns.bring_back": may(ORGANIZER, ADMIN),
    "desk_campaigns.list_translations": may(ORGANIZER, ADMIN),
    "desk_campaigns.translation": may(ORGANIZER, ADMIN),
    "desk_campaigns.save_translation": may(ORGANIZER, ADMIN),
    "desk_campaigns.show_translation": may(ORGANIZER, ADMIN),
    "desk_campaigns.preview_translated": may(ORGANIZER, ADMIN),
    "desk_campaigns.preview_sent": may(ORGANIZER, ADMIN),
    "desk_campaigns.new_article": may(ORGANIZER, ADMIN),
    "desk_campaigns.read_article": may(ORGANIZER, ADMIN),
    "desk_campaigns.article": may(ORGANIZER, ADMIN),
    "desk_campaigns.decide": may(ORGANIZER, ADMIN),
    "desk_campaigns.make_draft": may(ORGANIZER, ADMIN),
    "desk_campaigns.put_away": may(ORGANIZER, ADMIN),
    "hosting.index": may(SIGNED_IN),
    "hosting.new": may(SIGNED_IN),
    "hosting.preview": may(SIGNED_IN),
    "hosting.propose": may(SIGNED_IN),
    # Whoever is asked to be a host is none yet: these look for it themselves.
    "hosting.accept_host": may(SIGNED_IN),
    "hosting.decline_host": may(SIGNED_IN),
    "hosting.event": may(HOST, ORGANIZER, ADMIN),
    "hosting.propose_again": may(HOST, ORGANIZER, ADMIN),
    "hosting.take_back": may(HOST, ORGANIZER, ADMIN),
    "hosting.ask_host": may(HOST, ORGANIZER, ADMIN),
    "hosting.remove_host": may(HOST, ORGANIZER, ADMIN),
    "hosting.edit": may(HOST, ORGANIZER, ADMIN),
    "hosting.preview_edit": may(HOST, ORGANIZER, ADMIN),
    "hosting.change": may(HOST, ORGANIZER, ADMIN),
    "hosting.shift": may(HOST, ORGANIZER, ADMIN),
    "hosting.change_shift": may(HOST, ORGANIZER, ADMIN),
    "hosting.ask_call_off": may(HOST, ORGANIZER, ADMIN),
    "hosting.call_off": may(HOST, ORGANIZER, ADMIN),
    "hosting.copy": may(HOST, ORGANIZER, ADMIN),
    "hosting.preview_copy": may(HOST, ORGANIZER, ADMIN),
    "hosting.make_copy": may(HOST, ORGANIZER, ADMIN),
    "hosting.roster": may(HOST, ORGANIZER, ADMIN),
    "hosting.mark": may(HOST, ORGANIZER, ADMIN),
    "hosting.hours": may(HOST, ORGANIZER, ADMIN),
    "hosting.close": may(HOST, ORGANIZER, ADMIN),
    "hosting.write": may(HOST, ORGANIZER, ADMIN),
    "hosting.preview_message": may(HOST, ORGANIZER, ADMIN),
    "hosting.send": may(HOST, ORGANIZER, ADMIN),
    "webhooks.stripe": may(PROVIDER),
}

# Whether somebody has a relation to what an address is about, by what stands in it.
Relation = Callable[[User, dict[str, int]], bool]
RELATIONS: dict[Audience, Relation] = {HOST: lambda user, address: _is_host(user, address)}


def init_access(app: Flask) -> None:
    """Let the table decide over every request of the app."""
    app.extensions[EXTENSION] = dict(ACCESS)
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # there is no such page
    rule: Rule | None = current_app.extensions[EXTENSION].get(request.endpoint)
    if rule is None:
        abort(404)
    if rule.audiences & OPEN:
        return None
    user = signed_in.find_user()
    if user is None:
        return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
    if not may_enter(rule, user, request.view_args or {}):
        _note_refused(user)
        abort(404)
    if rule.fresh and not signed_in.is_fresh():
        return redirect(url_for("accounts.verify", next=_way_back(rule.taken_from)), 303)
    return None


def may_enter(rule: Rule, user: User, address: dict[str, int]) -> bool:
    """Tell whether the rule lets somebody signed in ask for an address with these values in it."""
    if SIGNED_IN in rule.audiences:
        return True
    if any(ROLES[one] in user.role_names for one in rule.audiences & ROLES.keys()):
        return True
    return any(RELATIONS[one](user, address) for one in rule.audiences & RELATIONS.keys())


def _is_host(user: User, address: dict[str, int]) -> bool:
    """What is within an event has the event's id in its address, and its page makes sure that it is within."""
    return is_host(address.get("event_id", 0), user.person_id)


def _note_refused(user: User) -> None:
    """Note who asked for what is not theirs; of the address only which page it is."""
    person_id, subject = user.person_id, f"page:{request.endpoint}"
    with writing():
        note(person_id, "access.refused", subject, now())
        db.session.commit()


def _way_back(taken_from: str = "") -> str | None:
    """Give where to go on after signing in: nowhere for a form that was sent, which is to be opened anew."""
    if request.method != "GET":
        return None
    page = url_for(taken_from) if taken_from else request.path
    return f"{page}{request.full_path[len(request.path) :]}".rstrip("?")
