"""Mails as the desk names them."""

from flask_babel import gettext

from portal.domain.accounts.models import Role, User
from portal.domain.messages.rules import seen_by


def mails_seen_by(user: User) -> frozenset[bool]:
    """Give which mails somebody at the desk may see, by whether they are about gifts."""
    roles = user.role_names
    return seen_by(
        organizes=bool(roles & {Role.ORGANIZER, Role.ADMIN}),
        keeps_money=bool(roles & {Role.TREASURER, Role.ADMIN}),
    )


def kind_words() -> dict[str, str]:
    """Name the kinds of mails that there are."""
    return {
        "thank_you": gettext("Thanks for a gift"),
        "receipt_link": gettext("New link to a receipt"),
        "not_arrived": gettext("A gift did not arrive"),
        "help_link": gettext("Link to one’s own help"),
        "sign_up_confirm": gettext("Confirm a sign-up"),
        "sign_up_confirm_again": gettext("Confirm a sign-up, asked again"),
        "sign_up_confirmed": gettext("A sign-up is confirmed"),
        "sign_up_cancelled": gettext("A shift is called off"),
        "sign_up_given_back": gettext("A place was given back"),
        "sign_up_changed": gettext("A shift has changed"),
        "sign_up_moved_up": gettext("A place came free"),
        "sign_up_moved_back": gettext("Back to the line"),
        "event_changed": gettext("An event has changed"),
        "host_message": gettext("A message of a host"),
        "host_asked": gettext("Asked to be a host"),
        "proposal_decided": gettext("A proposal was decided on"),
        "shift_reminder": gettext("Reminder of a shift"),
        "shift_thanks": gettext("Thanks for a shift"),
        "password_link": gettext("Link to choose a password"),
        "password_set": gettext("A password was set"),
        "email_link": gettext("Link to confirm a new address"),
        "email_changed": gettext("An address was changed"),
    }


def mail_state_words() -> dict[str, str]:
    """Name the states of a mail."""
    return {
        "queued": gettext("waiting to be sent"),
        "sent": gettext("sent"),
        "failed": gettext("failed"),
        "dropped": gettext("not needed any more"),
    }
