"""The pages of somebody who helps: the campaign's shifts, an event, what became of a wish, and my help."""

import re

from playwright.sync_api import Locator, Page, expect

SLUG = "the-way-out"


class CampaignHelp:
    """The part of a campaign's page that lists its shifts."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.section = page.locator("#help")

    def open(self) -> "CampaignHelp":
        """Go to the page."""
        self.page.goto(f"{self.address}/campaigns/{SLUG}")
        expect(self.section).to_be_attached()
        return self

    def choose(self, role: str) -> "EventPage":
        """Follow the first listed shift of a role to its event."""
        self.section.get_by_role("link", name=role).first.click()
        event = EventPage(self.page, self.address)
        expect(event.name).to_be_visible()
        return event


class EventPage:
    """An event's page, with the form to sign up."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.form = page.locator("form.sign-up")

    def open(self, event_id: int) -> "EventPage":
        """Go to the page."""
        self.page.goto(f"{self.address}/events/{event_id}")
        return self

    @property
    def name(self) -> Locator:
        """The field for the name that one goes by."""
        return self.form.locator("[name=name]")

    @property
    def email(self) -> Locator:
        """The field for the address."""
        return self.form.locator("[name=email]")

    @property
    def adult(self) -> Locator:
        """The box for the age."""
        return self.form.locator("[name=adult]")

    @property
    def button(self) -> Locator:
        """The one button that sends it."""
        return self.form.locator("button[type=submit]")

    @property
    def problems(self) -> Locator:
        """The summary of what is wrong, above everything else."""
        return self.page.locator("#problems")

    def shift(self, shift_id: int) -> Locator:
        """The box of a shift."""
        return self.form.locator(f"[name=shift][value='{shift_id}']")

    def instead(self, shift_id: int) -> Locator:
        """The box that gives another shift back for this one."""
        return self.form.locator(f"[name=instead][value='{shift_id}']")

    def ticked(self) -> list[int]:
        """Give the shifts that are ticked."""
        boxes = self.form.locator("[name=shift]:checked").all()
        return [int(box.get_attribute("value") or 0) for box in boxes]

    def typed_fields(self) -> list[str]:
        """Give the names of the fields that one types into."""
        fields = self.form.locator("input:not([type=checkbox]):not([type=hidden]), textarea, select").all()
        return [field.get_attribute("name") or "" for field in fields]

    def sign_up(self, email: str, name: str = "Mina") -> "SignedUpPage":
        """Fill in the two fields and the box, and send it."""
        self.name.fill(name)
        self.email.fill(email)
        self.adult.check()
        self.button.click()
        return SignedUpPage(self.page)


class SignedUpPage:
    """The page that says what became of a wish."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def says(self, words: str) -> None:
        """Wait for these words."""
        expect(self.page).to_have_url(re.compile(r"/signed-up$"))
        expect(self.page.locator("main")).to_contain_text(words)


class MyHelpPage:
    """The pages behind a volunteer's mailed links."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        """What stands on it."""
        return self.page.locator("main")

    def buttons(self) -> list[str]:
        """Give what the page's buttons say."""
        return self.main.get_by_role("button").all_inner_texts()

    def press(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button).click()
