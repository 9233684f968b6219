"""Campaigns on the desk, in every state: (endpoint, state, how to get there, how it answers)."""

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.accounts.models import Role
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.planning import carry_out_due, plan
from portal.domain.people.models import Person
from tests.blueprints.desk.editor import sent_by
from tests.factories.campaigns import make_campaign, make_story
from tests.factories.pictures import PictureFile, make_photograph
from tests.foundation.pages import Page
from tests.project.walk_accounts import look, member

ROOT = "/desk/campaigns"
ORGANIZER = "organizer@example.org"
CHECKED = {f"lists-{name}": "y" for name in ("UN", "EU", "UK", "US")}
START = {"title": "빛", "purpose": "빛", "goal": "100", "currency": "EUR", "receiver": "모임"}


def enter(world: Any) -> None:
    """Sign an organizer in, in place of whoever was, unless that was done before."""
    with world.app.app_context():
        is_there = db.session.scalar(select(Person.id).where(Person.email == ORGANIZER)) is not None
    if not is_there:
        member(world, Role.ORGANIZER, email=ORGANIZER)


def open_page(world: Any, path: str = "", status: str = "") -> Page:
    """Open a page about the walked campaign, after it was moved where `status` says."""
    enter(world)
    if status:
        with world.app.app_context():
            db.session.get_one(Campaign, campaign_id(world)).status = status
            db.session.commit()
    return world.browser.get(f"{ROOT}/{campaign_id(world)}{path}")


def campaign_id(world: Any) -> int:
    """The walked campaign."""
    with world.app.app_context():
        return int(world._campaign().id)


def open_ended(world: Any) -> Page:
    """Open the page of a campaign that readers saw until it was archived."""
    press(world, "archive")
    return world.browser.get(f"{ROOT}/{campaign_id(world)}")


def add_picture(world: Any, name: str = "one.jpg", sent: bytes = b"", **entries: str) -> Page:
    """Bring a picture."""
    seen = open_page(world, "/pictures")
    told = {"alt": "⟦Dawn⟧", "credit": "민아", "consent": "nobody", **entries}
    file = PictureFile(sent or make_photograph(size=(600, 400)))
    token = seen.field("csrf_token").get("value")
    form = {**told, "csrf_token": token, "picture": (file, name)}
    return world.browser.post(f"{ROOT}/{campaign_id(world)}/pictures", form)


def show_picture(world: Any) -> None:
    """Let the story show one of two pictures."""
    for number, name in enumerate(("one.jpg", "two.jpg")):
        add_picture(world, name, make_photograph(size=(600 + number, 400)))
    send(world, "edit", words="⟦Words⟧\n\n:: picture one")


def see_pictures(world: Any) -> Page:
    """Open the list of pictures of which the story shows one."""
    show_picture(world)
    return open_page(world, "/pictures")


def see_picture(world: Any) -> Page:
    """Read a page with a picture."""
    show_picture(world)
    return world.browser.get(f"/campaigns/{world.slug}")


def get_picture(world: Any) -> Page:
    """Get the file of a picture."""
    return world.browser.get(see_picture(world).one("img").get("src"))


def see_put_away(world: Any) -> Page:
    """Open the list after a picture was taken out that an earlier revision shows."""
    show_picture(world)
    send(world, "edit", words="⟦Words⟧")
    path = f"{ROOT}/{campaign_id(world)}/pictures"
    token = world.browser.get(path).field("csrf_token").get("value")
    world.browser.post(f"{path}/one/remove", {"csrf_token": token})
    return world.browser.get(path)


def remove_picture(world: Any, name: str = "two", act: str = "remove") -> Page:
    """Take a picture out."""
    token = see_pictures(world).field("csrf_token").get("value")
    path = f"{ROOT}/{campaign_id(world)}/pictures/{name}/{act}"
    return world.browser.post(path, {"csrf_token": token})


