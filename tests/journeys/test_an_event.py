"""An event from the idea to the thank-you: proposed, approved, filled, checked in on a phone, closed with hours."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.journeys.hourglass import let_shift_begin
from tests.journeys.member import Member
from tests.journeys.proof import told_by
from tests.journeys.running import Lantern

Arrive = Callable[..., Member]
ORGANIZER = "organizer@demo.invalid"
TITLE, ROLE, NOTE = "Kites over the quay", "Kite mender", "Lovely. Two adults at the bridge, please."


def test_an_event_is_proposed_approved_filled_checked_in_on_a_phone_and_closed_with_hours(
    lantern: Lantern, arrive: Arrive
) -> None:
    host, guest = arrive("volunteer", width=360), arrive(width=360, java_script_enabled=False)
    _propose(host)
    event = _event(lantern)
    assert (event.status, event.timezone, event.slug) == ("proposed", "Europe/Lisbon", "the-way-out")
    assert guest.go(f"/events/{event.id}").status == 404
    _approve(arrive("organizer"))
    assert _event(lantern).status == "published"
    shift = _fill(lantern, guest)
    _check_in(lantern, host, guest, shift)
    _close(lantern, host, guest, shift)
    (held,) = lantern.records.sign_ups_of(guest.email)
    noted = {
        f"event:{event.id}": [("event.proposed", host.email), ("event.approved", ORGANIZER)],
        f"sign-up:{held.id}": [("sign_up.marked", host.email)],
        f"shift:{shift.id}": [("shift.hours_closed", host.email)],
    }
    assert {subject: lantern.records.noted(subject) for subject in noted} == noted
    _assert_mailed(lantern, host, guest)


def _propose(host: Member) -> None:
    host.choose("My account")
    host.choose("My events: those I manage")
    host.choose("Propose an event")
    host.page.get_by_label("Campaign", exact=True).select_option("The way out")
    host.fill(
        {
            "Title": TITLE,
            "What happens there": "We mend kites and fly them.",
            "Town or quarter": "Lisbon",
            "Exact place": "Quay 7",
            "Time zone": "Europe/Lisbon",
            "First day": f"{date.today() + timedelta(days=20)}",
            "From": "10:00",
            "To": "14:30",
            "Length of a shift in minutes": "120",
            "Minutes between shifts": "30",
            "Role 1": ROLE,
            "Places 1": "1",
        }
    )
    host.tick("English")
    host.tick("This event moves nobody across a border")
    host.tick("No money, goods or services go to anybody inside North Korea")
    host.press("Preview the shifts")
    host.reads("2 shifts", "2 places in all. Nothing is kept yet.", "12:30 to 14:30")
    expect(host.page.get_by_role("button", name="Propose").first).to_be_in_viewport()
    host.press("Propose")
    host.reads(TITLE, "Waits for an organizer")


def _approve(organizer: Member) -> None:
    organizer.choose("Read it", beside=TITLE)
    organizer.reads("We mend kites and fly them.", "Demo volunteer", "12:30 to 14:30")
    organizer.fill({"A word to the hosts": NOTE})
    organizer.press("Yes, publish it")
    organizer.reads("Published. Its hosts are told by mail.")


def _fill(lantern: Lantern, guest: Member) -> Any:
    """Let the guest find the event on the public pages, and fill its first shift."""
    guest.go("/")
    guest.choose("Events")
    guest.reads(TITLE)
    guest.choose(ROLE)
    guest.is_at(TITLE)
    guest.reads("Quay 7, Lisbon", "1 place left")
    (shift, _) = [one for one in lantern.records.coming_shifts() if one.title == TITLE]
    guest.confirms(shift)
    (held,) = lantern.records.sign_ups_of(guest.email)
    assert (held.shift_id, held.state, held.taken) == (shift.id, "confirmed", 1)
    return shift


def _check_in(lantern: Lantern, host: Member, guest: Member, shift: Any) -> None:
    host.go("/hosting")
    host.choose(TITLE)
    host.reads(NOTE)
    guest.mail("Your shift on")  # it would not be sent once the shift has begun
    let_shift_begin(lantern, shift.id, -timedelta(minutes=30))
    host.choose("Who comes next")
    host.reads("0 of 1 is here", "Mina")
    assert host.page.evaluate("document.documentElement.scrollWidth") == 360
    expect(host.main).not_to_contain_text("@")
    host.press("Is here", beside="Mina")
    host.reads("1 of 1 is here")
    (held,) = lantern.records.sign_ups_of(guest.email)
    assert (held.state, held.arrived_at is None) == ("attended", False)
    assert _looks(lantern, held.id) == ["Demo volunteer", "Demo volunteer"]


def _close(lantern: Lantern, host: Member, guest: Member, shift: Any) -> None:
    let_shift_begin(lantern, shift.id, timedelta(hours=5))
    host.page.reload()
    host.choose("Close with hours")
    hours = host.page.get_by_label("Mina hours")
    expect(hours).to_have_value("2")
    hours.fill("1,5")
    host.press("Write it down")
    host.reads("Written down: 1 person helped.", "1.5 hours")
    (held,) = lantern.records.sign_ups_of(guest.email)
    assert (held.state, held.minutes) == ("attended", 90)

    guest.follow(guest.mail("Thank you for your shift on"))
    guest.go("/me")
    guest.reads("One shift, 1.5 hours. Thank you.", "Demo volunteer")


def _assert_mailed(lantern: Lantern, host: Member, guest: Member) -> None:
    """Fail unless each was mailed what they had to be told, and no mail says what it is about."""
    host.mail("Your proposal was looked at")
    mails = lantern.mails_to(guest.email)
    subjects = [str(mail["Subject"]).partition(" on ")[0] for mail in mails]
    assert subjects == ["Please confirm: your shift", "Your shift", "Thank you for your shift"]
    for mail in (*mails, *lantern.mails_to(host.email)):
        told = told_by(mail)
        assert "http" in told
        assert [words for words in (TITLE, ROLE, NOTE) if words in told] == []


def _event(lantern: Lantern) -> Any:
    (event,) = lantern.records.rows(
        "SELECT e.*, c.slug FROM event e JOIN campaign c ON c.id = e.campaign_id WHERE e.title = :title",
        title=TITLE,
    )
    return event


def _looks(lantern: Lantern, sign_up_id: int) -> list[str]:
    found = lantern.records.rows(
        "SELECT looked_by FROM name_look WHERE sign_up_id = :id ORDER BY id", id=sign_up_id
    )
    return [row.looked_by for row in found]
