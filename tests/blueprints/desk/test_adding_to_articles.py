"""What the importer missed is added on the desk: by its words, in one row that may stay empty, without script."""

from typing import Any

import pytest

from portal.db import db
from portal.domain.campaigns.drafting.queries import Imported, get_imported
from portal.domain.campaigns.models import Campaign
from tests.blueprints.desk.editor import Editor, sent_by, told_at
from tests.factories.drafting import FERRIES, make_article, make_imported
from tests.foundation.pages import Page, text_of

PATH = "/desk/campaigns/from-article/1"
DAY = {
    "added-text": "a working day", "added-value": "1", "added-unit": "day", "added-year": "2021",
    "added-said_by": "the harbour office",
}  # fmt: skip


def test_a_figure_is_added_by_its_words_and_stands_there_like_the_others(editor: Editor) -> None:
    answer = send(editor, **DAY, title="Ferries at dawn")
    assert (answer.status, answer.location) == (303, f"{PATH}#figures-2")
    page = editor.page.get(PATH)
    card = page.by_id("figures-2")
    assert text_of(card.findall(".//blockquote")[0]) == FERRIES
    assert [text_of(one) for one in card.findall(".//mark")] == ["a working day"]
    assert page.by_id(card.get("data-told") or "").tag == "mark"
    values = {name: page.field(f"figures-2-{name}").get("value") for name in ("counts", "year", "said_by")}
    assert values == {"counts": "day", "year": "2021", "said_by": "the harbour office"}
    assert page.field("figures-2-take").get("checked") is not None
    assert (page.field("title").get("value"), page.field("added-text").get("value")) == (
        "Ferries at dawn",
        "",
    )
    assert "It is added" in page.text


def test_an_organization_is_added_by_its_name_also_where_none_was_found(editor: Editor) -> None:
    answer = send(editor, **{"added-organization": "harbour office"}, organizations=[])
    assert answer.location == f"{PATH}#organizations-0"
    page = editor.page.get(PATH)
    assert page.field("organizations-0-name").get("value") == "harbour office"
    assert page.field("organizations-0-take").get("checked") is not None


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ({"added-text": "1,200,000"}, "added-text", "These words don’t stand in the article like this."),
        ({"added-value": "some"}, "added-value", "Type the number in digits"),
        ({"added-year": "May"}, "added-year", "Type the year in four digits"),
        (
            {"added-organization": "Ferry Foes"},
            "added-organization",
            "These words don’t stand in the article",
        ),
    ],
)
@pytest.mark.parametrize("action", ["", "/draft"])
def test_what_cannot_be_added_is_told_beside_it_and_all_that_was_typed_stays(
    editor: Editor, typed: dict[str, str], place: str, told: str, action: str
) -> None:
    page = send(editor, action, **{**DAY, **typed}, title="Ferries at dawn")
    assert page.status == 422
    assert told in told_at(page, place)
    assert " to add: " in text_of(page.by_id("problems"))
    assert page.by_id("added").get("open") is not None
    assert page.field(place).get("value") == typed[place]
    assert page.field("title").get("value") == "Ferries at dawn"
    assert (kept(editor).number, len(kept(editor).article.figures)) == (1, 2)


def test_no_draft_is_made_of_a_figure_that_nobody_has_looked_at(editor: Editor) -> None:
    answer = send(editor, "/draft", **DAY)
    assert (answer.status, answer.location) == (303, f"{PATH}#figures-2")
    with editor.app.app_context():
        assert db.session.query(Campaign).count() == 0


def test_an_empty_row_adds_nothing(editor: Editor) -> None:
    assert send(editor, **{"added-text": "  "}).status == 303
    assert (kept(editor).number, len(kept(editor).article.figures)) == (1, 2)


def test_what_somebody_else_has_added_is_kept_by_whoever_sends_an_older_form_again(editor: Editor) -> None:
    send(editor)
    older = sent_by(editor.page.get(PATH), "decisions")
    editor.page.post(PATH, older | DAY)
    late = editor.page.post(PATH, older | {"title": "Ferries at dawn"})
    assert (late.status, late.field("figures-2-counts").get("value")) == (409, "day")
    assert editor.page.post(PATH, sent_by(late, "decisions")).status == 303
    decided = kept(editor).decisions
    assert (decided.title, decided.figures[2].said_by) == ("Ferries at dawn", "the harbour office")


def send(editor: Editor, action: str = "", organizations: Any = None, **entries: str) -> Page:
    """Have an article read, unless that was done before, and press a button of its form with these entries."""
    if editor.page.get(PATH).status == 404:
        with editor.app.app_context():
            facts = {} if organizations is None else {"organizations": organizations}
            make_imported(make_article(**facts))
            db.session.commit()
    sent = sent_by(editor.page.get(PATH), "decisions")
    return editor.page.post(f"{PATH}{action}", sent | entries)


def kept(editor: Editor) -> Imported:
    """The article with what is decided about it."""
    with editor.app.app_context():
        return get_imported(1)