def see_plan(world: Any) -> Page:
    """Open the page of a campaign that is to end at a time that comes twice."""
    press(world, "plan", end_at="2199-10-27T01:30")
    return world.browser.get(f"{ROOT}/{campaign_id(world)}")


def see_failed_plan(world: Any) -> Page:
    """Open the page of a draft that lacked something when it was to be published, and was not there to end."""
    path = (start(world).location or "").removesuffix("/edit")
    with world.app.app_context():
        moments = (now() + timedelta(hours=hours) for hours in (1, 2))
        plan(1, int(path.rpartition("/")[2]), *moments, now())
        carry_out_due(now() + timedelta(hours=3), 9)
        db.session.commit()
    return world.browser.get(path)


def start(world: Any, **entries: str) -> Page:
    """Send the four fields."""
    enter(world)
    seen = world.browser.get(f"{ROOT}/new")
    return world.browser.post(f"{ROOT}/new", sent_by(seen, form_id="") | START | entries)


def see_draft(world: Any, path: str = "") -> Page:
    """Open a draft that has nothing but its four fields."""
    location = start(world).location or ""
    return world.browser.get(location.removesuffix("/edit") + path)


def send(world: Any, action: str, **entries: str) -> Page:
    """Press a button of the editor."""
    seen = open_page(world, "/edit")
    changed = CHECKED | {name.replace("__", "-"): value for name, value in entries.items()}
    return world.browser.post(f"{ROOT}/{campaign_id(world)}/{action}", sent_by(seen) | changed)


def send_late(world: Any) -> Page:
    """Save what was written while somebody else saved too."""
    first = open_page(world, "/edit")
    path = f"{ROOT}/{campaign_id(world)}/edit"
    world.browser.post(path, sent_by(first) | CHECKED | {"title": "그", "summary": "그"})
    return world.browser.post(path, sent_by(first) | {"title": "나"})


def press(world: Any, action: str, *, status: str = "", path: str = "", **entries: str) -> Page:
    """Press a button of the campaign's page."""
    seen = open_page(world, path, status)
    return world.browser.post(f"{ROOT}/{campaign_id(world)}/{action}", sent_by(seen, form_id="") | entries)


def publish_late(world: Any) -> Page:
    """Publish what somebody else has written on meanwhile."""
    seen = open_page(world, status="draft")
    path = f"{ROOT}/{campaign_id(world)}"
    editing = world.browser.get(f"{path}/edit")
    world.browser.post(f"{path}/edit", sent_by(editing) | CHECKED | {"title": "나"})
    return world.browser.post(f"{path}/publish", sent_by(seen, form_id=""))


def publish_draft(world: Any) -> Page:
    """Publish a draft that has nothing but its four fields."""
    path = (start(world).location or "").removesuffix("/edit")
    return world.browser.post(f"{path}/publish", sent_by(world.browser.get(path), form_id=""))


def choose_address(world: Any, typed: str = "the-lights") -> Page:
    """Give a draft another address."""
    path = (start(world).location or "").removesuffix("/edit")
    entries = sent_by(world.browser.get(path), form_id="") | {"address": typed}
    return world.browser.post(f"{path}/address", entries)


def see_revision(world: Any, number: int) -> Page:
    """Open a revision of a campaign that has two of them."""
    send(world, "edit", title="나")
    return world.browser.get(f"{ROOT}/{campaign_id(world)}/revisions/{number}")


def bring_back(world: Any) -> Page:
    """Press the button that brings the first one back."""
    seen = see_revision(world, 1)
    path = f"{ROOT}/{campaign_id(world)}/revisions/1/bring-back"
    return world.browser.post(path, sent_by(seen, form_id=""))


def translate(world: Any, language: str = "ko", **entries: str) -> Page:
    """Translate a title."""
    path = f"/translations/{language}"
    seen = open_page(world, path)
    sent = sent_by(seen, "translation") | {"text-0": "⟦길⟧"} | entries
    return world.browser.post(f"{ROOT}/{campaign_id(world)}{path}", sent)


