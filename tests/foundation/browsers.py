"""A real browser: the Chromium of this machine, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.foundation.requirements import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root there is no sandbox, and containers have little /dev/shm and no graphics card.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a started browser; skips on a machine without one."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("no Chromium on this machine: apt-get install chromium", "LANTERN_REQUIRE_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser window of one's own, with whatever its console complained about."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Collect errors and warnings of the console (a broken Content-Security-Policy is one) and of scripts."""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        # Chromium reports every answer of 400 and more as an error of loading; the page itself is what we look at.
        if kind in ("error", "warning") and not text.startswith(
            "Failed to load resource: the server responded"
        ):
            self.complaints.append(f"{kind}: {text}")


@contextmanager
def visiting(
    browser: Browser, width: int = 1280, scheme: str = "light", **options: object
) -> Iterator[Visit]:
    """Open a window of this width in a light or dark scheme, with cookies and storage of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 740},
        color_scheme=scheme,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(10_000)
    visit = Visit(context, context.new_page())
    visit.listen()
    try:
        yield visit
    finally:
        context.close()
