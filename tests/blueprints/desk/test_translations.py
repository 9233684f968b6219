"""A campaign in another language: written beside the original, read at the same address, and what changed since."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns.drafting.models import ArticleTrace
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.models import Campaign, CampaignTranslation
from portal.domain.campaigns.translations import LONGEST_TRANSLATED
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.foundation.pages import Page, text_of
from tests.foundation.statements import counted

PAGE = "/campaigns/the-way-out"
KOREAN = f"{PAGE}?lang=ko"
TITLE, SUMMARY = "나가는 길", "길은 있다."
THEIRS = "나루터 사무소에 따르면 봄이 오면 아침마다 배를 타고 강을 건너는 사람이 많이 늘어난다고 한다."


def test_readers_find_a_translation_at_the_same_address_once_it_is_shown(editor: Editor) -> None:
    campaign_id = editor.seed()
    original = editor.page.get(PAGE)
    answer = translate(editor, campaign_id, title=TITLE, summary=SUMMARY)
    assert answer.status == 303
    assert editor.page.get(KOREAN).heading == original.heading == "The way out"
    show(editor, campaign_id)

    page = editor.page.get(KOREAN)
    assert (page.heading, page.by_id("title").get("lang")) == (TITLE, "ko")
    assert page.document.get("lang") == "en"
    assert text_of(page.one(".//p[@class='lead']")) == SUMMARY
    assert [one.get("aria-current") for one in page.all(".//nav[@class='spoken']/a")] == [None, "page"]
    assert links_to_languages(page) == links_to_languages(editor.page.get(PAGE)) == ["en", "ko"]
    assert (page.one(".//link[@rel='canonical']").get("href") or "").endswith(KOREAN)
    assert editor.page.get(PAGE).heading == "The way out"
    show(editor, campaign_id)
    assert editor.page.get(KOREAN).heading == "The way out"
    assert links_to_languages(editor.page.get(PAGE)) == []


def test_a_translated_paragraph_and_figure_stand_in_their_places_and_what_is_the_articles_stays(
    editor: Editor,
) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    counts = next(pair for pair in originals(seen) if pair[1] == figure(editor, campaign_id).counts)
    before = editor.page.get(PAGE)
    paragraphs = [text_of(one) for one in before.all(".//article/p")]
    words, first = next(
        (name, text) for name, text in originals(seen) if text in paragraphs and text.isascii()
    )
    numbers = " ".join(re.findall(r"\d+", counts[1]))
    sent = {counts[0]: f"숨어 있는 사람 {numbers}", words: "한 문단이다."}
    answer = translate(editor, campaign_id, title=TITLE, **sent)
    assert answer.status == 303, [told_at(answer, name) for name in sent]
    show(editor, campaign_id)

    page = editor.page.get(KOREAN)
    told = page.all(".//article/p")[paragraphs.index(first)]
    assert (text_of(told), told.get("lang")) == ("한 문단이다.", "ko")
    assert len(page.all(".//article/p[@lang]")) == 1
    assert "숨어 있는 사람" in text_of(page.one(".//div[@class='range']"))
    assert figure(editor, campaign_id).as_written in page.text
    assert len(page.all("svg")) == len(before.all("svg"))


def test_what_changed_since_falls_back_for_readers_and_is_marked_at_the_desk(editor: Editor) -> None:
    campaign_id = editor.seed()
    translate(editor, campaign_id, title=TITLE, summary=SUMMARY)
    show(editor, campaign_id)
    editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", title="The way in")

    page = editor.page.get(KOREAN)
    assert (page.heading, page.by_id("title").get("lang")) == ("The way in", None)
    assert text_of(page.one(".//p[@class='lead']")) == SUMMARY
    seen = open_translation(editor, campaign_id)
    changed = [text_of(one) for one in seen.all(".//div[@class='side-by-side state-changed']//li")]
    assert changed == ["Taken out: The way out", "New: The way in"]
    assert text_of(seen.field("text-0")).strip() == TITLE

    assert "Nothing has changed." in follow(editor, send(editor, campaign_id, seen)).text
    assert editor.page.get(KOREAN).heading == "The way in"
    send(editor, campaign_id, open_translation(editor, campaign_id), **{"fits-0": "y"})
    assert editor.page.get(KOREAN).heading == TITLE


def test_what_was_typed_beside_an_older_revision_is_kept_as_made_of_that(editor: Editor) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", title="The way in")

    assert send(editor, campaign_id, seen, **{"text-0": TITLE, "text-1": SUMMARY}).status == 303
    kept = stored(editor)[0].texts
    assert [(one["original"], one["text"]) for one in kept][0] == ("The way out", TITLE)
    again = open_translation(editor, campaign_id)
    assert len(again.all(".//div[@class='side-by-side state-changed']")) == 1


def test_the_second_of_two_translators_is_told_and_nothing_of_either_is_lost(editor: Editor) -> None:
    campaign_id = editor.seed()
    ben = Editor(editor.app, "Ben")
    mine, theirs = open_translation(editor, campaign_id), open_translation(ben, campaign_id)
    send(ben, campaign_id, theirs, **{"text-0": "그들의 길", "text-1": SUMMARY})

    told = send(editor, campaign_id, mine, **{"text-0": TITLE})
    assert (told.status, told.title.startswith("Problem:")) == (409, True)
    assert "Ben has translated one of these texts too." in told.text
    assert (text_of(told.field("text-0")).strip(), "그들의 길" in told.text) == (TITLE, True)
    # What only they wrote is there already.
    assert text_of(told.field("text-1")).strip() == SUMMARY
    assert stored(editor)[0].texts[0]["text"] == "그들의 길"
    assert send(editor, campaign_id, told).status == 303
    assert [one["text"] for one in stored(editor)[0].texts] == [TITLE, SUMMARY]


def test_two_translators_of_different_texts_do_not_disturb_each_other(editor: Editor) -> None:
    campaign_id = editor.seed()
    first, second = open_translation(editor, campaign_id), open_translation(editor, campaign_id)
    send(editor, campaign_id, first, **{"text-0": TITLE})
    assert send(editor, campaign_id, second, **{"text-1": SUMMARY}).status == 303
    assert [one["text"] for one in stored(editor)[0].texts] == [TITLE, SUMMARY]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("길 7", "The original has no 7."),
        ("길" * 6_001, "6000 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_text_and_nothing_is_kept(
    editor: Editor, typed: str, told: str
) -> None:
    campaign_id = editor.seed()
    page = translate(editor, campaign_id, title=typed, summary=SUMMARY)
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    assert told in told_at(page, "text-0")
    assert text_of(page.field("text-1")).strip() == SUMMARY
    assert stored(editor) == []


def test_a_heading_stays_a_heading_and_a_piece_can_neither_name_a_figure_nor_lead_elsewhere(
    editor: Editor,
) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    heading = next(name for name, text in originals(seen) if text.startswith("## "))
    piece = next(name for name, text in originals(seen) if text == paragraph(editor))
    page = send(editor, campaign_id, seen, **{heading: "제목\n\n둘", piece: ":: figure in-hiding"})
    assert "one heading" in told_at(page, heading)
    assert "one paragraph" in told_at(page, piece)
    nothing = send(editor, campaign_id, seen, **{piece: "[길]: https://example.org/"})
    assert "one paragraph" in told_at(nothing, piece)
    elsewhere = send(editor, campaign_id, seen, **{piece: "[길](https://example.org/)"})
    assert "lead elsewhere" in told_at(elsewhere, piece)


@pytest.mark.parametrize(
    ("typed", "kept"), [("제목", "## 제목"), ("##제목", "## 제목"), ("## 제목", "## 제목")]
)
def test_a_heading_without_its_mark_is_taken_as_it_is_meant(editor: Editor, typed: str, kept: str) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    heading = next(name for name, text in originals(seen) if text.startswith("## "))
    assert "제목" in [
        text_of(one) for one in preview(editor, campaign_id, seen, **{heading: typed}).all("h2")
    ]
    assert send(editor, campaign_id, seen, **{heading: typed}).status == 303
    assert [one["text"] for one in stored(editor)[0].texts] == [kept]


def test_each_box_says_what_it_is(editor: Editor) -> None:
    seen = open_translation(editor, editor.seed())
    told = {text: text_of(seen.one(f".//label[@for='{name}']")) for name, text in originals(seen)}
    assert list(told.values())[:2] == [
        "Title (Korean, text 1)",
        "What it is about, in a sentence or two (Korean, text 2)",
    ]
    kinds = {label.partition(" (")[0] for label in told.values()}
    assert {"Key figure: What it counts", "Heading", "Paragraph"} <= kinds
    assert all(label.startswith("Heading (") for text, label in told.items() if text.startswith("## "))


def test_it_is_not_shown_without_its_title_and_both_steps_are_noted(editor: Editor) -> None:
    campaign_id = editor.seed()
    translate(editor, campaign_id, summary=SUMMARY)
    refused = show(editor, campaign_id)
    assert (refused.status, "Translate the title first" in refused.text) == (422, True)
    translate(editor, campaign_id, title=TITLE)
    show(editor, campaign_id)
    with editor.app.app_context():
        shown, title, summary = list_entries(subject=f"campaign:{campaign_id}")
    assert (shown.action, shown.after) == (
        "campaign.translation_shown",
        {"language": "ko", "shown": True},
    )
    assert (title.action, title.after) == ("campaign.translated", {"language": "ko", "texts": 1})
    assert summary.person_id == editor.person_id


def test_a_preview_shows_it_to_whoever_writes_it_before_readers_do(editor: Editor) -> None:
    campaign_id = editor.seed()
    path = f"/desk/campaigns/{campaign_id}/translations/ko/preview"
    assert editor.page.get(path).status == 404
    translate(editor, campaign_id, title=TITLE)
    assert editor.page.get(path).heading == TITLE
    assert editor.page.get(KOREAN).heading == "The way out"


def test_what_was_typed_is_seen_as_a_page_before_it_is_kept_and_nothing_is_lost_on_the_way_back(
    editor: Editor,
) -> None:
    campaign_id = editor.seed()
    translate(editor, campaign_id, title=TITLE)
    editor.send(editor.open(campaign_id), f"/desk/campaigns/{campaign_id}/edit", title="The way in")
    before = stored(editor)[0].texts
    typed = {"fits-0": "y", "text-1": SUMMARY}
    seen = preview(editor, campaign_id, open_translation(editor, campaign_id), **typed)
    assert (seen.status, seen.heading) == (200, TITLE)
    assert text_of(seen.one(".//p[@class='lead']")) == SUMMARY
    assert "Nothing here is kept" in seen.text

    sent, path = sent_by(seen, "sent"), f"/desk/campaigns/{campaign_id}/translations/ko"
    back = editor.page.post(f"{path}/preview", sent | {"back": "y"})
    again = {name: one.strip() for name, one in sent_by(back, "translation").items()}
    assert {name: again.get(name) for name in typed} == typed
    assert stored(editor)[0].texts == before
    assert editor.page.post(path, sent).status == 303
    assert [one["text"] for one in stored(editor)[0].texts] == [TITLE, SUMMARY]


def test_what_cannot_be_taken_is_told_in_place_of_its_preview(editor: Editor) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    page = preview(editor, campaign_id, seen, **{"text-0": "길 7", "text-1": SUMMARY})
    assert (page.status, told_at(page, "text-0")) == (
        422,
        "The original has no 7. Take it out, or write it in words.",
    )
    assert text_of(page.field("text-1")).strip() == SUMMARY
    for way in ({}, {"back": "y"}):
        assert preview(editor, campaign_id, seen, base_number="99", **way).status == 404
    path = f"/desk/campaigns/{campaign_id}/translations/ko"
    assert editor.page.post(path, sent_by(seen, "translation") | {"base_number": "99"}).status == 404


def test_an_article_is_not_told_in_its_own_words_by_way_of_its_language(editor: Editor) -> None:
    campaign_id = editor.seed()
    say_it_was_made_of(editor, campaign_id, THEIRS)
    page = translate(editor, campaign_id, title=TITLE, summary=f"그렇다. {THEIRS}")
    assert (page.status, stored(editor)) == (422, [])
    assert "These are the article’s own words: “나루터 사무소에" in told_at(page, "text-1")
    assert translate(editor, campaign_id, title=TITLE, summary=THEIRS[:30]).status == 303


def test_a_translation_that_tells_the_article_in_its_own_words_is_not_shown(editor: Editor) -> None:
    campaign_id = editor.seed()
    translate(editor, campaign_id, title=TITLE, summary=THEIRS)
    say_it_was_made_of(editor, campaign_id, THEIRS)
    page = show(editor, campaign_id)
    assert (page.status, stored(editor)[0].shown) == (422, False)
    assert "These are the article’s own words: “나루터 사무소에" in page.text
    assert editor.page.get(KOREAN).heading == "The way out"


def test_a_long_story_in_hangul_is_read_whatever_its_signs_weigh_in_a_form(editor: Editor) -> None:
    campaign_id = editor.seed()
    seen = open_translation(editor, campaign_id)
    long = {f"text-{n}": "길" * LONGEST_TRANSLATED for n in range(9)}
    answers = [act(editor, campaign_id, seen, **long) for act in (preview, send)]
    assert [(one.status, "The original has" in told_at(one, "text-7")) for one in answers] == [
        (422, True)
    ] * 2


def test_only_languages_of_the_list_have_a_translation(editor: Editor) -> None:
    campaign_id = editor.seed()
    path = f"/desk/campaigns/{campaign_id}/translations"
    assert [editor.page.get(f"{path}/{code}").status for code in ("de", "en", "xx")] == [200, 404, 404]


def test_each_language_of_a_page_is_kept_and_costs_no_more_than_the_original(editor: Editor) -> None:
    campaign_id = editor.seed()
    translate(editor, campaign_id, title=TITLE)
    show(editor, campaign_id)
    counts = []
    for path in (KOREAN, PAGE, KOREAN, PAGE, f"{PAGE}?lang=de"):
        with counted(editor.app) as statements:
            editor.app.test_client().get(path)
        counts.append(len(statements))
    assert (max(counts[:2]) <= 3, counts[2:4]) == (True, [1, 1])
    assert editor.page.get(f"{PAGE}?lang=de").heading == "The way out"


def open_translation(editor: Editor, campaign_id: int) -> Page:
    return editor.page.get(f"/desk/campaigns/{campaign_id}/translations/ko")


def send(editor: Editor, campaign_id: int, seen: Page, **entries: str) -> Page:
    sent = {name: value.removeprefix("\n") for name, value in sent_by(seen, "translation").items()}
    return editor.page.post(f"/desk/campaigns/{campaign_id}/translations/ko", sent | entries)


def preview(editor: Editor, campaign_id: int, seen: Page, **entries: str) -> Page:
    sent = {name: value.removeprefix("\n") for name, value in sent_by(seen, "translation").items()}
    return editor.page.post(f"/desk/campaigns/{campaign_id}/translations/ko/preview", sent | entries)


def translate(editor: Editor, campaign_id: int, title: str = "", summary: str = "", **entries: str) -> Page:
    typed = {"text-0": title, "text-1": summary}
    seen = open_translation(editor, campaign_id)
    return send(editor, campaign_id, seen, **{n: v for n, v in typed.items() if v}, **entries)


def show(editor: Editor, campaign_id: int) -> Page:
    """Press the button that shows it, or the same one that hides it."""
    seen = open_translation(editor, campaign_id)
    path = f"/desk/campaigns/{campaign_id}/translations/ko/show"
    form = seen.one(f".//form[@action='{path}']")
    sent = {one.get("name"): one.get("value") for one in form.iter("input")}
    return editor.page.post(path, sent)


def say_it_was_made_of(editor: Editor, campaign_id: int, words: str) -> None:
    """Let a campaign be one that was made of an article of these words."""
    with editor.app.app_context():
        db.session.add(ArticleTrace(article_id=5, rows=ArticleWords.read([words]).rows))
        db.session.get_one(Campaign, campaign_id).article_id = 5
        db.session.commit()


def follow(editor: Editor, answer: Page) -> Page:
    return editor.page.get(answer.location or "")


def originals(page: Page) -> list[tuple[str, str]]:
    return [
        ((one.get("id") or "").removesuffix("-original"), text_of(one))
        for one in page.all(".//p[@class='original']")
    ]


def paragraph(editor: Editor) -> str:
    return text_of(editor.page.get(PAGE).all(".//article/p")[0])


def figure(editor: Editor, campaign_id: int) -> Any:
    return editor.opened(campaign_id).story.opening


def links_to_languages(page: Page) -> list[str | None]:
    return [one.get("hreflang") for one in page.all(".//link[@rel='alternate'][@hreflang]")]


def stored(editor: Editor) -> list[CampaignTranslation]:
    with editor.app.app_context():
        return list(db.session.scalars(select(CampaignTranslation)))
