"""The treasurer's gifts: list, search, one gift, a file of them; and the totals that organizers may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.blueprints.desk import gift_file
from portal.blueprints.desk.mail_words import kind_words
from portal.clock import now
from portal.db import db, writing
from portal.domain.campaigns.queries import find_group
from portal.domain.donations.export import stream_gifts
from portal.domain.donations.listing import (
    CampaignName,
    find_gift,
    list_campaign_names,
    list_gifts,
    list_totals,
)
from portal.domain.donations.models import DonationState
from portal.domain.donations.service import note_export
from portal.domain.donations.sought import LONGEST_SEARCH, GiftFilter, GiftKey, read_key, read_month
from portal.domain.messages.queries import list_mails_about_gift
from portal.web.csv_file import csv_answer
from portal.web.signed_in import get_user

bp = Blueprint("gifts", __name__)


@dataclass(frozen=True)
class Asked:
    """What a treasurer looks for, as it stands in the address of the page."""

    wanted: GiftFilter
    before: GiftKey | None
    entries: dict[str, str]

    def address(self, **changed: str) -> dict[str, str]:
        """Give what a link to these gifts has in its address, with these values too."""
        return self.entries | changed


@bp.get("/gifts")
def index() -> ResponseReturnValue:
    """List gifts, newest first, a page at a time."""
    group, campaigns = find_group(), list_campaign_names()
    timezone = group.timezone if group else "UTC"
    asked = read_asked(request.args, campaigns, timezone)
    return render_template(
        "desk/gifts.html",
        group=group,
        timezone=timezone,
        campaign_choices=[(campaign.slug, campaign.title) for campaign in campaigns],
        state_choices=list(state_words().items()),
        titles=_titles(campaigns),
        asked=asked,
        page=list_gifts(asked.wanted, asked.before),
        states=state_words(),
        troubles=trouble_words(),
        longest_search=LONGEST_SEARCH,
    )


@bp.get("/gifts/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """Show one gift with its payments, movements, receipt and mails."""
    gift = find_gift(public_id, livemode=current_app.config["LIVEMODE"])
    if gift is None:
        abort(404)
    group = find_group()
    return render_template(
        "desk/gift.html",
        group=group,
        timezone=group.timezone if group else "UTC",
        gift=gift,
        mails=list_mails_about_gift(gift.donation.id, gift.donation.person_id),
        states=state_words(),
        troubles=trouble_words(),
        kinds=kind_words(),
    )


@bp.get("/gifts.csv")
def export() -> ResponseReturnValue:
    """Send the gifts that are looked for as a file; that somebody took it is noted first."""
    group, campaigns = find_group(), list_campaign_names()
    timezone = group.timezone if group else "UTC"
    asked = read_asked(request.args, campaigns, timezone)
    engine, titles = db.engine, _titles(campaigns)
    by = get_user().person_id
    with writing():
        note_export(by, asked.entries, livemode=asked.wanted.livemode, moment=now())
        db.session.commit()
    batches = stream_gifts(engine, asked.wanted)
    cells = gift_file.batches_of_cells(batches, titles, timezone, livemode=asked.wanted.livemode)
    # Neither a name of the group's nor a word of what it is for: the file lies in a folder of downloads.
    return csv_answer(f"list-{now():%Y-%m-%d}.csv", gift_file.header(timezone), cells)


@bp.get("/totals")
def totals() -> ResponseReturnValue:
    """Show what each campaign has received, and no gift of it."""
    return render_template(
        "desk/totals.html", group=find_group(), totals=list_totals(livemode=current_app.config["LIVEMODE"])
    )


def read_asked(sent: Mapping[str, str], campaigns: Sequence[CampaignName], timezone: str) -> Asked:
    """Give what is looked for, from the address of the page; aborts with 404 for what no link of ours says."""
    entries = {name: sent[name] for name in ("q", "campaign", "state", "month", "look") if sent.get(name)}
    entries["q"] = entries.get("q", "")[:LONGEST_SEARCH].replace("\0", "").strip()
    by_slug = {campaign.slug: campaign.id for campaign in campaigns}
    month = read_month(entries.get("month", ""), timezone)
    before = read_key(sent["before"]) if "before" in sent else None
    known = (
        entries.get("campaign", "") in {"", *by_slug}
        and entries.get("state", "") in {"", *DonationState}
        and (month is not None or "month" not in entries)
        and (before is not None or "before" not in sent)
    )
    if not known:
        abort(404)
    wanted = GiftFilter(
        livemode=current_app.config["LIVEMODE"],
        campaign_id=by_slug.get(entries.get("campaign", "")),
        state=DonationState(entries["state"]) if "state" in entries else None,
        month=month,
        stuck="look" in entries,
        sought=entries["q"],
        currencies=tuple(dict.fromkeys(campaign.currency for campaign in campaigns)),
    )
    return Asked(wanted, before, {name: value for name, value in entries.items() if value})


def _titles(campaigns: Sequence[CampaignName]) -> dict[int, str]:
    return {campaign.id: campaign.title for campaign in campaigns}


def state_words() -> dict[str, str]:
    """Name each state of a donation."""
    return {
        "started": gettext("just started"),
        "open": gettext("not finished"),
        "processing": gettext("on its way"),
        "paid": gettext("paid"),
        "failed": gettext("did not arrive"),
        "expired": gettext("given up"),
    }


def trouble_words() -> dict[str, str]:
    """Say why a gift needs a treasurer's look."""
    return {
        "double": gettext("Paid twice"),
        "amount_differs": gettext("Another amount came than was asked for"),
        "currency_differs": gettext("Another currency came than was asked for"),
        "not_booked": gettext("Stripe has news of it that could not be booked yet"),
    }