def preview_translation(world: Any, **entries: str) -> Page:
    """Look at a title that was translated, or go back from there."""
    path = f"{ROOT}/{{}}/translations/ko/preview"
    sent = sent_by(open_page(world, "/translations/ko"), "translation") | {"text-0": "⟦길⟧"} | entries
    return world.browser.post(path.format(campaign_id(world)), sent)


def translate_late(world: Any) -> Page:
    """Save what was translated while somebody else did too."""
    seen = open_page(world, "/translations/ko")
    translate(world)
    sent = sent_by(seen, "translation") | {"text-0": "다른 길"}
    return world.browser.post(f"{ROOT}/{campaign_id(world)}/translations/ko", sent)


def see_changed(world: Any) -> Page:
    """Open a translation whose original has changed since."""
    translate(world)
    send(world, "edit", title="나")
    return open_page(world, "/translations/ko")


def see_translated(world: Any, path: str) -> Page:
    """Open a page about a translation that was begun."""
    translate(world)
    return open_page(world, path)


def show_translation(world: Any) -> Page:
    """Let readers find a translation."""
    seen = see_translated(world, "/translations/ko")
    token = seen.by_id("show-token").get("value")
    path = f"{ROOT}/{campaign_id(world)}/translations/ko/show"
    return world.browser.post(path, {"csrf_token": token, "shown": "y"})


def show_untitled(world: Any) -> Page:
    """Try to show a translation after its title has changed."""
    token = see_changed(world).by_id("show-token").get("value")
    path = f"{ROOT}/{campaign_id(world)}/translations/ko/show"
    return world.browser.post(path, {"csrf_token": token, "shown": "y"})


def read_translated(world: Any) -> Page:
    """Read a page in another language."""
    show_translation(world)
    return world.browser.get(f"/campaigns/{world.slug}?lang=ko")


def see_list(world: Any) -> Page:
    """Open the list with a campaign of each standing."""
    start(world)
    with world.app.app_context():
        make_campaign(status="archived", story=make_story(title="⟦Put away⟧"))
        db.session.commit()
    return world.browser.get(ROOT)


