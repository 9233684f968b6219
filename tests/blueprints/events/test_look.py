"""Events in a real browser: the whole row is the box, the reader's own time, and the way from the campaign."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.blueprints.events.browser import EMAIL, Helper
from tests.foundation.browsers import Visit

Opens = Callable[..., Visit]
NOON = datetime(2027, 6, 12, 20, tzinfo=UTC)  # 21:00 in Dublin, 05:00 of the next day in Seoul


@pytest.mark.parametrize(
    ("zone", "script", "told"),
    [
        ("Asia/Seoul", True, "Sun 05:00 to Sun 07:00 on your clock"),
        ("Europe/Lisbon", True, None),  # another zone that shows the same time
        ("Europe/Dublin", True, None),
        ("Asia/Seoul", False, None),
    ],
)
def test_the_readers_own_time_stands_beside_where_it_differs(
    helper: Helper, live_server: str, visit: Opens, zone: str, script: bool, told: str | None
) -> None:
    event_id = helper.event_of(helper.shift(starts_at=NOON))
    seen = visit(timezone_id=zone, java_script_enabled=script)
    for path in (f"/events/{event_id}", "/events"):
        seen.page.goto(live_server + path)
        times = seen.page.locator("time.times")
        expect(times).to_contain_text("21:00 to 23:00, Dublin time")
        if told:
            expect(times).to_contain_text(told)
        else:
            expect(seen.page.locator("main")).not_to_contain_text("on your clock")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_place_is_held_without_script_by_tapping_anywhere_on_a_row(
    helper: Helper, live_server: str, visit: Opens, width: int
) -> None:
    shift_id = helper.shift(starts_at=NOON)
    seen = visit(width=width, java_script_enabled=False)
    seen.page.goto(f"{live_server}/events/{helper.event_of(shift_id)}")
    row = seen.page.locator("li.shift")
    row.locator(".places").click(force=True)
    expect(row.locator("[name=shift]")).to_be_checked()
    seen.page.get_by_label("The name you go by").fill("민아")
    seen.page.get_by_label("E-mail").fill(EMAIL)
    seen.page.get_by_label("I am 18 or older").check()
    seen.page.get_by_role("button", name="Hold my place").click()
    expect(seen.page.get_by_role("heading", level=1)).to_contain_text("Now look in your mail")
    assert helper.rows() == [(EMAIL, shift_id, "pending", "민아")]


def test_what_was_not_taken_opens_with_the_summary_in_focus(
    helper: Helper, live_server: str, visit: Opens
) -> None:
    seen = visit(width=360)
    seen.page.goto(f"{live_server}/events/{helper.event_of(helper.shift(starts_at=NOON))}")
    seen.page.get_by_role("button", name="Hold my place").click()
    expect(seen.page.locator("#problems")).to_be_focused()
    seen.page.locator("#problems a", has_text="Tick at least one shift").click()
    expect(seen.page.locator("#shifts")).to_be_in_viewport()
