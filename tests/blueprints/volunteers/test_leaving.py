"""Leaving: what it takes away, from the database and from the browser."""

import pytest

from portal.clock import now
from portal.domain.people.models import Person
from portal.domain.volunteers import service
from portal.domain.volunteers.models import NameLook, SignUp
from portal.domain.volunteers.queries import get_sign_up
from portal.web import asked, known
from tests.blueprints.volunteers.helper import Helper


def test_leaving_says_what_goes_and_what_stays_and_looking_takes_nobody_out(mina: Helper) -> None:
    mina.sign_up()
    mina.follow()
    seen = mina.page.get("/me/leave").text
    assert "one coming shift" in seen
    assert "gifts" in seen
    assert mina.person().name == "Mina"


@pytest.mark.both_databases
def test_who_leaves_is_gone_from_rows_mails_and_browser(mina: Helper) -> None:
    held = mina.sign_up()
    with mina.database():
        service.note_looks([get_sign_up(held)], "Aoife", now())
    mina.follow()
    mina.page.client.set_cookie(asked.COOKIE, "what this browser asked for")
    left = mina.press(mina.page.get("/me/leave"), "/me/leave")
    assert mina.page.get(left.location or "").heading == "Goodbye, and thank you"
    assert [mina.count(model) for model in (Person, SignUp, NameLook)] == [0, 0, 0]
    assert mina.mails() == []
    assert {known.VISIT_COOKIE, asked.COOKIE}.isdisjoint(
        {cookie.key for cookie in mina.page.client._cookies.values()}
    )
    assert mina.page.get("/me/leave").status == 404
