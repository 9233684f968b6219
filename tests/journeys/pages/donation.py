"""A gift's own page, on which its giver lands after paying or turning back."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

PAID = "Thank you. Your gift has arrived."
PROCESSING = "Your bank is still working on your gift."
NOT_FINISHED = "Your gift is not finished."
CLOSED = "The payment page has closed."
FAILED = "Your bank did not send the money."


class DonationPage:
    """How a gift stands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.public_id = urlsplit(page.url).path.split("/")[2]

    @classmethod
    def reached(cls, page: Page) -> "DonationPage":
        """Give the page that the browser is led to."""
        page.wait_for_url("**/donations/*")
        return cls(page)

    def says(self, heading: str) -> None:
        """Fail unless this is what the page says of the gift."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    @property
    def text(self) -> str:
        """All that it says."""
        return self.page.locator("main").inner_text()

    def reload(self) -> None:
        """Look again."""
        self.page.reload()
