"""The desk's audit log: who did what, when, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.desk import deeds
from portal.db import LARGEST_ID
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.queries import find_group

bp = Blueprint("desk_audit", __name__)

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What an admin looks for; empty and None mean anything."""

    kind: str
    about: str
    by: int | None
    before: int | None

    @property
    def narrow(self) -> bool:
        """Whether this is less than all of the log."""
        return bool(self.kind or self.about) or self.by is not None or self.before is not None

    def address(self, **changed: str | int | None) -> dict[str, str | int]:
        """Give what a link to the same part of the log has in its address, with these values instead."""
        values = {"kind": self.kind, "about": self.about, "by": self.by} | changed
        return {name: value for name, value in values.items() if value}


@bp.get("")
def index() -> ResponseReturnValue:
    """List what was noted, newest first, a page at a time."""
    group, wanted = find_group(), read_wanted(request.args)
    timezone = group.timezone if group else "UTC"
    found = list_entries(
        before_id=wanted.before,
        subject=wanted.about,
        action_prefix=wanted.kind,
        who=wanted.by,
        most=PAGE + 1,
    )
    return render_template(
        "desk/audit.html",
        group=group,
        timezone=timezone,
        wanted=wanted,
        days=deeds.days_of(found[:PAGE], ZoneInfo(timezone)),
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        deeds=deeds,
    )


def read_wanted(sent: Mapping[str, str]) -> Wanted:
    """Give what is looked for, from the address of the page; what can't be meant is as if it were not there."""
    kind = sent.get("kind", "")
    known = kind if kind in deeds.KINDS else ""
    return Wanted(
        known, deeds.read_about(sent.get("about", "")), _number(sent, "by"), _number(sent, "before")
    )


def _number(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "")
    # Cut before it is read: a number may be sent as long as an address.
    return min(int(text[:12]), LARGEST_ID) if text.isascii() and text.isdigit() else None
