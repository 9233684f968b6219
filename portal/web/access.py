"""Who may enter where: every endpoint is declared here, and a test fails on one that is not."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom an endpoint is."""

    ANYONE = "anyone"
    GIVER = "whoever knows the donation's unguessable address"
    LINK = "whoever followed a signed link"
    ADDRESS = "whoever has the address, which is signed itself"
    PROVIDER = "the payment provider, by signature"


AUDIENCES: dict[str, Audience] = {
    "static": Audience.ANYONE,
    "pages.home": Audience.ANYONE,
    "pages.privacy": Audience.ANYONE,
    "pages.accessibility": Audience.ANYONE,
    "pages.concern": Audience.ANYONE,
    "pages.healthz": Audience.ANYONE,
    "campaigns.index": Audience.ANYONE,
    "campaigns.show": Audience.ANYONE,
    "events.index": Audience.ANYONE,
    "events.show": Audience.ANYONE,
    "events.sign_up": Audience.ANYONE,
    "events.signed_up": Audience.ANYONE,
    "donations.give": Audience.ANYONE,
    "donations.show": Audience.GIVER,
    "donations.try_again": Audience.GIVER,
    "donations.receipt": Audience.LINK,
    "donations.withdraw_link": Audience.LINK,
    "links.follow": Audience.ANYONE,
    "links.mail_new": Audience.ANYONE,
    "volunteers.me": Audience.LINK,
    "volunteers.mail_link": Audience.ANYONE,
    "volunteers.confirm": Audience.LINK,
    "volunteers.prove": Audience.LINK,
    "volunteers.sign_up": Audience.LINK,
    "volunteers.cancel": Audience.LINK,
    "volunteers.sign_up_calendar": Audience.LINK,
    "volunteers.rename": Audience.LINK,
    "volunteers.set_reminders": Audience.LINK,
    "volunteers.renew_links": Audience.LINK,
    "volunteers.renew_calendar": Audience.LINK,
    "volunteers.leave": Audience.LINK,
    "volunteers.take_out": Audience.LINK,
    "volunteers.goodbye": Audience.ANYONE,
    "volunteers.calendar": Audience.ADDRESS,
    "volunteers.reminders": Audience.ADDRESS,
    "volunteers.stop_reminders": Audience.ADDRESS,
    "webhooks.stripe": Audience.PROVIDER,
}
