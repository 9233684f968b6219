"""A campaign's page as a reader uses it, and the panel to give, which the gift's own page has too."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.pages.payment import PaymentPage

SLUG = "the-way-out"


class GivePanel:
    """The form that asks for a gift's amount and wishes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.form = page.locator("form.give")

    @property
    def own_amount(self) -> Locator:
        """The field for an amount of one's own."""
        return self.form.locator("[name=own_amount]")

    @property
    def name(self) -> Locator:
        """The field for the name to show."""
        return self.form.locator("[name=name]")

    @property
    def button(self) -> Locator:
        """The one button that goes on to pay."""
        return self.form.get_by_role("button", name="Continue (practice)")

    def preset(self, minor: int) -> Locator:
        """The label of an amount to tap."""
        return self.form.locator(f"label:has(input[name=amount][value='{minor}'])")

    def tapped(self) -> str:
        """Give the amount that is tapped, in minor units."""
        return self.form.locator("input[name=amount]:checked").get_attribute("value") or ""

    def show_name(self, name: str) -> None:
        """Ask for a name to be shown on the campaign's page."""
        self.form.get_by_label("Show my name").check()
        self.name.fill(name)

    def hide_name(self) -> None:
        """Think better of it, with the name typed already."""
        self.form.get_by_label("Show my name").uncheck()

    def cover_costs(self) -> None:
        """Add what the card costs."""
        self.form.locator("#cover_fee").check()

    def add_message(self, text: str) -> None:
        """Open the field for a message, and write one."""
        self.form.get_by_text("Add a message").click()
        self.form.get_by_label("Your message").fill(text)

    def go_on(self) -> PaymentPage:
        """Press the button; gives the payment page that it leads to."""
        self.button.click()
        return PaymentPage.reached(self.page)

    def sentence_beside(self, field: str) -> Locator:
        """What is said to be wrong, right under a field."""
        return self.form.locator(f"#{field}-errors")


class CampaignPage(GivePanel):
    """A campaign's public page."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page)
        self.url = f"{address}/campaigns/{SLUG}"

    def open(self) -> "CampaignPage":
        """Go to the page."""
        self.page.goto(self.url)
        expect(self.button).to_be_visible()
        return self

    def raised(self) -> int:
        """Give what the page says was raised, in cents."""
        shown = self.page.locator(".sofar strong").inner_text()
        euros, _, cents = re.sub(r"[€,\s]", "", shown).partition(".")
        return int(euros) * 100 + int(cents or 0)

    @property
    def names(self) -> Locator:
        """The names of those who wanted to be shown."""
        return self.page.locator(".names bdi")

    @property
    def problems(self) -> Locator:
        """The summary of what is wrong, above everything else."""
        return self.page.locator("#problems")
