"""The editor in a real browser: with a script it shows the page while one writes, without one it loses nothing."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import expect

from tests.blueprints.desk.editor import Editor
from tests.foundation.browsers import Visit

Opens = Callable[..., Visit]


def test_the_page_is_shown_while_it_is_written_and_nothing_is_saved(
    app: Flask, editor: Editor, live_server: str, visit: Opens
) -> None:
    campaign_id = editor.seed()
    before = editor.stored()
    seen = visit(width=1440)
    tab = editor.open_in(seen, live_server, f"/desk/campaigns/{campaign_id}/edit")
    shown = tab.locator(".live-page h1")
    expect(shown).to_have_text("The way out")
    tab.get_by_label("Title", exact=True).first.fill("다른 길")
    expect(shown).to_have_text("다른 길")
    tab.get_by_label("Title", exact=True).first.fill("")
    expect(tab.locator(".live [role=status]")).to_have_text(
        "The preview waits until the entries fit together."
    )
    expect(shown).to_have_text("다른 길")
    tab.locator(".live-page").get_by_role("link", name="Read", exact=True).click()
    assert tab.url.endswith("/edit")
    assert (editor.stored(), seen.complaints) == (before, [])


def test_without_a_script_rows_preview_and_the_way_back_keep_every_entry(
    app: Flask, editor: Editor, live_server: str, visit: Opens
) -> None:
    campaign_id = editor.seed()
    tab = editor.open_in(
        visit(width=360, java_script_enabled=False), live_server, f"/desk/campaigns/{campaign_id}/edit"
    )
    expect(tab.locator(".live")).to_be_hidden()
    tab.get_by_label("Title", exact=True).first.fill("A way out")

    tab.locator("#organizations summary").click()
    tab.get_by_role("button", name="Add an organization").click()
    tab.locator("#organizations-2-name").fill("House of Light")
    tab.locator("#organizations-2-does").fill("Teaches.")
    tab.get_by_role("button", name="Preview").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("A way out")
    expect(tab.get_by_text("House of Light")).to_be_visible()
    tab.get_by_role("button", name="Go on editing").click()
    tab.locator("#organizations summary").click()
    expect(tab.locator("#organizations-2-does")).to_have_value("Teaches.")
    tab.get_by_label("Title", exact=True).first.press("Enter")  # the first button of the form saves
    expect(tab.get_by_text("Saved as revision 2.")).to_be_visible()
    tab.goto(f"{live_server}/campaigns/the-way-out")
    expect(tab.get_by_role("heading", level=1)).to_have_text("A way out")
