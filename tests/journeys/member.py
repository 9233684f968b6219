"""Someone with an account, or who comes to have one, who goes by what stands on the pages."""

import re
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Response, expect

from tests.journeys.volunteer import Volunteer


@dataclass
class Member(Volunteer):
    """Someone with a browser, a mailbox and a password."""

    password: str = ""

    @property
    def main(self) -> Locator:
        """What stands on the page, without what stands on every page."""
        return self.page.locator("main")

    def go(self, path: str) -> Response:
        """Type an address of the portal's."""
        answer = self.page.goto(f"{self.lantern.address}{path}")
        assert answer is not None
        return answer

    def choose(self, link: str, *, beside: str = "") -> None:
        """Follow a link by its words; of several, that in the row where `beside` stands."""
        self._found("link", link, beside).click()

    def press(self, button: str, *, beside: str = "") -> None:
        """Press a button by its words; of several, that in the row where `beside` stands."""
        self._found("button", button, beside).click()

    def _found(self, role: Literal["button", "link"], words: str, beside: str) -> Locator:
        if not beside:
            return self.page.get_by_role(role, name=words, exact=True).first
        # What tells one from another is part of its name, for those who hear it without its row.
        row = self.page.get_by_role("listitem").filter(has_text=beside)
        return row.get_by_role(role, name=re.compile(f"^{words}.*{re.escape(beside)}"))

    def fill(self, entries: dict[str, str]) -> None:
        """Type into fields by their labels."""
        for label, words in entries.items():
            self.page.get_by_label(label, exact=True).first.fill(words)

    def tick(self, label: str) -> None:
        """Tick a box by its label."""
        self.page.get_by_label(label, exact=True).check()

    def reads(self, *words: str) -> None:
        """Wait until these words stand on the page."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def is_at(self, heading: str) -> None:
        """Wait for the page of this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sign_in(self) -> None:
        """Go where one signs in, and do."""
        self.go("/sign-in")
        self.enter()

    def enter(self) -> None:
        """Fill in the form to sign in, and send it."""
        self.fill({"E-mail": self.email, "Password": self.password})
        self.press("Sign in")
        expect(self.page).not_to_have_url(re.compile("/sign-in"))
