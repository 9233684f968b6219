"""The editor: rows without a script, a preview that keeps nothing, two people at once, and hostile words."""

import re

import pytest
from flask import Flask

from portal.clock import now
from portal.domain.audit.queries import list_entries
from portal.web.headers import security_headers
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.foundation.demo import SLUGS
from tests.foundation.pages import Page, text_of

HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) "><svg onload=alert(1)>'
)


@pytest.fixture
def campaign_id(editor: Editor) -> int:
    """The demo's campaign, published."""
    return editor.seed()


def test_a_saved_text_is_what_readers_see_at_once_also_where_a_page_was_kept(
    editor: Editor, campaign_id: int
) -> None:
    assert [editor.page.get("/campaigns/the-way-out").heading for _ in range(2)] == ["The way out"] * 2
    answer = save(editor, campaign_id, title="A way out", goal="6000")
    assert (answer.status, answer.location) == (303, f"/desk/campaigns/{campaign_id}/edit")
    page = editor.page.get("/campaigns/the-way-out")
    assert (page.heading, "of €6,000" in page.text) == ("A way out", True)
    assert "Saved as revision 2." in editor.open(campaign_id).text


def test_what_the_form_shows_is_saved_as_it_is_and_makes_no_revision(editor: Editor) -> None:
    for slug in SLUGS:
        campaign_id = editor.seed(slug)
        assert save(editor, campaign_id).status == 303
        opened = editor.opened(campaign_id)
        assert (opened.number, opened.campaign.edited_by_id) == (1, None)


def test_a_form_can_set_nothing_that_it_does_not_ask(editor: Editor, campaign_id: int) -> None:
    save(
        editor,
        campaign_id,
        title="New",
        status="archived",
        page_version="99",
        received_minor="100",
        slug="home",
        position="1",
        revision_number="50",
        currency="KRW",
        made_by_id="1000",
        group_id="1000",
    )
    campaign = editor.campaign(campaign_id)
    assert (campaign.status, campaign.slug, campaign.position) == ("published", "the-way-out", 3)
    assert (campaign.page_version, campaign.revision_number, campaign.currency) == (2, 2, "EUR")
    assert campaign.edited_by_id == editor.person_id


@pytest.mark.parametrize(
    ("entry", "typed", "at", "told"),
    [
        ("title", "", "title", "This is missing."),
        ("goal", "5e3", "goal", "not an amount we can read"),
        ("amount__1", "x", "amount-1", "not an amount we can read"),
        ("amount__1", "30", "amount-1", "the smallest first"),
        ("checked_on", "soon", "checked_on", "This is no day."),
        ("checked_on", "", "checked_on", "can’t be public without: the day"),
        ("lists__UN", "", "lists-UN", "all four sanctions lists"),
        ("country", "", "country", "the receiver’s country"),
        ("country", "KP", "country", "into North Korea"),
        ("receiver", "Somebody Else", "checked_on", "The check is of another receiver"),
        ("key_figures__0__low", "40000", "key_figures-0-low", "stand in the article’s own words"),
        ("key_figures__0__value", "7", "key_figures-0-low", "stand in the article’s own words"),
        ("key_figures__0__value", "many", "key_figures-0-value", "no number that fits"),
        ("key_figures__0__share", "most", "key_figures-0-share", "Choose one of the list."),
        (
            "key_figures__0__of",
            "lost",
            "key_figures-0-of",
            "A part needs a number, and a whole that is larger.",
        ),
        ("drawing", "clippings", "drawing", "clippings its number, up to 365"),
        ("key_figures__0__year", "soon", "key_figures-0-year", "no number that fits"),
        ("key_figures__0__counts", "", "key_figures-0-counts", "This is missing."),
        ("key_figures__0__no_source", "", "key_figures-0-said_by", "who said “in-hiding”"),
        ("key_figures__0__last_checked", "", "key_figures-0-last_checked", "a comparison of “in-hiding”"),
        (
            "claims__1__last_checked",
            "2999-01-01",
            "claims-1-last_checked",
            "a comparison of “the-convention”",
        ),
        ("claims__1__id", "The Convention", "claims-1-id", "small letters"),
        ("reading__2__url", "javascript:alert(1)", "reading-2-url", "no web address"),
        ("organizations__0__does", " ", "organizations-0-does", "This is missing."),
        ("credit__author", "", "credit-author", "This is missing."),
        ("opening_figure", "lost", "opening_figure", "no key figure of this name"),
        ("drawing", "map", "drawing", "Choose one of the list."),
        ("words", "One\n\n# Two", "words", "Line 3: Headings of a story"),
        ("words", ":: figure lost", "words", "Line 1: A line with ::"),
    ],
)
def test_what_is_wrong_is_told_beside_its_entry_and_nothing_is_lost_or_saved(
    editor: Editor, campaign_id: int, entry: str, typed: str, at: str, told: str
) -> None:
    before, sent = editor.stored(), sent_by(editor.open(campaign_id))
    page = save(editor, campaign_id, **{entry: typed})
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    assert told in told_at(page, at)
    assert f"#{at}" in page.links
    expected = sent | {entry.replace("__", "-"): typed}
    now_there = sent_by(page)
    lost = {name for name, value in expected.items() if value and now_there.get(name) != value}
    # What is in none of its options can't be shown as chosen, and the token tells its second.
    assert lost - {"csrf_token"} <= {"country", "drawing"} & {entry}
    assert editor.stored() == before


