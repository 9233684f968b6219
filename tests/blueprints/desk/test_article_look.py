"""An article in a browser: whoever is at a figure sees its sentence beside it; without a script, by a link."""

from collections.abc import Callable

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from portal.db import db
from tests.blueprints.desk.editor import Editor
from tests.factories.drafting import DOGS, FERRIES, OPENING, make_article, make_imported
from tests.foundation.browsers import Visit

LONG = [f"{OPENING} {n}" for n in range(60)]


def test_whoever_is_at_a_figure_sees_its_sentence_in_the_article_beside_it(
    editor: Editor, live_server: str, visit: Callable[..., Visit]
) -> None:
    seen = visit(width=1280)
    tab = opened(seen, editor, live_server)
    ferries, dogs = (tab.locator(".source mark", has_text=one) for one in (FERRIES, DOGS))
    expect(ferries).not_to_be_in_viewport()
    tab.locator("#figures-0-said_by").focus()
    expect(ferries).to_be_in_viewport()
    expect(ferries).to_have_class("shown")
    tab.locator("#figures-1-year").focus()
    expect(dogs).to_have_class("shown")
    expect(ferries).not_to_have_class("shown")
    tab.locator("#figures-1-take").uncheck()
    expect(tab.locator("#figures-1-year")).to_be_hidden()
    assert seen.complaints == []


def test_without_a_script_a_link_leads_to_the_sentence_also_on_a_phone(
    editor: Editor, live_server: str, visit: Callable[..., Visit]
) -> None:
    tab = opened(visit(width=360, java_script_enabled=False), editor, live_server)
    card = tab.locator("#figures-1")
    expect(card.locator("blockquote")).to_have_text(DOGS)
    card.get_by_role("link", name="Read it in the article").click()
    expect(tab.locator(".source mark", has_text=DOGS)).to_be_in_viewport()


def opened(seen: Visit, editor: Editor, live_server: str) -> Tab:
    """Open an article in a window, with the cookie of the organizer's browser."""
    article = make_article()
    first, second = article.sections
    long = first.model_copy(update={"paragraphs": (*first.paragraphs, *LONG)})
    with editor.app.app_context():
        make_imported(article.model_copy(update={"sections": (long, second)}))
        db.session.commit()
    return editor.open_in(seen, live_server, "/desk/campaigns/from-article/1")