WRONG = {"title": "", "goal": "x", "words": "# 나", "usual_amount": "9", "country": "", "amount__1": "x"}
STATES: list[Any] = [
    ("desk_campaigns.index", "all standings", see_list),
    ("desk_campaigns.index", "none", look(ROOT, Role.ORGANIZER), 200, False),
    ("desk_campaigns.index", "of a volunteer", look(ROOT), 404),
    ("desk_campaigns.new", "fresh", look(f"{ROOT}/new", Role.ORGANIZER)),
    ("desk_campaigns.start", "made", start, 303),
    ("desk_campaigns.start", "wrong", partial(start, title="", goal="x"), 422),
    ("desk_campaigns.show", "draft", see_draft),
    ("desk_campaigns.show", "published", open_page),
    ("desk_campaigns.show", "archived", partial(open_page, status="archived")),
    ("desk_campaigns.show", "ended", open_ended),
    ("desk_campaigns.show", "ready", partial(open_page, status="draft")),
    ("desk_campaigns.show", "unknown", look(f"{ROOT}/999", Role.ORGANIZER), 404),
    ("desk_campaigns.edit", "draft", partial(see_draft, path="/edit")),
    ("desk_campaigns.edit", "published", partial(open_page, path="/edit")),
    ("desk_campaigns.save", "saved", partial(send, action="edit", title="나"), 303),
    ("desk_campaigns.save", "wrong", partial(send, action="edit", **WRONG), 422),
    ("desk_campaigns.save", "somebody else was faster", send_late, 409),
    ("desk_campaigns.rows", "one more", partial(send, action="rows", add__key_figures="1")),
    ("desk_campaigns.preview", "shown", partial(send, action="preview", title="나")),
    ("desk_campaigns.preview", "wrong", partial(send, action="preview", title=""), 422),
    ("desk_campaigns.publish", "published", partial(press, action="publish", status="draft"), 303),
    ("desk_campaigns.publish", "somebody else was faster", publish_late, 409),
    ("desk_campaigns.publish", "not ready", publish_draft, 422),
    ("desk_campaigns.unpublish", "a draft again", partial(press, action="unpublish"), 303),
    ("desk_campaigns.archive", "put away", partial(press, action="archive"), 303),
    ("desk_campaigns.show_pictures", "none", partial(open_page, path="/pictures")),
    ("desk_campaigns.show_pictures", "one shown, one not", see_pictures),
    ("desk_campaigns.add_picture", "added", add_picture, 303),
    ("desk_campaigns.add_picture", "wrong", partial(add_picture, sent=b"<svg/>", alt="", consent=""), 422),
    ("desk_campaigns.remove_picture", "taken out", remove_picture, 303),
    ("desk_campaigns.show_pictures", "one kept", see_put_away),
    ("desk_campaigns.erase_picture", "erased", partial(remove_picture, act="erase"), 303),
    ("desk_campaigns.remove_picture", "shown", partial(remove_picture, name="one"), 422),
    ("desk_campaigns.remove_picture", "unknown", partial(remove_picture, name="three"), 404),
    ("campaigns.show", "with a picture", see_picture),
    ("campaigns.picture", "found", get_picture, 200, True, False),
    ("campaigns.picture", "unknown", look("/pictures/1-1.webp", Role.ORGANIZER), 404),
    ("desk_campaigns.plan", "planned", partial(press, action="plan", end_at="2199-10-27T01:30"), 303),
    ("desk_campaigns.plan", "wrong", partial(press, action="plan", end_at="나"), 422),
    ("desk_campaigns.show", "planned", see_plan),
    ("desk_campaigns.show", "a plan that failed", see_failed_plan),
    ("desk_campaigns.take_back_plan", "taken back", partial(press, action="plan/take-back"), 303),
    ("desk_campaigns.choose_address", "chosen", choose_address, 303),
    ("desk_campaigns.choose_address", "wrong", partial(choose_address, typed="두 길"), 422),
    ("desk_campaigns.choose_address", "readers have it", partial(press, action="address", address="a"), 422),
    ("desk_campaigns.duplicate", "copied", partial(press, action="duplicate"), 303),
    ("desk_campaigns.list_translations", "none", partial(open_page, path="/translations")),
    ("desk_campaigns.list_translations", "one", partial(see_translated, path="/translations")),
    ("desk_campaigns.translation", "none", partial(open_page, path="/translations/ko")),
    ("desk_campaigns.translation", "changed since", see_changed),
    ("desk_campaigns.translation", "unknown", partial(open_page, path="/translations/xx"), 404),
    ("desk_campaigns.save_translation", "saved", translate, 303),
    ("desk_campaigns.save_translation", "wrong", partial(translate, **{"text-0": "7"}), 422),
    ("desk_campaigns.save_translation", "somebody else was faster", translate_late, 409),
    ("desk_campaigns.show_translation", "shown", show_translation, 303),
    ("desk_campaigns.show_translation", "without its title", show_untitled, 422),
    ("desk_campaigns.preview_translated", "begun", partial(see_translated, path="/translations/ko/preview")),
    ("desk_campaigns.preview_sent", "shown", preview_translation),
    ("desk_campaigns.preview_sent", "back", partial(preview_translation, back="y")),
    ("desk_campaigns.preview_sent", "wrong", partial(preview_translation, **{"text-0": "7"}), 422),
    ("campaigns.show", "in another language", read_translated),
    ("desk_campaigns.revision", "first", partial(see_revision, number=1)),
    ("desk_campaigns.revision", "newest", partial(see_revision, number=2)),
    ("desk_campaigns.bring_back", "back", bring_back, 303),
]  # fmt: skip
