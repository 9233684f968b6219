"""From an article to a campaign at the desk: read, decided about, never lost, and seen by nobody else."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.blueprints.desk import articles
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.article.files.limits import MOST_MEGABYTES
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.decisions import MOST_ASKED
from portal.domain.campaigns.drafting.models import ImportedArticle
from portal.domain.campaigns.drafting.queries import MOST_LISTED, Imported, get_imported
from portal.domain.campaigns.models import Campaign
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.factories.drafting import DOGS, FERRIES, make_article, make_hangul_article, make_imported
from tests.foundation.bodies import Unread
from tests.foundation.pages import Page, text_of

ROOT = "/desk/campaigns/from-article"
TEXT = "The morning ferry\n\nBy ferry\n\nThe harbour office counts 1,200 people who cross each day.\n"
COMPLETE = {
    "settled-0": "May 2020",
    "purpose": "Ferry tickets",
    "goal": "1500",
    "receiver": "Test Circle",
    "country": "IE",
    "looked_up": "y",
    "compared": "y",
    "no_source_left": "y",
}
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("way", ["pasted", "as a file"])
def test_an_article_is_read_kept_and_shown_and_nothing_is_published(editor: Editor, way: str) -> None:
    brought = {"text": TEXT} if way == "pasted" else {"file": (BytesIO(TEXT.encode()), "배.txt")}
    answer = bring(editor, **brought)
    assert (answer.status, answer.location) == (303, f"{ROOT}/1")
    imported = kept(editor)
    assert imported.file_name == ("" if way == "pasted" else "배.txt")
    assert "1,200" in " ".join(figure.text for figure in imported.article.figures)
    page = editor.page.get(f"{ROOT}/1")
    assert "nobody sees it yet" in page.text
    assert "The harbour office counts 1,200 people" in text_of(
        page.one(".//fieldset[@id='figures-0']/blockquote")
    )
    with editor.app.app_context():
        assert db.session.scalar(select(func.count(Campaign.id))) == 0
        assert db.session.scalar(select(ImportedArticle.made_by_id)) == editor.person_id


@pytest.mark.parametrize(
    ("brought", "place", "told"),
    [
        ({"text": "  \n"}, "text", "Paste the article’s text here"),
        ({"text": TEXT, "file": (b"x", "a.txt")}, "text", "There is a text and a file"),
        ({"text": "", "file": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.png")}, "file", ""),
        ({"text": "", "file": (b" \n", "a.txt")}, "file", ""),
    ],
)
def test_what_cannot_be_read_is_told_in_its_place_and_what_was_pasted_stays(
    editor: Editor, brought: dict[str, Any], place: str, told: str
) -> None:
    page = bring(
        editor,
        **{name: (BytesIO(one[0]), one[1]) if name == "file" else one for name, one in brought.items()},
    )
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    assert told in told_at(page, place)
    assert told_at(page, place).endswith(".")
    assert sent_by(page, form_id="")["text"].strip() == brought["text"].strip()
    assert imports(editor) == 0


def test_a_file_that_is_too_large_is_told_in_its_place_without_being_read(editor: Editor) -> None:
    too_much = MOST_MEGABYTES * 1_100_000
    page = Page(announce(editor.page.client, ROOT, too_much))
    assert (page.status, f"{MOST_MEGABYTES} megabytes" in told_at(page, "file")) == (413, True)
    # Elsewhere, and for whoever may not bring one, it is the page of any form that is too large.
    for client, path, size in (
        (editor.page.client, "/desk/campaigns/new", 300 * 1024),
        (editor.page.client, f"{ROOT}/1", too_much),
        (editor.app.test_client(), ROOT, too_much),
    ):
        page = Page(announce(client, path, size))
        assert (page.status, page.heading) == (413, "That was too much at once")


def test_a_pasted_article_may_be_longer_than_any_other_form(editor: Editor) -> None:
    long = TEXT + "\n\n".join(f"Sentence {n} of a long text says little. " * 10 for n in range(1_000))
    assert len(long) > editor.app.config["MAX_CONTENT_LENGTH"]
    assert bring(editor, text=long).status == 303
    assert editor.page.get(f"{ROOT}/1").status == 200


def test_decisions_are_kept_half_way_and_shown_again_as_they_were_typed(editor: Editor) -> None:
    add(editor)
    typed = {
        "title": "민아’s ferry", "settled-0": "May 2021", "figures-0-counts": "people, on a ferry", "goal": "lots",
        "sections-1-words": "## Not\n\nyet", "credit_url": "x", "whose_words": "theirs", "compared": "y",
        "figures-1-no_source": "y", "claims-0-take": "y", "country": "KR", "looked_up": "y",
    }  # fmt: skip
    answer = send(editor, "", drop=("figures-0-take",), **typed)
    assert (answer.status, answer.location) == (303, f"{ROOT}/1")
    again = sent_by(editor.page.get(f"{ROOT}/1"), "decisions")
    assert {name: again.get(name) for name in typed} == typed
    assert "figures-0-take" not in again
    assert (kept(editor).number, kept(editor).decisions.compared_on) == (2, now().date().isoformat())


def test_one_box_decides_that_the_article_names_nobody_for_the_figures_that_are_left(editor: Editor) -> None:
    add(editor)
    send(editor, "", no_source_left="y")
    ferries, dogs = kept(editor).decisions.figures
    assert (ferries.said_by, ferries.no_source) == ("the harbour office", False)
    assert (dogs.said_by, dogs.no_source) == ("", True)
    assert not any(claim.no_source for claim in kept(editor).decisions.claims)


def test_a_draft_is_made_once_and_leads_to_its_editor_and_back_to_the_article(editor: Editor) -> None:
    add(editor)
    seen = editor.page.get(f"{ROOT}/1")
    sent = sent_by(seen, "decisions") | COMPLETE
    answers = [editor.page.post(f"{ROOT}/1/draft", sent) for _ in range(2)]
    assert [(one.status, one.location) for one in answers] == [(303, "/desk/campaigns/1/edit")] * 2
    opened = editor.opened(1)
    assert [figure.said_by for figure in opened.story.key_figures] == ["the harbour office", None]
    assert "Ferry tickets" in editor.page.get("/desk/campaigns/1/edit").source
    assert editor.press(1, "publish").status == 303

    assert f"{ROOT}/1" in editor.page.get("/desk/campaigns/1").links
    page = editor.page.get(f"{ROOT}/1")
    assert (page.status, FERRIES in page.text, page.all(".//form[@id='decisions']")) == (200, True, [])
    late = editor.page.post(f"{ROOT}/1", sent)
    assert (late.status, "A draft was made of this article" in editor.page.get(f"{ROOT}/1").text) == (
        303,
        True,
    )


def test_what_is_wrong_is_told_beside_its_entry_and_every_entry_stays(editor: Editor) -> None:
    add(editor)
    typed = {
        "settled-0": "", "figures-0-counts": " ", "summary": FERRIES, "goal": "much", "purpose": "",
        "sections-1-words": f"Ah. {FERRIES}", "figures-1-said_by": "민아",
    }  # fmt: skip
    page = send(editor, "/draft", **COMPLETE | typed)
    assert (page.status, page.title.startswith("Problem:")) == (422, True)
    for place, told in (
        ("settled-0", "Choose one"),
        ("summary", "Say it in yours."),
        ("goal", "not an amount"),
        ("purpose", "This is missing."),
        ("sections-1-words", "The harbour office counts between"),
    ):
        assert told in told_at(page, place)
        assert f"#{place}" in page.links
    again = sent_by(page, "decisions")
    assert {name: again.get(name, "") for name in typed} == typed
    assert kept(editor).number == 1

    page = send(editor, "/draft", **COMPLETE | {"figures-0-counts": " ", "figures-1-year": "soon"})
    assert "This is missing." in told_at(page, "figures-0-counts")
    assert "no number that fits" in told_at(page, "figures-1-year")


def test_the_second_of_two_editors_is_told_what_the_first_decided_and_keeps_all_typed(
    app: Flask, editor: Editor
) -> None:
    add(editor)
    ben, seen = Editor(app, "Ben"), editor.page.get(f"{ROOT}/1")
    send(ben, "", **{"title": "Ben’s ferry", "figures-0-said_by": "Ben’s office"})
    mine = sent_by(seen, "decisions") | COMPLETE | {"title": "Aoife’s ferry"}
    nobody = {"Key figure 2: The article names no source": "–"}  # not ticked by Ben
    for action in ("", "/draft"):
        page = editor.page.post(f"{ROOT}/1{action}", mine)
        assert (page.status, page.title.startswith("Not kept:")) == (409, True)
        assert "Ben, " in text_of(page.by_id("problems"))
        theirs = {text_of(one[0]): text_of(one[1]) for one in page.all(".//section[@id='problems']//dl/div")}
        assert theirs == {"Title": "Ben’s ferry", "Key figure 1: Who said it": "Ben’s office", **nobody}
        assert sent_by(page, "decisions")["title"] == "Aoife’s ferry"
        assert kept(editor).decisions.title == "Ben’s ferry"
    assert editor.page.post(f"{ROOT}/1", sent_by(page, "decisions")).status == 303
    assert kept(editor).decisions.title == "Aoife’s ferry"


def test_hostile_words_of_an_article_are_words(editor: Editor) -> None:
    figure = make_article().figures[0].model_dump() | {
        "text": HOSTILE,
        "sentence": HOSTILE,
        "counts": HOSTILE,
    }
    add(
        editor,
        make_article(
            title=HOSTILE,
            sections=[{"heading": HOSTILE, "paragraphs": [HOSTILE]}],
            figures=[figure],
            links=[{"text": HOSTILE, "url": "javascript:alert(1)"}],
        ),
    )
    page = editor.page.get(f"{ROOT}/1")
    assert (page.all("img"), len(page.all("script"))) == ([], 1)
    assert not any(link.startswith("javascript:") for link in page.links)
    assert HOSTILE in page.text


def test_every_figure_has_its_sentence_and_a_link_to_it_in_the_article(editor: Editor) -> None:
    add(editor)
    page = editor.page.get(f"{ROOT}/1")
    for place, part, sentence in (("0", "between 1,200 and 1,500", FERRIES), ("1", "Nearly half", DOGS)):
        card = page.by_id(f"figures-{place}")
        quoted = card.find("blockquote")
        assert quoted is not None
        assert (text_of(quoted), [text_of(one) for one in quoted.iter("mark")]) == (sentence, [part])
        (link,) = list(card.iter("a"))
        assert text_of(page.by_id(link.get("href", "").removeprefix("#"))) == sentence
        assert link.get("href") == f"#{card.get('data-told')}"
    assert [text_of(one) for one in page.all(".//*[@id='left-out']//li/bdi")] == ["Leave a reply"]


def test_open_articles_are_listed_and_gone_once_they_are_put_away(editor: Editor) -> None:
    add(editor, make_hangul_article())
    add(editor, make_article(title=None))
    page = editor.page.get("/desk/campaigns")
    waiting = page.one(".//section[@aria-labelledby='articles-title']")
    assert [text_of(one) for one in waiting.iter("a")] == ["Without a title", "아침 배"]
    assert "ferry.txt" in text_of(waiting)
    token = editor.page.get(f"{ROOT}/1").field("csrf_token").get("value") or ""
    assert editor.page.post(f"{ROOT}/1/put-away", {"csrf_token": token}).status == 303
    assert imports(editor) == 1
    assert editor.page.get(f"{ROOT}/1").status == 404
    assert "아침 배" not in editor.page.get("/desk/campaigns").text


def test_the_page_begins_with_its_parts_and_how_much_in_each_is_still_to_decide(editor: Editor) -> None:
    add(editor)
    before = parts_of(editor.page.get(f"{ROOT}/1"))
    assert before == {
        "settled": "Told in two ways 1 to decide", "top": "Top of the page", "figures": "Key figures 1 to decide",
        "added": "Add what was not found", "sections": "The story 2 to decide", "claims": "Quotations",
        "organizations": "Organizations",
        "readings": "Read on", "credit": "Who wrote it", "money": "Money 5 to decide",
        "before": "Before readers see it 1 to decide", "left-out": "Left out",
        "source-title": "The article itself",
    }  # fmt: skip
    taken = {
        "claims-0-take": "y",
        "organizations-0-take": "y",
        "credit_author": "",
        "sections-0-words": "Ours.",
    }
    send(editor, "", **COMPLETE | taken)
    after = parts_of(editor.page.get(f"{ROOT}/1"))
    assert {name: told[-11:-10] for name, told in after.items() if told.endswith("to decide")} == {
        "sections": "1", "claims": "1", "organizations": "1", "credit": "1",
    }  # fmt: skip


def test_older_articles_are_a_link_away(editor: Editor) -> None:
    for n in range(MOST_LISTED + 1):
        add(editor, make_article(title=f"Number {n}"))
    first = editor.page.get("/desk/campaigns")
    waiting = ".//section[@aria-labelledby='articles-title']"
    (older,) = [link for link in first.links if "before=" in link]
    second = editor.page.get(older)
    assert [text_of(one) for one in second.one(waiting).iter("a")] == ["Number 0", "Newest"]
    assert len(list(first.one(waiting).iter("a"))) == MOST_LISTED + 1
    assert not [link for link in second.links if "before=" in link]


def test_what_a_form_asks_nothing_about_is_told(editor: Editor) -> None:
    sections = [{"heading": f"Part {n}", "paragraphs": [f"{n} is told."]} for n in range(MOST_ASKED + 2)]
    add(editor, make_article(sections=sections))
    page = editor.page.get(f"{ROOT}/1")
    left_out = [text_of(one) for one in page.all(".//*[@id='left-out']//li/bdi")]
    assert left_out == ["Leave a reply", f"Part {MOST_ASKED}", f"Part {MOST_ASKED + 1}"]
    assert f"Only the first {MOST_ASKED} parts are asked about" in text_of(page.by_id("sections"))
    many = {"text": "timetable", "url": "https://example.net/times"}
    quotation = {"text": "Too few people know of us", "speaker": "Mina Oh", "office": None}
    named = {"name": "Ferry Friends", "aliases": []}
    too_many = {"links": [many], "quotations": [quotation], "organizations": [named]}
    add(editor, make_article(**{name: rows * (MOST_ASKED + 1) for name, rows in too_many.items()}))
    page = editor.page.get(f"{ROOT}/2")
    for place in ("claims", "organizations", "readings"):
        assert f"Only the first {MOST_ASKED} are asked about" in text_of(page.by_id(place))


@pytest.mark.settings(RATELIMIT_READ="2 per hour")
def test_so_many_articles_are_read_for_one_account_and_what_was_pasted_stays(
    app: Flask, editor: Editor
) -> None:
    assert [bring(editor, text=TEXT).status for _ in range(2)] == [303, 303]
    page = bring(editor, text=TEXT)
    assert (page.status, page.response.headers["Retry-After"].isdigit()) == (429, True)
    assert "You have brought many articles" in told_at(page, "text")
    assert sent_by(page, form_id="")["text"].strip() == TEXT.strip()
    assert "many articles" in told_at(bring(editor, text="", file=(BytesIO(b"x"), "a.txt")), "file")
    assert imports(editor) == 2
    assert bring(Editor(app, "Ben"), text=TEXT).status == 303


@pytest.mark.settings(RATELIMIT_READ="1 per hour")
def test_only_what_was_read_counts(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [bring(editor, text="").status for _ in range(3)] == [422] * 3
    monkeypatch.setattr(articles, "LONGEST_WAIT", 0.01)
    with articles.READING:
        assert bring(editor, text=TEXT).status == 422
    assert bring(editor, text="Nothing").status == 303
    assert bring(editor, text=TEXT).status == 429


def test_one_waits_for_its_turn_and_nobody_else(editor: Editor) -> None:
    with articles.PLACES, articles.PLACES:
        page = bring(editor, text=TEXT)
    assert (page.status, imports(editor)) == (422, 0)
    assert "being read right now" in told_at(page, "text")
    assert bring(editor, text=TEXT).status == 303


@pytest.mark.settings(RATELIMIT_READ_OVERALL="1 per hour")
def test_so_many_articles_are_read_for_all_together(app: Flask, editor: Editor) -> None:
    assert [bring(one, text=TEXT).status for one in (editor, Editor(app, "Ben"))] == [303, 429]


def test_one_article_is_read_at_a_time(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "LONGEST_WAIT", 0.01)
    with articles.READING:
        page = bring(editor, text=TEXT)
    assert (page.status, imports(editor)) == (422, 0)
    assert "being read right now" in told_at(page, "text")
    assert [bring(editor, text=TEXT).status for _ in range(2)] == [303, 303]


@pytest.mark.parametrize("path", ["/404", f"/{2**40}"])
def test_what_is_not_there_is_no_page(editor: Editor, path: str) -> None:
    assert editor.page.get(f"{ROOT}{path}").status == 404


def bring(editor: Editor, **brought: Any) -> Page:
    """Send an article, pasted or as a file."""
    sent = {name: one for name, one in sent_by(editor.page.get(ROOT), form_id="").items() if name != "file"}
    return editor.page.post(ROOT, sent | brought)


def announce(client: FlaskClient, path: str, size: int) -> TestResponse:
    """Begin to send a form of this size, of which nothing may be read."""
    return client.post(path, input_stream=Unread(size), content_type="multipart/form-data; boundary=x")  # type: ignore[arg-type]


def add(editor: Editor, article: Article | None = None) -> None:
    """Keep an article that the command line read."""
    with editor.app.app_context():
        make_imported(article)
        db.session.commit()


def send(editor: Editor, action: str, drop: tuple[str, ...] = (), **entries: str) -> Page:
    """Press a button of the first article's form, with these entries changed and these boxes not ticked."""
    sent = sent_by(editor.page.get(f"{ROOT}/1"), "decisions") | entries
    return editor.page.post(
        f"{ROOT}/1{action}", {name: one for name, one in sent.items() if name not in drop}
    )


def parts_of(page: Page) -> dict[str, str]:
    """The links to the parts of a page, by the id of a part that is there."""
    rows = page.all(".//nav[@class='parts']//li")
    links = page.all(".//nav[@class='parts']//li/a")
    ids = [link.get("href", "").removeprefix("#") for link in links]
    assert [page.by_id(one).get("id") for one in ids] == ids
    return dict(zip(ids, map(text_of, rows), strict=True))


def kept(editor: Editor) -> Imported:
    """The first article with what is decided about it."""
    with editor.app.app_context():
        return get_imported(1)


def imports(editor: Editor) -> int:
    """How many articles are kept."""
    with editor.app.app_context():
        return db.session.scalar(select(func.count(ImportedArticle.id))) or 0
