"""Who may enter where: every endpoint is declared here, and a test fails on one that is not."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom an endpoint is."""

    ANYONE = "anyone"
    GIVER = "whoever knows the donation's unguessable address"
    LINK = "whoever followed a signed link"
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
    "donations.give": Audience.ANYONE,
    "donations.show": Audience.GIVER,
    "donations.try_again": Audience.GIVER,
    "donations.follow_link": Audience.ANYONE,
    "donations.mail_new_link": Audience.ANYONE,
    "donations.receipt": Audience.LINK,
    "donations.withdraw_link": Audience.LINK,
    "webhooks.stripe": Audience.PROVIDER,
}
