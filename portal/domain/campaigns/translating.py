"""What organizers do with a campaign in another language: write it, and show it to readers or not."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.drafting.errors import TooMuchTaken
from portal.domain.campaigns.drafting.proof import first_taken, words_kept_from, words_read
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.errors import (
    CampaignRefused,
    TitleNotTranslated,
    TranslatedMeanwhile,
    TranslationRefused,
)
from portal.domain.campaigns.models import Campaign, CampaignTranslation
from portal.domain.campaigns.revisions import Opened, get_told, open_for_change
from portal.domain.campaigns.starting import subject_of
from portal.domain.campaigns.translations import (
    Beside,
    Entry,
    Pair,
    beside,
    check,
    entries_of,
    normal,
    stamp,
    stored,
    translate,
)
from portal.domain.people.models import Person


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody typed beside the texts of a revision, each by its number there.

    `was` are the stamps of what stood in the entries; `fits` are those whose translation still says it.
    """

    revision: int
    texts: Mapping[int, str]
    was: Mapping[int, str]
    fits: Set[int]


@dataclass(frozen=True, slots=True)
class Opening:
    """A translation beside the newest text; `row` is None before anything was translated."""

    row: CampaignTranslation | None
    beside: Beside


@dataclass(frozen=True, slots=True)
class Merged:
    """What a translation says with what was sent: its row, None before it is begun, how much changed, its texts."""

    row: CampaignTranslation | None
    changed: int
    texts: list[Entry]


def list_translations(opened: Opened) -> dict[str, Opening]:
    """Give a campaign's translations by language, in one statement."""
    mine = select(CampaignTranslation).where(CampaignTranslation.campaign_id == opened.campaign.id)
    return {
        row.language: Opening(row, beside(opened.story, opened.text, entries_of(row.texts)))
        for row in db.session.scalars(mine)
    }


def open_translation(opened: Opened, language: str, number: int | None = None) -> Opening:
    """Give a campaign's translation into a language, begun or not, beside its newest revision or another one.

    Raises NoSuchRevision.
    """
    row = db.session.get(CampaignTranslation, (opened.campaign.id, language))
    newest = opened.story, opened.text
    told = newest if number in (None, opened.number) else get_told(opened.campaign, number or 0)
    return Opening(row, beside(*told, entries_of(row.texts) if row else []))


def merge(opened: Opened, language: str, sent: Sent) -> Merged:
    """Give what a translation says with what was sent, of which nothing is kept.

    Raises NoSuchRevision, TranslationRefused with everything that is wrong, and TranslatedMeanwhile where somebody
    else changed the same texts since they were opened.
    """
    campaign = opened.campaign
    row = db.session.get(CampaignTranslation, (campaign.id, language), populate_existing=True)
    told = entries_of(row.texts) if row else []
    story, document = get_told(campaign, sent.revision)
    found = beside(story, document, told)
    # Whichever revision it was typed beside, readers find it with the newest one, and by its licence.
    theirs = words_kept_from(campaign.article_id, opened.story)
    changed = _read_all(found.pairs, sent, language, row, theirs)
    kept = [changed.get(number, pair.entry) for number, pair in enumerate(found.pairs)]
    return Merged(row, len(changed), [*filter(None, kept), *found.left])


def save_translation(by: int, campaign_id: int, language: str, sent: Sent, moment: datetime) -> int:
    """Keep what was typed, and give how many texts it changed; readers of a shown translation see it at once.

    Raises NoSuchCampaign, what `merge` does, and TooMuchTaken where texts that readers find tell the article's
    words one after the other.
    """
    opened = open_for_change(campaign_id)
    campaign, merged = opened.campaign, merge(opened, language, sent)
    if not merged.changed:
        return 0
    row = merged.row
    if row is None:
        row = CampaignTranslation(campaign_id=campaign_id, language=language, shown=False)
        db.session.add(row)
    if row.shown and campaign.is_readable:
        _refuse_taken_in_all(opened, language, merged.texts)
    row.texts, row.made_by_id, row.made_at = stored(merged.texts), by, moment
    _move_page(campaign)
    note(
        by,
        "campaign.translated",
        subject_of(campaign),
        moment,
        after={"language": language, "texts": merged.changed},
    )
    return merged.changed


def show_translation(by: int, campaign_id: int, language: str, shown: bool, moment: datetime) -> None:
    """Let readers find a translation, or not any more.

    Raises NoSuchCampaign, TitleNotTranslated, and TooMuchTaken where they would find the article's own words.
    """
    opened = open_for_change(campaign_id)
    found = open_translation(opened, language)
    titles = [pair.state for pair in found.beside.pairs if pair.key == "title"]
    if found.row is None or (shown and titles != ["done"]):
        raise TitleNotTranslated
    if found.row.shown == shown:
        return
    if shown:
        _refuse_taken_in_all(opened, language, entries_of(found.row.texts))
    found.row.shown = shown
    _move_page(opened.campaign)
    note(
        by,
        "campaign.translation_shown",
        subject_of(opened.campaign),
        moment,
        {"language": language, "shown": not shown},
        {"language": language, "shown": shown},
    )


def _read_all(
    pairs: list[Pair], sent: Sent, language: str, row: CampaignTranslation | None, theirs: ArticleWords
) -> dict[int, Entry | None]:
    """Give what becomes of the texts that were changed, None for one that is taken out."""
    changed: dict[int, Entry | None] = {}
    wrong: dict[int, CampaignRefused] = {}
    clashing: list[int] = []
    for number, pair in enumerate(pairs):
        text = normal(pair, sent.texts.get(number, pair.text))
        was = sent.was.get(number, stamp(pair.text))
        fits = number in sent.fits and pair.state == "changed"
        # What was not touched is not looked at either: its original may have changed since.
        if not fits and (stamp(text) == was or text == pair.text):
            continue
        try:
            if text:
                check(pair, text, language)
                _refuse_taken(words_read(text) if pair.is_piece else text, theirs)
        except CampaignRefused as refusal:
            wrong[number] = refusal
        if stamp(pair.text) != was:
            clashing.append(number)
        changed[number] = Entry(pair.key, pair.original, text) if text else None
    if wrong:
        raise TranslationRefused(wrong)
    if clashing and row is not None:
        raise TranslatedMeanwhile(_name_of(row.made_by_id), row.made_at, tuple(clashing))
    return changed


def _refuse_taken_in_all(opened: Opened, language: str, texts: list[Entry]) -> None:
    """Compare the page as readers find it: what stands in two texts can be one row to them."""
    theirs = words_kept_from(opened.campaign.article_id, opened.story)
    if taken := first_taken(theirs, translate(opened.story, opened.text, texts, language).story):
        raise TooMuchTaken(taken)


def _refuse_taken(text: str, theirs: ArticleWords) -> None:
    if taken := theirs.taken_in(text):
        raise TooMuchTaken(taken)


def _name_of(person_id: int) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def _move_page(campaign: Campaign) -> None:
    # Not `edited_by_id`: a campaign that comes from content files still follows them.
    campaign.page_version += 1
    db.session.flush()
