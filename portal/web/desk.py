"""The desk's ways: which parts of it somebody may open, by the same table that the guard goes by."""

from dataclasses import dataclass

from flask import Flask, current_app, request
from flask_babel import lazy_gettext

from portal.web import signed_in
from portal.web.access import ACCESS, may_enter

# In the order of the desk's list; a part whose page there is not is left out.
PARTS = (
    ("desk.today", lazy_gettext("Today")),
    ("desk_campaigns.index", lazy_gettext("Campaigns")),
    ("desk_events.index", lazy_gettext("Events")),
    ("people.index", lazy_gettext("People")),
    ("gifts.index", lazy_gettext("Gifts")),
    ("gifts.totals", lazy_gettext("Totals")),
    ("outbox.index", lazy_gettext("Mails")),
    ("roles.index", lazy_gettext("Roles")),
    ("desk_audit.index", lazy_gettext("Audit log")),
    ("roles.who_may", lazy_gettext("Who may do what")),
)


@dataclass(frozen=True)
class Part:
    """A part of the desk, as its list shows it."""

    endpoint: str
    label: str
    is_here: bool


def init_desk(app: Flask) -> None:
    """Let the templates of an app list the desk's parts."""
    app.jinja_env.globals.update(desk_parts=list_parts)


def list_parts() -> list[Part]:
    """Give the parts that whoever is signed in may open."""
    user = signed_in.get_user()
    blueprint = (request.endpoint or "").partition(".")[0]
    return [
        Part(endpoint, str(label), _is_here(endpoint, blueprint))
        for endpoint, label in PARTS
        if endpoint in current_app.view_functions and may_enter(ACCESS[endpoint], user, {})
    ]


def _is_here(endpoint: str, blueprint: str) -> bool:
    """Tell whether a part is the one that is open: its own page, or another one of a part with several."""
    of_it = [name for name, _label in PARTS if name.partition(".")[0] == blueprint]
    return endpoint == request.endpoint or (of_it == [endpoint])
