"""Whose page a sign-up comes from, and what the browser that sent it keeps of it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from portal.web.asked import COOKIE
from tests.blueprints.events.browser import EMAIL, Helper
from tests.blueprints.events.test_views import NOON

# What browsers take for one cookie, its name and attributes with it (RFC 6265).
LARGEST_COOKIE = 4096
NOT_SAID = {"Sec-Fetch-Site": None}


def test_looking_at_an_event_sets_no_cookie(helper: Helper) -> None:
    event_id = helper.event_of(helper.shift())
    for path in ("/events", f"/events/{event_id}"):
        assert helper.page.client.get(path).headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_of_another_site_is_refused_and_leaves_no_trace(helper: Helper, site: str) -> None:
    assert helper.sign_up(helper.shift(), headers={"Sec-Fetch-Site": site}).status == 403
    assert (helper.rows(), helper.mails()) == ([], [])


@pytest.mark.parametrize("headers", [NOT_SAID, {**NOT_SAID, "Origin": "null"}])
def test_a_browser_that_does_not_say_where_from_is_asked_for_one_more_click_and_loses_no_entry(
    helper: Helper, headers: dict[str, str | None]
) -> None:
    shift_id = helper.shift()
    answer = helper.sign_up(shift_id, headers=headers)
    assert (answer.status, helper.rows()) == (422, [])
    assert "Press the button once more" in answer.text
    assert answer.field("email").get("value") == EMAIL
    token = answer.field("csrf_token").get("value")
    assert helper.sign_up(shift_id, headers=headers, csrf_token=f"{token}x").status == 422
    assert helper.sign_up(shift_id, headers=headers, csrf_token=token).status == 303
    assert [row[0] for row in helper.rows()] == [EMAIL]


def test_what_such_a_browser_mistyped_is_told_with_the_token_for_the_next_click(helper: Helper) -> None:
    shift_id = helper.shift()
    answer = helper.sign_up(shift_id, headers=NOT_SAID, name="")
    token = answer.field("csrf_token").get("value")
    assert "Type a name that you go by" in answer.text
    assert helper.sign_up(shift_id, headers=NOT_SAID, csrf_token=token).status == 303


def test_what_a_browser_keeps_fits_into_a_cookie_however_much_it_asked_for(helper: Helper) -> None:
    event_id = helper.event()
    shifts = [
        helper.shift(event_id, places=1 if n % 2 else 9, starts_at=NOON + timedelta(days=n))
        for n in range(40)
    ]
    for shift_id in shifts[1::2]:
        helper.taken_by(shift_id, "first@example.org")
    answer = helper.sign_up(*shifts)
    (cookie,) = [one for one in answer.response.headers.getlist("Set-Cookie") if one.startswith(COOKIE)]
    assert len(unquote(cookie)) < LARGEST_COOKIE
    assert len(helper.claims()) == 30
    assert helper.page.get(answer.location or "").status == 200
