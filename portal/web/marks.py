"""What says that something is not real, wherever words of a page are shown without the page and its banner."""

from flask import Flask, current_app
from flask_babel import gettext

from portal.domain.campaigns.models import Group


def init_marks(app: Flask) -> None:
    """Give the app's templates what marks their words."""
    app.jinja_env.globals["marked"] = marked


def mark_of(group: Group | None) -> str:
    """Say in a word that nothing is real, where it is so; empty where real gifts are taken."""
    if group is not None and group.demo:
        return gettext("Demo")
    return "" if current_app.config["LIVEMODE"] else gettext("Practice")


def marked(group: Group | None, words: str) -> str:
    """Give words of a page as others may show them: what is not real is said first, as they may cut the rest."""
    return f"{_told(group)} {words}".strip()


def marked_title(group: Group | None, title: str) -> str:
    """Give a title as others may show it by itself, with the one word before it where nothing is real."""
    mark = mark_of(group)
    return f"{mark}. {title}" if mark else title


def _told(group: Group | None) -> str:
    if group is not None and group.demo:
        return gettext("A demo: the group is invented.")
    return "" if current_app.config["LIVEMODE"] else gettext("Practice: no real money moves here.")
