"""New campaigns: from four fields, or as a copy of one that is there; and the reading of a campaign's text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.addresses import address_of, numbered
from portal.domain.campaigns.content import LoadedCampaign, read_campaign
from portal.domain.campaigns.documents import CLOSED_COUNTRY, LARGEST_GOAL
from portal.domain.campaigns.errors import (
    AddressTaken,
    ContentInvalid,
    CurrencyUnknown,
    EntryMissing,
    EntryTooLong,
    GoalTooHigh,
    Problem,
    StartRefused,
    TextTooLong,
)
from portal.domain.campaigns.models import Campaign, CampaignStatus, CampaignTranslation, Group
from portal.domain.campaigns.picture import Picture
from portal.domain.campaigns.pictures import copy_pictures, known_pictures
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.service import add_revision
from portal.domain.campaigns.written import LONGEST_TEXT, amount_text, cleaned, take_apart, write_text
from portal.money import AmountMissing, AmountRefused, Money, minor_digits, parse_amount

LONGEST_TITLE, LONGEST_PURPOSE, LONGEST_RECEIVER = 120, 300, 200
# Amounts to tap on a new page, in whole units; where a unit is worth little, a thousand times as many.
FIRST_AMOUNTS = (10, 25, 50)
# The columns that a text may set; status, place in the list, versions and totals are no words of an organizer's.
FROM_TEXT = (
    "goal_minor",
    "receiver",
    "receiver_country",
    "purpose",
    "receiver_checked_on",
    "receiver_checked_by",
    "receiver_lists",
)


@dataclass(frozen=True, slots=True)
class Start:
    """The four fields of a new campaign, checked."""

    title: str
    purpose: str
    goal: Money
    receiver: str


def read_start(*, title: str, purpose: str, goal: str, currency: str, receiver: str, group: Group) -> Start:
    """Give the four fields as a campaign takes them. Raises StartRefused with what is wrong beside each."""
    wrong: dict[str, Exception] = {}
    limits = {
        "title": (title, LONGEST_TITLE),
        "purpose": (purpose, LONGEST_PURPOSE),
        "receiver": (receiver, LONGEST_RECEIVER),
    }
    texts = {name: " ".join(cleaned(typed).split()) for name, (typed, _) in limits.items()}
    for name, (_, limit) in limits.items():
        if not texts[name]:
            wrong[name] = EntryMissing()
        elif len(texts[name]) > limit:
            wrong[name] = EntryTooLong(limit)
    money = None
    if currency not in group.card_fees:
        wrong["goal"] = CurrencyUnknown()
    else:
        try:
            money = parse_amount(goal, currency)
        except AmountMissing:
            # What is said of a gift without an amount is not true of a goal.
            wrong["goal"] = EntryMissing()
        except AmountRefused as refusal:
            wrong["goal"] = refusal
    if money is not None and money.minor > LARGEST_GOAL:
        wrong["goal"] = GoalTooHigh()
    if wrong or money is None:
        raise StartRefused(wrong)
    return Start(texts["title"], texts["purpose"], money, texts["receiver"])


def start_campaign(by: int, start: Start, group: Group, moment: datetime) -> Campaign:
    """Make a draft of the four fields. Raises AddressTaken where another campaign has this title's address."""
    amounts = first_amounts(start.goal.currency)
    front = {
        "title": start.title,
        "summary": start.purpose,
        "currency": start.goal.currency,
        "goal": amount_text(start.goal),
        "amounts": amounts,
        "usual_amount": amounts[1],
        "receiver": {"name": start.receiver, "country": "", "purpose": start.purpose},
    }
    return start_from_text(by, group, write_text(front, ""), start.goal.currency, moment)