@pytest.mark.parametrize("way", ["edit", "preview"])
def test_lights_that_stand_for_nobody_are_told_beside_the_drawing(
    editor: Editor, campaign_id: int, way: str
) -> None:
    before = editor.stored()
    nobody = {"drawing": "lights", "key_figures-0-low": "", "key_figures-0-high": ""}
    sent = sent_by(editor.open(campaign_id)) | nobody
    answer = editor.page.post(f"/desk/campaigns/{campaign_id}/{way}", sent)
    assert answer.status == 422
    assert "The lights need a key figure at the top" in told_at(answer, "drawing")
    assert editor.stored() == before


def test_a_row_is_added_and_taken_out_with_every_entry_kept(editor: Editor, campaign_id: int) -> None:
    sent = sent_by(editor.open(campaign_id)) | {"title": "Half-written", "words": "Not\n\n:: figure yet"}
    page = editor.page.post(f"/desk/campaigns/{campaign_id}/rows", sent | {"add-reading": "1"})
    assert page.status == 200
    assert page.field("reading-5-title").get("value") == ""
    assert without_token(sent_by(page)).items() >= without_token(sent).items()

    sent = sent_by(page) | {"reading-5-title": "A sixth"}
    page = editor.page.post(f"/desk/campaigns/{campaign_id}/rows", sent | {"out-reading": "0"})
    titles = [sent_by(page)[f"reading-{number}-title"] for number in range(5)]
    assert (titles[0], titles[4]) == (sent["reading-1-title"], "A sixth")
    assert "reading-5-title" not in sent_by(page)


@pytest.mark.parametrize(
    "button",
    [
        ("", ""),
        ("add-status", "1"),
        ("add", "reading"),
        *(("out-reading", at) for at in ("99", "-1", "²", "")),
    ],
)
def test_a_button_that_is_not_there_does_nothing(
    editor: Editor, campaign_id: int, button: tuple[str, str]
) -> None:
    sent = sent_by(editor.open(campaign_id))
    page = editor.page.post(f"/desk/campaigns/{campaign_id}/rows", sent | dict([button]))
    assert (page.status, without_token(sent_by(page))) == (200, without_token(sent))


def test_a_row_left_empty_is_left_out_and_a_new_one_gets_a_name(editor: Editor, campaign_id: int) -> None:
    path = f"/desk/campaigns/{campaign_id}/rows"
    page = editor.page.post(path, sent_by(editor.open(campaign_id)) | {"add-claims": "1"})
    page = editor.page.post(path, sent_by(page) | {"add-claims": "1"})
    entries = {"says": "It was told", "as_written": "told", "section": "Part", "no_source": "y"}
    sent = sent_by(page) | {f"claims-6-{name}": typed for name, typed in entries.items()} | {"compared": "y"}
    assert editor.page.post(f"/desk/campaigns/{campaign_id}/edit", sent).status == 303
    claims = editor.opened(campaign_id).story.claims
    assert (len(claims), claims[-1].id, claims[-1].said_by) == (6, "it-was-told", None)


