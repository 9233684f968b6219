"""How to reach the pages of one's own help in each of their states; `world` is the one of walk.py."""

from datetime import timedelta
from typing import Any

from portal import links
from portal.clock import now
from portal.db import db
from portal.domain.events.models import Shift
from portal.domain.volunteers import service
from portal.domain.volunteers.queries import get_sign_up
from tests.blueprints.volunteers.helper import Helper
from tests.factories.events import make_event, make_shift
from tests.factories.volunteers import make_sign_up
from tests.foundation.pages import Page

HIDDEN = {"place_hidden": True}
SOON, LATER = timedelta(hours=5), timedelta(days=20)


def mina(world: Any) -> Helper:
    """Give the browser of the walk as Mina's."""
    return Helper(world.app, world.browser)


def make_shift_id(world: Any, event: dict[str, Any] | None = None, **facts: Any) -> int:
    """Add a shift of the walked campaign."""
    with mina(world).database():
        return make_shift(make_event(world._campaign(), **(event or {})), **facts).id


def hold(world: Any, *, event: dict[str, Any] | None = None, proved: bool = True, **facts: Any) -> int:
    """Sign Mina up for a shift; gives the sign-up's id."""
    return mina(world).sign_up(shift_id=make_shift_id(world, event, **facts), proved=proved)


def wait(world: Any) -> int:
    """Let Mina wait for a place that somebody else holds."""
    shift_id = make_shift_id(world, places=1, starts_at=now() + LATER)
    with mina(world).database():
        make_sign_up(db.session.get_one(Shift, shift_id), email="first@example.org")
    return mina(world).sign_up(shift_id=shift_id)


def see_everything(world: Any) -> Page:
    """Open the page of somebody with sign-ups of every standing, whose name was looked at."""
    held = hold(world, starts_at=now() + timedelta(days=12))
    hold(world, event=HIDDEN, vetted=True, starts_at=now() + timedelta(days=14))
    wait(world)
    returned = hold(world, starts_at=now() + timedelta(days=16))
    past = make_shift_id(world, starts_at=now() - timedelta(days=3))
    mina(world).sign_up(shift_id=past, moment=now() - timedelta(days=9))
    hold(world, proved=False)
    with mina(world).database():
        service.cancel(get_sign_up(returned), now())
        service.note_looks([get_sign_up(held)], "Aoife", now())
    return mina(world).follow()


def see_nothing(world: Any) -> Page:
    """Open the page of somebody who gave everything back."""
    held = hold(world, starts_at=now() + LATER)
    with mina(world).database():
        service.cancel(get_sign_up(held), now())
        db.session.delete(get_sign_up(held))
    return mina(world).follow()


def ask(world: Any, email: str = "mina@example.org") -> Page:
    """Ask for the link by mail."""
    return mina(world).press(world.browser.get("/me"), "/me/link", email=email)


def asked(world: Any) -> Page:
    """Open the page after having asked."""
    return world.browser.get(ask(world).location or "")


def confirm(world: Any, *, proved: bool = False) -> Page:
    """Open the page of the one button."""
    hold(world, proved=proved)
    return mina(world).follow(links.PROVE)


def prove(world: Any, *, clash: bool = False) -> Page:
    """Press the one button."""
    seen = confirm(world)
    if clash:
        hold(world, proved=False)
    return mina(world).press(seen, "/me/confirm")


def see_sign_up(world: Any, **facts: Any) -> Page:
    """Open the page of a sign-up."""
    return mina(world).follow(links.SIGN_UP, sign_up=hold(world, **facts))


def see_waiting(world: Any) -> Page:
    """Open the page of a sign-up that waits."""
    return mina(world).follow(links.SIGN_UP, sign_up=wait(world))


def see_vetting(world: Any) -> Page:
    """Open the page of a sign-up for a vetted role, with all that can stand there."""
    shown = {"names_seen_by": "shift", **HIDDEN}
    return see_sign_up(world, event=shown, vetted=True, vetting_note="A reference.")


def see_moved_up(world: Any) -> Page:
    """Open the page of a sign-up whose place came free."""
    waiting = wait(world)
    with mina(world).database():
        shift = get_sign_up(waiting).shift
        service.change_places(shift, 2, now())
    return mina(world).follow(links.SIGN_UP, sign_up=waiting)


def see_somebody_elses(world: Any) -> Page:
    """Ask for a sign-up that is not Mina's."""
    see_sign_up(world)
    return world.browser.get("/me/sign-ups/1000")


def give_back(world: Any) -> Page:
    """Press the button that gives a place back."""
    held = hold(world)
    return mina(world).press(mina(world).follow(), f"/me/sign-ups/{held}/cancel")


def given_back(world: Any) -> Page:
    """Open the page of a sign-up that was given back."""
    return world.browser.get(give_back(world).location or "")


def get_file(world: Any) -> Page:
    """Fetch the calendar file of a sign-up."""
    held = hold(world)
    mina(world).follow()
    return world.browser.get(f"/me/sign-ups/{held}/calendar")


def press(world: Any, path: str, **entries: str) -> Page:
    """Press a button on the page of one's own help."""
    hold(world)
    return mina(world).press(mina(world).follow(), path, **entries)


def leave(world: Any) -> Page:
    """Open the page that asks before it takes out."""
    hold(world)
    mina(world).follow()
    return world.browser.get("/me/leave")


def get_calendar(world: Any, nonce: str = "") -> Page:
    """Ask as a calendar does."""
    hold(world)
    return world.browser.get(f"/calendar/{mina(world).token(links.CALENDAR, nonce=nonce)}")


def see_reminders(world: Any) -> Page:
    """Open the page that ends reminders."""
    hold(world)
    return world.browser.get(f"/reminders/{mina(world).token(links.REMINDERS)}")


def stop_reminders(world: Any) -> Page:
    """Press the button of a mail program."""
    hold(world)
    path = f"/reminders/{mina(world).token(links.REMINDERS)}"
    return world.browser.post(path, {"List-Unsubscribe": "One-Click"})


def see_reminders_off(world: Any) -> Page:
    """Open the page of reminders that were ended."""
    return world.browser.get(stop_reminders(world).response.request.path)
