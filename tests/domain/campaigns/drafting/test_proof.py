"""An article's own words reach no reader without its licence: in no language, by no field, and however they are set."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.db import db
from portal.domain.campaigns import editing, starting, translating
from portal.domain.campaigns.drafting.errors import TooMuchTaken
from portal.domain.campaigns.drafting.models import ArticleTrace
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.errors import NotReady, TranslationRefused
from portal.domain.campaigns.models import CampaignTranslation
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.translating import Sent
from portal.domain.campaigns.translations import stamp
from portal.domain.campaigns.written import take_apart, write_text
from tests.factories.campaigns import make_group

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AOIFE, ARTICLE = 7, 5
THEIRS = "Every spring the harbour office counts those who cross the river by ferry before the sun rises over the town."
TAKEN = "Every spring the harbour office counts those who cross the river"
HALF, OTHER_HALF = TAKEN, THEIRS.removeprefix(TAKEN).strip()
TITLE, SUMMARY = 0, 1
CREDIT = {
    "article": "The ferry",
    "author": "Ada Writer",
    "office": "skipper",
    "interest": "who owns a boat",
    "dated": "2018",
}
TOLD: dict[str, Any] = {
    "title": "Across the river",
    "summary": "How people cross.",
    "currency": "EUR",
    "goal": "1500 EUR",
    "amounts": ["10 EUR", "25 EUR"],
    "usual_amount": "25 EUR",
    "receiver": {
        "name": "Test Circle",
        "country": "IE",
        "purpose": "Ferry tickets",
        "check": {
            "checked_on": "2026-11-01",
            "checked_by": "the treasurer",
            "lists": ["UN", "EU", "UK", "US"],
        },
    },
    "key_figures": [
        {
            "id": "crossing",
            "as_written": "1,200",
            "shown": "1,200",
            "counts": "passengers",
            "said_by": "the harbour office",
            "year": 2018,
            "section": "By ferry",
            "last_checked": "2026-11-20",
        }
    ],
    "reading": [{"title": "Across", "publisher": "Harbour office", "url": "https://example.org/across"}],
    "organizations": [{"name": "Ferry Friends", "aliases": ["Friends"], "does": "Helps passengers."}],
}


@pytest.mark.both_databases
def test_a_licence_is_not_taken_back_while_readers_find_the_article_in_a_translation(
    db_session: Any,
) -> None:
    campaign_id = make_told(licence="CC BY 4.0")
    translate(campaign_id, {TITLE: "Die Fähre", SUMMARY: THEIRS})
    translating.show_translation(AOIFE, campaign_id, "de", True, NOW)
    with pytest.raises(NotReady) as refused:
        save_licence(campaign_id, None)
    (missing,) = refused.value.missing
    assert missing.startswith(f"own_words:{TAKEN}")
    db_session.rollback()

    translating.show_translation(AOIFE, campaign_id, "de", False, NOW)
    save_licence(campaign_id, None)
    with pytest.raises(TooMuchTaken) as told:
        translating.show_translation(AOIFE, campaign_id, "de", True, NOW)
    assert told.value.words.startswith(TAKEN)
    assert not db_session.get_one(CampaignTranslation, (campaign_id, "de")).shown


def test_a_translation_is_compared_by_the_licence_of_the_newest_text_and_not_of_the_one_beside_it(
    db_session: Any,
) -> None:
    campaign_id = make_told(licence="CC BY 4.0")
    save_licence(campaign_id, None)
    with pytest.raises(TranslationRefused) as refused:
        translate(campaign_id, {TITLE: "Die Fähre", SUMMARY: THEIRS}, number=1)
    assert {at: type(one) for at, one in refused.value.by_number.items()} == {SUMMARY: TooMuchTaken}
    save_licence(campaign_id, "CC BY 4.0")
    assert translate(campaign_id, {SUMMARY: THEIRS}, number=2) == 1


def test_a_copy_is_neither_shown_nor_published_with_the_article_in_its_translation(db_session: Any) -> None:
    campaign_id = make_told(licence="CC BY 4.0")
    translate(campaign_id, {TITLE: "Die Fähre", SUMMARY: THEIRS})
    copy_id = starting.duplicate(AOIFE, campaign_id, NOW).id
    translating.show_translation(AOIFE, copy_id, "de", True, NOW)
    save_licence(copy_id, None)
    assert tells_its_words(copy_id)
    translating.show_translation(AOIFE, copy_id, "de", False, NOW)
    assert not tells_its_words(copy_id)
    with pytest.raises(TooMuchTaken):
        translating.show_translation(AOIFE, copy_id, "de", True, NOW)


def test_two_translated_texts_that_readers_see_as_one_row_are_compared_as_one(db_session: Any) -> None:
    campaign_id = make_told(words="It was told.\n\nIt was told again.")
    at = [pair.original for pair in beside(campaign_id)].index("It was told.")
    translate(campaign_id, {TITLE: "Die Fähre", at: HALF})
    translating.show_translation(AOIFE, campaign_id, "de", True, NOW)
    with pytest.raises(TooMuchTaken):
        translate(campaign_id, {at + 1: OTHER_HALF})


@pytest.mark.parametrize(
    "hidden",
    [
        THEIRS.replace("river", "r*iv*er"),
        THEIRS.replace("river", "ri[ver](https://example.org)"),
    ],
)
def test_a_translated_piece_is_compared_as_its_readers_read_it(db_session: Any, hidden: str) -> None:
    original = "It was [told](https://example.org)." if "https" in hidden else "It was told."
    campaign_id = make_told(words=original)
    at = [pair.original for pair in beside(campaign_id)].index(original)
    with pytest.raises(TranslationRefused) as refused:
        translate(campaign_id, {at: hidden})
    assert isinstance(refused.value.by_number[at], TooMuchTaken)


@pytest.mark.parametrize(
    "hidden",
    [
        THEIRS.replace("river", "r*iv*er"),
        THEIRS.replace("river", "**ri**ver"),
        THEIRS.replace("river", "ri[ver](https://example.org)"),
        THEIRS.replace("river", "ri&shy;ver"),
        *(THEIRS.replace("river", f"ri{sign}ver") for sign in "\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        *(THEIRS.replace("river", f"ri{sign}ver") for sign in "\u3164\U000e0020\u0323\u180b\u2061"),
        THEIRS.replace(" river ", " river\n\n:: figure crossing\n\n"),
        f"[It was told](https://example.org '{THEIRS}').",
        THEIRS.replace(" river ", " river\n\n> "),
        THEIRS.replace(" river ", " river\\\n"),
    ],
)
def test_nothing_that_a_reader_does_not_see_hides_a_row(db_session: Any, hidden: str) -> None:
    campaign_id = make_told(words=hidden, status="draft")
    assert tells_its_words(campaign_id)


@pytest.mark.parametrize(
    "place",
    [
        ("receiver", "purpose"),
        ("credit", "article"),
        ("credit", "interest"),
        ("credit", "office"),
        ("key_figures", 0, "said_by"),
        ("key_figures", 0, "section"),
        ("organizations", 0, "name"),
        ("organizations", 0, "aliases", 0),
        ("receiver", "check", "checked_by"),
        ("credit", "author"),
        ("reading", 0, "publisher"),
    ],
)
def test_no_field_that_can_hold_a_sentence_tells_the_article(
    db_session: Any, place: tuple[str | int, ...]
) -> None:
    campaign_id = make_told(status="draft")
    assert not tells_its_words(campaign_id)
    front, words = take_apart(open_campaign(campaign_id).text)
    held: Any = front
    for name in place[:-1]:
        held = held[name]
    held[place[-1]] = f"So: {THEIRS}"
    save(campaign_id, write_text(front, words))
    assert tells_its_words(campaign_id)


def test_a_declared_interest_is_quoted_in_fragments_an_office_is_behind_a_name_and_what_to_read_is_told_in_full(
    db_session: Any,
) -> None:
    campaign_id = make_told(status="draft")
    front, words = take_apart(open_campaign(campaign_id).text)
    front["credit"] |= {"interest": f"who declares: “{HALF}”, “{OTHER_HALF}”"}
    front["reading"][0]["title"] = THEIRS
    front["key_figures"][0]["said_by"] = f"{HALF}, {OTHER_HALF}"
    save(campaign_id, write_text(front, words))
    assert not tells_its_words(campaign_id)


def make_told(words: str = "Once it was told.", licence: str | None = None, status: str = "published") -> int:
    """Make a campaign of an article of one sentence, which it tells in other words; gives its id."""
    db.session.add(ArticleTrace(article_id=ARTICLE, rows=ArticleWords.read([THEIRS]).rows))
    front = TOLD | {"credit": CREDIT | ({"licence": licence} if licence else {})}
    text = write_text(front, words)
    campaign = starting.start_from_text(AOIFE, make_group(), text, "EUR", NOW, ARTICLE)
    campaign.status = status
    db.session.commit()
    return campaign.id


def save(campaign_id: int, text: str) -> None:
    editing.save_revision(AOIFE, campaign_id, open_campaign(campaign_id).number, text, NOW)
    db.session.commit()


def save_licence(campaign_id: int, licence: str | None) -> None:
    front, words = take_apart(open_campaign(campaign_id).text)
    front["credit"] = {name: one for name, one in front["credit"].items() if name != "licence"}
    front["credit"] |= {"licence": licence} if licence else {}
    save(campaign_id, write_text(front, words))


def beside(campaign_id: int) -> Any:
    return translating.open_translation(open_campaign(campaign_id), "de").beside.pairs


def translate(campaign_id: int, texts: dict[int, str], number: int | None = None) -> int:
    """Send these texts beside a revision, the newest one by default; gives how many changed."""
    pairs = beside(campaign_id)
    was = {at: stamp(pairs[at].text) for at in texts}
    sent = Sent(number or open_campaign(campaign_id).number, texts, was, frozenset())
    changed = translating.save_translation(AOIFE, campaign_id, "de", sent, NOW)
    db.session.commit()
    return changed


def tells_its_words(campaign_id: int) -> bool:
    """Whether a campaign is kept from its readers as it tells the article in the article's words."""
    missing = open_campaign(campaign_id).missing(NOW.date())
    return any(one.startswith("own_words:") for one in missing)