def test_a_figure_typed_in_the_editor_is_no_reader_s_before_its_source_is_decided_and_it_is_compared(
    editor: Editor, campaign_id: int
) -> None:
    editor.press(campaign_id, "unpublish")
    page = editor.page.post(
        f"/desk/campaigns/{campaign_id}/rows", sent_by(editor.open(campaign_id)) | {"add-key_figures": "1"}
    )
    assert page.field("key_figures-1-last_checked").get("value") == ""
    typed = {"shown": "51", "counts": "articles", "as_written": "51", "section": "Light"}
    sent = sent_by(page) | {f"key_figures-1-{name}": value for name, value in typed.items()}
    editor.page.post(f"/desk/campaigns/{campaign_id}/edit", sent)
    refused = editor.press(campaign_id, "publish")
    assert (refused.status, editor.campaign(campaign_id).status) == (422, "draft")
    assert "who said “51”, or that the article names no source" in refused.text
    assert "a comparison of “51” with the article" in refused.text

    save(editor, campaign_id, key_figures__1__no_source="y", compared="y")
    story, today = editor.opened(campaign_id).story, now().date()
    assert {part.last_checked for part in story.sourced} == {today}
    assert editor.press(campaign_id, "publish").status == 303
    with editor.app.app_context():
        (revised,) = [one for one in list_entries() if (one.after or {}).get("figures_checked_on")][:1]
    assert (revised.person_id, revised.after["figures_checked_on"]) == (editor.person_id, today.isoformat())


def test_a_preview_is_the_real_page_under_a_banner_and_keeps_nothing(
    editor: Editor, campaign_id: int
) -> None:
    kept = editor.page.get("/campaigns/the-way-out").source
    before = editor.stored()
    page = preview(
        editor, campaign_id, title="Not yet", words="## Soon\n\n:: figure in-hiding\n\nWords.", goal="77"
    )
    assert (page.status, page.heading) == (200, "Not yet")
    assert "Preview, not published" in page.text
    assert "of €77" in page.text
    assert [text_of(one) for one in page.all(".//article/h2")][0] == "Soon"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert editor.stored() == before
    assert editor.page.get("/campaigns/the-way-out").source == kept


def test_the_way_back_from_a_preview_loses_nothing(editor: Editor, campaign_id: int) -> None:
    sent = sent_by(editor.open(campaign_id)) | {
        "title": 'A "new" & <title>',
        "words": "One\n\n\n  two\n\nthree",
    }
    seen = editor.page.post(f"/desk/campaigns/{campaign_id}/preview", sent)
    back = editor.page.post(f"/desk/campaigns/{campaign_id}/rows", sent_by(seen, form_id=""))
    assert without_token(sent_by(back)) == without_token(sent)
    saved = editor.page.post(f"/desk/campaigns/{campaign_id}/edit", sent_by(seen, form_id=""))
    assert (saved.status, editor.opened(campaign_id).story.title) == (303, 'A "new" & <title>')


def test_a_preview_of_what_does_not_fit_shows_the_form_with_what_is_wrong(
    editor: Editor, campaign_id: int
) -> None:
    page = preview(editor, campaign_id, title="", words="Kept")
    assert (page.status, told_at(page, "title") != "") == (422, True)
    assert sent_by(page)["words"] == "Kept"


def test_a_draft_with_nothing_but_four_fields_can_be_previewed(editor: Editor, campaign_id: int) -> None:
    seen = editor.page.get("/desk/campaigns/new")
    entries = {"title": "밝은 빛", "purpose": "빛", "goal": "10", "currency": "EUR", "receiver": "모임"}
    editor.page.post("/desk/campaigns/new", sent_by(seen, form_id="") | entries)
    page = preview(editor, campaign_id + 1)
    assert (page.status, page.heading) == (200, "밝은 빛")
    assert "Not looked up in the sanctions lists yet." in page.text
    assert editor.campaign(campaign_id + 1).slug == "bakeun-bit"


def test_a_preview_s_form_to_give_is_switched_off(editor: Editor, campaign_id: int, app: Flask) -> None:
    app.jinja_env.globals["payment_kind"] = "test"
    page = preview(editor, campaign_id)
    (fieldset,) = [one for one in page.all("fieldset") if one.get("disabled") is not None]
    assert [form.get("class") for form in fieldset.iter("form")] == ["give"]


