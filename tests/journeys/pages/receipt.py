"""The receipt behind a mailed link."""

import re
from email.message import EmailMessage

from playwright.sync_api import Page

MAILED_LINK = re.compile(r"http://[^\s\"<>]+/s/[\w.~-]+")


def mailed_link(mail: EmailMessage) -> str:
    """Give the one link in a mail, which its text and its HTML part must both hold."""
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    (link,) = {link for body in bodies for link in MAILED_LINK.findall(body)}
    return link


class ReceiptPage:
    """The paper for a gift."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def follow(cls, page: Page, link: str) -> "ReceiptPage":
        """Open a mailed link."""
        page.goto(link)
        return cls(page)

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def fact(self, name: str) -> str:
        """Give what the paper says under a name."""
        return self.page.locator("dt", has_text=re.compile(f"^{name}$")).locator("+ dd").inner_text()

    def withdraw_link(self) -> None:
        """Make the link stop working."""
        self.page.get_by_role("button", name="Withdraw the link").click()
