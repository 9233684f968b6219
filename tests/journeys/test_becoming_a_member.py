"""A guest becomes a member: one field after the confirmed place, and everything stays theirs."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.member import Member
from tests.journeys.running import Lantern

Arrive = Callable[..., Member]


def test_a_guest_becomes_a_member_by_one_field_keeps_their_shift_and_signs_in_and_out(
    lantern: Lantern, arrive: Arrive
) -> None:
    mina, shift = arrive(width=360, java_script_enabled=False), lantern.records.fresh_shift("Washing up")
    mina.confirms(shift)
    guest, held = lantern.records.person(mina.email), lantern.records.sign_ups_of(mina.email)
    assert (guest.user_id, [row.state for row in held]) == (None, ["confirmed"])

    mina.choose("Make an account: choose a password, and propose events of your own")
    fields = mina.main.locator("input:not([type=hidden])")
    expect(fields).to_have_count(1)
    mina.password = "four quiet words here"
    mina.fill({"Password": mina.password})
    mina.press("Set the password")
    mina.reads("Your account is ready.", "Washing up")
    member = lantern.records.person(mina.email)
    assert (member.id, member.name, member.user_id is None) == (guest.id, "Mina", False)
    assert lantern.records.sign_ups_of(mina.email) == held

    mina.follow(
        mina.mail("Your shift on")
    )  # what was mailed before still opens, and is closed by signing out
    mina.choose("To my help")
    mina.choose("My account")
    mina.reads("This one")
    mina.press("Sign out")
    mina.reads("You are signed out.")
    mina.choose("My help")
    mina.reads("Your shifts are behind the link in our mails to you.")
    expect(mina.main).not_to_contain_text("Washing up")
    assert lantern.records.rows("SELECT 1 FROM sign_in WHERE user_id = :id", id=member.user_id) == []

    mina.choose("Sign in")
    mina.enter()
    mina.is_at("My help")
    mina.reads("Washing up")
    assert lantern.records.noted(f"person:{guest.id}") == [
        ("account.opened", mina.email),
        ("account.signed_in", mina.email),
        ("account.signed_out", mina.email),
        ("account.signed_in", mina.email),
    ]
    assert lantern.records.person(mina.email) == member
