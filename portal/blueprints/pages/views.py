"""The pages around the campaigns: home, privacy, accessibility, concerns, and the look at our own health."""

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.db import db
from portal.domain.campaigns.queries import find_group, list_campaigns

bp = Blueprint("pages", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show who the group is and what it stands for now."""
    campaigns = list_campaigns(livemode=current_app.config["LIVEMODE"])
    return render_template("pages/home.html", group=find_group(), campaigns=campaigns)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say what this site keeps of whom, and what it does not."""
    return render_template("pages/privacy.html", group=find_group())


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Say how the site can be used, and where that was tried."""
    return render_template("pages/accessibility.html", group=find_group())


@bp.get("/concern")
def concern() -> ResponseReturnValue:
    """Say whom to write to when something is wrong."""
    return render_template("pages/concern.html", group=find_group())


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Tell a monitor whether the portal and its database answer; nothing else is anybody's business."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return jsonify(status="failing", database="failing"), 503
    return jsonify(status="ok", database="ok")