def test_the_second_of_two_editors_is_told_what_the_other_changed_and_loses_nothing(
    app: Flask, editor: Editor, campaign_id: int
) -> None:
    ben = Editor(app, "Ben")
    seen_by_ben = ben.open(campaign_id)
    save(editor, campaign_id, title="Her title", summary="Her summary.")
    path = f"/desk/campaigns/{campaign_id}/edit"
    page = ben.send(seen_by_ben, path, title="His title", goal="7000")

    assert (page.status, page.title.startswith("Not saved:")) == (409, True)
    assert editor.opened(campaign_id).story.title == "Her title"
    told = " ".join(text_of(one) for one in page.all("ins"))
    assert "New: title: Her title" in told
    sent = sent_by(page)
    assert (sent["title"], sent["goal"], sent["summary"]) == ("His title", "7000", "Her summary.")
    assert sent["base_number"] == "2"
    assert [text_of(one) for one in page.by_id("problems").iter("li") if not one.get("class")] == ["Title"]

    assert ben.page.post(path, sent).status == 303
    story = editor.opened(campaign_id).story
    assert (story.title, story.summary) == ("His title", "Her summary.")
    assert "Her title" in editor.page.get(f"/desk/campaigns/{campaign_id}/revisions/2").text


def test_a_double_click_saves_once_and_warns_nobody(editor: Editor, campaign_id: int) -> None:
    sent = sent_by(editor.open(campaign_id)) | {"title": "Twice"}
    path = f"/desk/campaigns/{campaign_id}/edit"
    assert [editor.page.post(path, sent).status for _ in range(2)] == [303, 303]
    assert editor.opened(campaign_id).number == 2


@pytest.mark.parametrize("base", ["", "x", "99", "-1", "²"])
def test_a_form_that_was_made_from_no_revision_is_refused(
    editor: Editor, campaign_id: int, base: str
) -> None:
    assert save(editor, campaign_id, title="New", base_number=base).status == 404
    assert editor.opened(campaign_id).number == 1


def test_what_is_typed_is_never_run(editor: Editor, campaign_id: int) -> None:
    hostile = dict.fromkeys(
        (
            "title", "summary", "situation", "content_note", "words", "purpose", "checked_by",
            "key_figures__0__shown", "key_figures__0__counts", "claims__0__says", "reading__0__note",
            "organizations__0__name", "organizations__0__aliases", "credit__author", "credit__interest",
        ),
        HOSTILE,
    )  # fmt: skip
    seen = preview(editor, campaign_id, **hostile)
    assert save(editor, campaign_id, **hostile).status == 303
    base = f"/desk/campaigns/{campaign_id}"
    pages = [editor.page.get(path) for path in ("/campaigns/the-way-out", "/campaigns", base, f"{base}/edit")]
    for page in (seen, *pages, editor.page.get(f"{base}/revisions/2")):
        assert page.status == 200
        assert page.programs == []
        attributes = [name for one in page.document.iter() for name in one.attrib]
        assert [name for name in attributes if name.startswith("on")] == []
        assert [link for link in page.links if link.startswith("javascript")] == []
        assert page.all("img") == []


def test_the_editor_needs_no_looser_policy(editor: Editor, campaign_id: int, app: Flask) -> None:
    wanted = security_headers(
        public_url=app.config["PUBLIC_URL"], stripe_api_base=app.config["STRIPE_API_BASE"]
    )
    for page in (editor.open(campaign_id), preview(editor, campaign_id)):
        assert page.headers["Content-Security-Policy"] == wanted["Content-Security-Policy"]
        assert not re.search(r"unsafe|frame-src", page.headers["Content-Security-Policy"])


def test_a_text_of_a_book_s_length_is_refused_and_kept_in_its_box(editor: Editor, campaign_id: int) -> None:
    page = save(editor, campaign_id, words="w " * 40_000)
    assert page.status == 422
    assert "up to 60000 characters" in page.text
    assert len(sent_by(page)["words"]) > 70_000


def without_token(sent: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def save(editor: Editor, campaign_id: int, **entries: str) -> Page:
    return editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", **entries)


def preview(editor: Editor, campaign_id: int, **entries: str) -> Page:
    return editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/preview", **entries)