def read_text(
    text: str, currency: str, pictures: Mapping[str, Picture] = MappingProxyType({})
) -> LoadedCampaign:
    """Give a campaign's text as story and settings; it must stay in its currency, and show none but these pictures.

    Raises ContentInvalid with every problem in it, each with its line, and TextTooLong.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(LONGEST_TEXT)
    problems: list[Problem] = []
    loaded = read_campaign(text, "text", "text", currency, problems, pictures)
    if loaded is not None and loaded.settings.currency != currency:
        problems.append(
            Problem("text", 1, f"a campaign stays in its currency, {currency}.", ("currency",), "currency")
        )
    if loaded is not None and loaded.settings.receiver.country == CLOSED_COUNTRY:
        sentence = "no money, goods or services go into North Korea."
        problems.append(Problem("text", 1, sentence, ("receiver", "country"), "closed_country"))
    if problems or loaded is None:
        raise ContentInvalid(tuple(sorted(problems)))
    return loaded


def duplicate(by: int, campaign_id: int, moment: datetime) -> Campaign:
    """Make a draft with the same words, in all their languages, under an address of its own.

    Nothing is received for it, and its receiver is not checked.

    Raises NoSuchCampaign.
    """
    opened = open_campaign(campaign_id)
    front, words = take_apart(opened.text)
    for name in ("status", "position"):
        front.pop(name, None)
    front.get("receiver", {}).pop("check", None)
    text = write_text(front, words)
    loaded = read_text(text, opened.campaign.currency, known_pictures(campaign_id))
    title_address, number = address_of(loaded.story.title), 2
    while is_taken(numbered(title_address, number)):
        number += 1
    made_of = opened.campaign.article_id
    campaign = _add_draft(by, opened.group, numbered(title_address, number), loaded, moment, made_of)
    campaign.receiver_since = opened.campaign.receiver_since
    copy_pictures(campaign_id, campaign.id)
    _copy_translations(campaign_id, campaign.id)
    note(
        by,
        "campaign.started",
        subject_of(campaign),
        moment,
        after={"copy_of": campaign_id, "address": campaign.slug},
    )
    return campaign


def start_from_text(
    by: int, group: Group, text: str, currency: str, moment: datetime, article_id: int | None = None
) -> Campaign:
    """Make a draft of a whole text, and of an article where one is named.

    Raises ContentInvalid, TextTooLong, and AddressTaken where another campaign has its title's address.
    """
    loaded = read_text(text, currency)
    campaign = _add_draft(by, group, address_of(loaded.story.title), loaded, moment, article_id)
    told = {} if article_id is None else {"article": article_id}
    note(by, "campaign.started", subject_of(campaign), moment, after={**told, "address": campaign.slug})
    return campaign


def _add_draft(
    by: int, group: Group, slug: str, loaded: LoadedCampaign, moment: datetime, article_id: int | None
) -> Campaign:
    columns = loaded.settings.columns()
    campaign = Campaign(
        group_id=group.id,
        slug=slug,
        status=CampaignStatus.DRAFT,
        currency=columns["currency"],
        revision_number=0,
        page_version=1,
        created_at=moment,
        edited_by_id=by,
        edited_at=moment,
        article_id=article_id,
        **{name: columns[name] for name in FROM_TEXT},
    )
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
    except IntegrityError:
        # The database says so, and not a look at it before: two can press the button at once.
        raise AddressTaken(slug) from None
    add_revision(campaign, loaded, moment, by)
    return campaign


def _copy_translations(from_id: int, to_id: int) -> None:
    """Let a copy be told in the same languages, which no reader finds before somebody has looked at them."""
    mine = select(CampaignTranslation).where(CampaignTranslation.campaign_id == from_id)
    for row in db.session.scalars(mine).all():
        written = {"texts": row.texts, "made_by_id": row.made_by_id, "made_at": row.made_at}
        db.session.add(CampaignTranslation(campaign_id=to_id, language=row.language, shown=False, **written))
    db.session.flush()


def is_taken(slug: str) -> bool:
    """Tell whether a campaign has this address."""
    return db.session.scalar(select(Campaign.id).where(Campaign.slug == slug)) is not None


def subject_of(campaign: Campaign) -> str:
    """Name a campaign as the audit log does: "campaign:3"."""
    return f"campaign:{campaign.id}"


def first_amounts(currency: str) -> list[str]:
    """Give three amounts to tap: 10, 25 and 50 of a currency with cents, a thousand times that of one without."""
    each = 1 if minor_digits(currency) else 1000
    unit = 10 ** minor_digits(currency)
    return [amount_text(Money(amount * each * unit, currency)) for amount in FIRST_AMOUNTS]
