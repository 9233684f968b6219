"""Getting around by keyboard alone."""

from playwright.sync_api import Locator, Page, expect


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there, as often as a page has stops at most, and fail unless it can be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    # What is drawn for a tapped amount is drawn on its label; the field itself is out of sight.
    around = wanted.evaluate(
        """element => {
            element.scrollIntoView({block: "center"});
            const seen = element.closest("label") ?? element;
            const {x, y, width, height} = seen.getBoundingClientRect();
            return {x: x - 8, y: y - 8, width: width + 16, height: height + 16};
        }"""
    )
    focused = page.screenshot(clip=around)
    wanted.evaluate("element => element.blur()")
    assert focused != page.screenshot(clip=around), f"the focus cannot be seen on {wanted}"
    wanted.evaluate("element => element.focus()")
