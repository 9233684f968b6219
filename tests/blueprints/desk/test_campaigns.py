"""Campaigns on the desk: from four fields to a page that readers see, and back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.clock import now
from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.models import Campaign, CampaignTotal, CampaignTranslation
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.factories.campaigns import make_campaign, make_total
from tests.foundation.pages import text_of
from tests.foundation.statements import counted

START = {
    "title": "Winter coats",
    "purpose": "Coats for newcomers",
    "goal": "1500",
    "currency": "EUR",
    "receiver": "The Circle",
}


def test_four_fields_make_a_draft_and_lead_to_its_editor(editor: Editor) -> None:
    answer = start(editor)
    assert (answer.status, answer.location) == (303, "/desk/campaigns/1/edit")
    opened = editor.opened(1)
    assert (opened.campaign.slug, opened.campaign.status) == ("winter-coats", "draft")
    assert (opened.campaign.edited_by_id, opened.story.title) == (editor.person_id, "Winter coats")
    seen = editor.page.get("/desk/campaigns/1/edit")
    assert "Nobody sees it before you publish it" in seen.text
    assert seen.field("goal").get("value") == "1500"
    assert editor.page.get("/campaigns/winter-coats").status == 404


@pytest.mark.parametrize(
    ("entry", "typed", "told"),
    [
        ("title", " ", "This is missing."),
        ("purpose", "", "This is missing."),
        ("receiver", "x" * 201, "up to 200 characters"),
        ("goal", "much", "not an amount we can read"),
        ("goal", "", "This is missing. Type it here."),
    ],
)
def test_what_is_wrong_with_a_field_is_told_beside_it_and_the_others_are_kept(
    editor: Editor, entry: str, typed: str, told: str
) -> None:
    page = start(editor, **{entry: typed})
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    assert told in told_at(page, entry)
    kept = {name: page.field(name).get("value") for name in START if name not in (entry, "currency")}
    assert kept == {name: START[name] for name in kept}
    assert editor.stored() == []


def test_on_top_of_the_page_each_entry_is_named_with_what_is_wrong_with_it(editor: Editor) -> None:
    page = start(editor, title="", goal="")
    assert [text_of(one) for one in page.by_id("problems").iter("a")] == [
        "Title: This is missing. Type it here.",
        "Goal: This is missing. Type it here.",
    ]


def test_a_title_whose_address_is_taken_is_told_beside_the_title(editor: Editor) -> None:
    start(editor)
    page = start(editor, receiver="Somebody else")
    assert (page.status, "Change the title a little" in told_at(page, "title")) == (422, True)
    assert len(editor.stored()) == 2


def test_a_new_campaign_takes_nothing_that_its_form_does_not_ask(editor: Editor) -> None:
    start(editor, status="published", slug="home", page_version="99", received_minor="5", edited_by_id="1000")
    campaign = editor.campaign(1)
    assert (campaign.status, campaign.slug, campaign.page_version) == ("draft", "winter-coats", 1)
    assert campaign.edited_by_id == editor.person_id


def test_the_list_says_where_each_stands_and_who_edited_last(app: Flask, editor: Editor) -> None:
    campaign_id = editor.seed()
    editor.press(campaign_id, "archive")
    with app.app_context():
        make_total(make_campaign(), 2_500)
        db.session.commit()
    page = editor.page.get("/desk/campaigns")
    titles = [text_of(one) for one in page.all("h2")]
    tags = [text_of(one) for one in page.all(".//li/p/span[1]")]
    assert (titles, tags) == (["A story told in tests", "The way out"], ["published", "archived"])
    assert "€25 of €5,000" in page.text
    assert "Aoife" in page.text
    assert "As it was installed, " in page.text


@pytest.mark.parametrize("path", ["", "/1", "/1/edit"])
def test_pages_take_a_fixed_number_of_statements(app: Flask, editor: Editor, path: str) -> None:
    editor.seed()
    with counted(app) as few:
        editor.page.get(f"/desk/campaigns{path}")
    with app.app_context():
        for _ in range(5):
            make_campaign()
        db.session.commit()
    for number in range(5):
        editor.send(editor.open(1), "/desk/campaigns/1/edit", title=f"Title {number}")
    editor.page.get("/desk/campaigns")  # shows what was flashed
    with counted(app) as many:
        editor.page.get(f"/desk/campaigns{path}")
    assert len(many) == len(few)


def test_a_draft_is_published_once_nothing_is_missing(editor: Editor) -> None:
    start(editor)
    page = editor.page.get("/desk/campaigns/1")
    assert "Before it can be published" in page.text
    assert "the receiver’s country" in page.text
    assert [text_of(one) for one in page.all("button")] == [
        "Archive",
        "Copy",
        "Plan it",
        "Change the address",
    ]
    refused = editor.press(1, "publish")
    assert (refused.status, editor.campaign(1).status) == (422, "draft")
    assert "can’t be public without: the story, the receiver’s country, the day" in refused.text

    fill_in(editor)
    assert editor.press(1, "publish").status == 303
    assert editor.campaign(1).status == "published"
    page = editor.page.get("/campaigns/winter-coats")
    assert (page.status, page.heading) == (200, "Winter coats")
    assert "Warm ones" in page.text


def test_a_check_of_more_than_a_year_ago_does_not_do(editor: Editor) -> None:
    start(editor)
    fill_in(editor, checked_on=(now() - timedelta(days=367)).date().isoformat())
    refused = editor.press(1, "publish")
    assert "a check of the receiver that is less than a year old" in refused.text
    assert editor.campaign(1).status == "draft"


def test_two_people_publish_and_write_at_once(app: Flask, editor: Editor) -> None:
    start(editor)
    fill_in(editor)
    seen = editor.page.get("/desk/campaigns/1")
    ben = Editor(app, "Ben")
    ben.send(ben.open(1), "/desk/campaigns/1/edit", title="Another title")
    answer = editor.page.post("/desk/campaigns/1/publish", sent_by(seen, form_id=""))
    assert (answer.status, editor.campaign(1).status) == (409, "draft")
    assert "Somebody else has saved revision 3" in answer.text


def test_a_published_campaign_is_taken_down_archived_and_comes_back(editor: Editor) -> None:
    campaign_id = editor.seed()
    path = "/campaigns/the-way-out"
    assert editor.page.get(path).status == 200
    for action, status, shown in (
        ("unpublish", "draft", 404),
        ("publish", "published", 200),
        ("archive", "archived", 200),
        ("archive", "archived", 200),
        ("unpublish", "draft", 404),
        ("archive", "archived", 404),
        ("publish", "published", 200),
    ):
        assert editor.press(campaign_id, action).status == 303
        assert (editor.campaign(campaign_id).status, editor.page.get(path).status) == (status, shown)
    with editor.app.app_context():
        noted = [one.action for one in list_entries(subject=f"campaign:{campaign_id}")]
    assert noted == ["campaign.moved"] * 6


def test_a_copy_is_a_draft_of_its_own(app: Flask, editor: Editor) -> None:
    campaign_id = editor.seed()
    with app.app_context():
        make_total(db.session.get_one(Campaign, campaign_id), 2_500)
        db.session.commit()
    answer = editor.press(campaign_id, "duplicate")
    assert answer.location == f"/desk/campaigns/{campaign_id + 1}/edit"
    copy = editor.campaign(campaign_id + 1)
    assert (copy.slug, copy.status, copy.receiver_checked_on) == ("the-way-out-2", "draft", None)
    with app.app_context():
        assert db.session.scalars(select(CampaignTotal.campaign_id)).all() == [campaign_id]


def test_a_copy_takes_its_translations_along_and_shows_none(app: Flask, editor: Editor) -> None:
    campaign_id = editor.seed()
    texts = [{"key": "title", "original": "The way out", "text": "나가는 길"}]
    with app.app_context():
        facts = {"texts": texts, "shown": True, "made_by_id": 9, "made_at": now()}
        db.session.add(CampaignTranslation(campaign_id=campaign_id, language="ko", **facts))
        db.session.commit()
    copy_id = campaign_id + 1
    told = editor.page.get(editor.press(campaign_id, "duplicate").location or "")
    assert "Its translations came along" in told.text
    with app.app_context():
        row = db.session.get_one(CampaignTranslation, (copy_id, "ko"))
        assert (row.texts, row.shown, row.made_by_id) == (texts, False, 9)
    assert "나가는 길" in editor.page.get(f"/desk/campaigns/{copy_id}/translations/ko").source
    editor.press(editor.seed("shed-light"), "duplicate")
    assert "translations" not in editor.page.get(f"/desk/campaigns/{copy_id + 2}/edit").text


def test_the_history_tells_who_changed_what_and_brings_it_back(editor: Editor) -> None:
    campaign_id = editor.seed()
    editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", title="Another title")
    page = editor.page.get(f"/desk/campaigns/{campaign_id}/revisions/2")
    assert [text_of(one) for one in page.all("del")] == ["Taken out: title: The way out"]
    assert [text_of(one) for one in page.all("ins")] == ["New: title: Another title"]
    assert "Aoife" in page.text

    first = editor.page.get(f"/desk/campaigns/{campaign_id}/revisions/1")
    path = f"/desk/campaigns/{campaign_id}/revisions/1/bring-back"
    answer = editor.page.post(path, sent_by(first, form_id=""))
    assert answer.status == 303
    opened = editor.opened(campaign_id)
    assert (opened.number, opened.story.title) == (3, "The way out")
    assert editor.page.get("/campaigns/the-way-out").heading == "The way out"


@pytest.mark.parametrize(
    "path",
    [
        "/404",
        "/404/edit",
        f"/{2**40}",
        f"/{2**40}/edit",
        "/1/revisions/9",
        f"/1/revisions/{2**40}",
        "/404/revisions/1",
    ],
)
def test_what_is_not_there_is_no_page(editor: Editor, path: str) -> None:
    editor.seed()
    assert editor.page.get(f"/desk/campaigns{path}").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/publish",
        "/archive",
        "/unpublish",
        "/duplicate",
        "/edit",
        "/preview",
        "/rows",
        "/revisions/1/bring-back",
    ],
)
def test_nothing_is_changed_without_the_form_s_token(editor: Editor, path: str) -> None:
    campaign_id = editor.seed()
    before = editor.stored()
    assert editor.page.post(f"/desk/campaigns/{campaign_id}{path}").status == 400
    assert editor.stored() == before


def start(editor: Editor, **entries: str):  # type: ignore[no-untyped-def]
    seen = editor.page.get("/desk/campaigns/new")
    return editor.page.post("/desk/campaigns/new", sent_by(seen, form_id="") | START | entries)


def fill_in(editor: Editor, **entries: str) -> None:
    """Write what the first campaign lacks."""
    filled = {
        "words": "## Why\n\nWarm ones.",
        "country": "IE",
        "checked_on": now().date().isoformat(),
        "checked_by": "the treasurer",
        **{f"lists__{name}": "y" for name in ("UN", "EU", "UK", "US")},
    }
    assert editor.send(editor.open(1), "/desk/campaigns/1/edit", **(filled | entries)).status == 303
