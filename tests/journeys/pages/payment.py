"""The payment page of the stand-in as a giver uses it."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.journeys.pages.donation import DonationPage
from tests.sandbox.live import GOOD_CARD


class PaymentPage:
    """The page on which a session is paid."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.url = page.url
        self.session_id = urlsplit(page.url).path.split("/")[3]

    @classmethod
    def reached(cls, page: Page) -> "PaymentPage":
        """Give the payment page that the browser is led to."""
        page.wait_for_url("**/c/pay/*")
        expect(page.get_by_label("Card number")).to_be_visible()
        return cls(page)

    @property
    def text(self) -> str:
        """All that it says."""
        return self.page.locator("main").inner_text()

    @property
    def alert(self) -> Locator:
        """Why a card was not taken."""
        return self.page.get_by_role("alert")

    @property
    def button(self) -> Locator:
        """The button that pays."""
        return self.page.get_by_role("button", name="Donate")

    def fill_in(self, email: str, card: str = GOOD_CARD) -> None:
        """Type what the page asks for."""
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Card number").fill(card)
        self.page.get_by_label("Expiry").fill("12 / 40")
        self.page.get_by_label("CVC").fill("123")

    def try_card(self, email: str, card: str) -> None:
        """Try to pay with a card that may not be taken."""
        self.fill_in(email, card)
        self.button.click()

    def pay(self, email: str, card: str = GOOD_CARD) -> DonationPage:
        """Pay, and be led back to the portal."""
        self.try_card(email, card)
        return self.returned()

    def returned(self) -> DonationPage:
        """Give the page to which the browser is led back."""
        return DonationPage.reached(self.page)

    def order_debit(self, email: str) -> DonationPage:
        """Order a bank debit, which takes its time, and be led back to the portal."""
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_role("button", name="Pay by delayed bank debit").click()
        return DonationPage.reached(self.page)

    def answer_bank(self, answer: str) -> None:
        """Answer the bank's question with Complete or Fail."""
        self.page.wait_for_url("**/challenge")
        self.page.get_by_role("button", name=answer).click()

    def go_back(self) -> DonationPage:
        """Follow the page's own link back."""
        self.page.get_by_role("link", name="Back").click()
        return DonationPage.reached(self.page)
