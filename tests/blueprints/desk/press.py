"""Buttons of the desk, pressed as a browser would."""

from tests.foundation.pages import Page, PageClient


def press(browser: PageClient, page: Page, action: str) -> Page:
    """Send the form of a page that leads here, with its token."""
    form = page.one(f".//form[@action='{action}']")
    token = form.find(".//input[@name='csrf_token']")
    assert token is not None
    return browser.post(action, {"csrf_token": token.get("value") or ""})
