"""From an article to a campaign, in every state: (endpoint, state, how to get there, how it answers)."""

from functools import partial
from typing import Any

from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.article.files.limits import MOST_MEGABYTES
from portal.domain.campaigns.article.found import Article
from tests.blueprints.desk.editor import sent_by
from tests.factories.drafting import make_article, make_hangul_article, make_imported
from tests.foundation.bodies import Unread
from tests.foundation.pages import Page
from tests.project.walk_accounts import look
from tests.project.walk_editor import enter

ROOT = "/desk/campaigns/from-article"
TEXT = "The morning ferry\n\nBy ferry\n\nThe harbour office counts 1,200 people who cross each day.\n"
COMPLETE = {
    "title": "배", "settled-0": "May 2020", "purpose": "표", "goal": "100", "receiver": "모임", "country": "IE",
    "looked_up": "y", "compared": "y", "no_source_left": "y", "sections-0-words": "여기",
}  # fmt: skip


def read(world: Any, **entries: Any) -> Page:
    """Bring an article."""
    enter(world)
    seen = world.browser.get(ROOT)
    return world.browser.post(ROOT, sent_by(seen, form_id="") | {"text": TEXT} | entries)


def read_too_much(world: Any) -> Page:
    """Bring a file that is too large."""
    enter(world)
    body = Unread(MOST_MEGABYTES * 1_100_000)
    return world.browser.post(ROOT, input_stream=body, content_type="multipart/form-data; boundary=x")


def add(world: Any, article: Article | None = None) -> int:
    """Have an article read, by the command line; gives its number."""
    with world.app.app_context():
        article_id = make_imported(article).id
        db.session.commit()
        return int(article_id)


def open_article(world: Any, article: Article | None = None) -> Page:
    """Open an article that was read."""
    article_id = add(world, article)
    enter(world)
    return world.browser.get(f"{ROOT}/{article_id}")


def send(world: Any, action: str = "", **entries: str) -> Page:
    """Press a button of an article's form."""
    seen = open_article(world)
    path = seen.response.request.path
    return world.browser.post(f"{path}{action}", sent_by(seen, "decisions") | COMPLETE | entries)


def send_late(world: Any) -> Page:
    """Decide while somebody else did."""
    seen = open_article(world)
    path, sent = seen.response.request.path, sent_by(seen, "decisions")
    world.browser.post(path, sent | {"title": "그", "figures-0-said_by": "그"})
    return world.browser.post(path, sent | {"title": "나"})


def see_made(world: Any) -> Page:
    """Open an article of which a draft was made."""
    seen = open_article(world)
    path = seen.response.request.path
    world.browser.post(f"{path}/draft", sent_by(seen, "decisions") | COMPLETE)
    return world.browser.get(path)


def put_away(world: Any) -> Page:
    """Put an article away."""
    seen = open_article(world)
    token = seen.field("csrf_token").get("value") or ""
    return world.browser.post(f"{seen.response.request.path}/put-away", {"csrf_token": token})


def see_waiting(world: Any) -> Page:
    """Open the list of campaigns while articles wait."""
    add(world, make_hangul_article())
    open_article(world, make_article(title=None))
    return world.browser.get("/desk/campaigns")


WRONG = {
    "settled-0": "", "goal": "x", "country": "", "checked_by": "", "figures-0-counts": "", "whose_words": "theirs",
}  # fmt: skip
WRONG_IN_TEXT = {"figures-0-counts": "", "figures-1-year": "soon", "readings-0-url": "x", "credit_author": ""}
ADDED = {
    "added-text": "a working day", "added-value": "1", "added-unit": "나", "added-organization": "harbour office",
}  # fmt: skip
STATES: list[Any] = [
    ("desk_campaigns.index", "articles wait", see_waiting),
    ("desk_campaigns.new_article", "fresh", look(ROOT, Role.ORGANIZER)),
    ("desk_campaigns.read_article", "read", read, 303),
    ("desk_campaigns.read_article", "nothing", partial(read, text=""), 422),
    ("desk_campaigns.read_article", "too large", read_too_much, 413),
    ("desk_campaigns.article", "open", open_article),
    ("desk_campaigns.article", "in Hangul", lambda world: open_article(world, make_hangul_article())),
    ("desk_campaigns.article", "made", see_made),
    ("desk_campaigns.article", "unknown", look(f"{ROOT}/999", Role.ORGANIZER), 404),
    ("desk_campaigns.decide", "kept", send, 303),
    ("desk_campaigns.decide", "added to", partial(send, **ADDED), 303),
    ("desk_campaigns.decide", "wrongly added to", partial(send, **ADDED | {"added-text": "나"}), 422),
    ("desk_campaigns.decide", "somebody else was faster", send_late, 409),
    ("desk_campaigns.make_draft", "made", partial(send, action="/draft"), 303),
    ("desk_campaigns.make_draft", "wrong", partial(send, action="/draft", **WRONG), 422),
    ("desk_campaigns.make_draft", "wrong in its text", partial(send, action="/draft", **WRONG_IN_TEXT), 422),
    ("desk_campaigns.put_away", "gone", put_away, 303),
]  # fmt: skip
