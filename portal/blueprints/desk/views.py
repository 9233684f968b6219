"""The desk's first screen: what needs whoever sits there, each with one button."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.desk.needs import needs_of
from portal.clock import now
from portal.domain.campaigns.queries import find_group
from portal.web.signed_in import get_user

bp = Blueprint("desk", __name__)


@bp.get("")
def today() -> ResponseReturnValue:
    """Show what needs this person, the most urgent first."""
    return render_template("desk/today.html", needs=needs_of(get_user(), now()), group=find_group())
