"""From an article that was read to one draft: nothing decided is lost, and nothing is made of what is still open."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.db import db
from portal.domain.audit.queries import list_entries
from portal.domain.campaigns import editing, starting
from portal.domain.campaigns.drafting import service
from portal.domain.campaigns.drafting.decisions import Decisions, FigureDecided
from portal.domain.campaigns.drafting.errors import (
    DecidedMeanwhile,
    DraftRefused,
    DraftThere,
    FragmentTooLong,
    LicenceMissing,
    NoSuchArticle,
    NotSettled,
    TooManyTaken,
    TooMuchTaken,
)
from portal.domain.campaigns.drafting.models import ArticleTrace, ImportedArticle
from portal.domain.campaigns.drafting.queries import find_article_of, get_imported, list_waiting
from portal.domain.campaigns.drafting.taken import LONGEST_FRAGMENT, SIZE
from portal.domain.campaigns.errors import AddressTaken, EntryMissing, NotReady, Problem
from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.written import take_apart, write_text
from tests.factories.campaigns import make_campaign, make_group
from tests.factories.drafting import DOGS, FERRIES, OPENING, WORDS, make_article, make_imported
from tests.factories.people import make_person
from tests.foundation.statements import counted

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = NOW.date().isoformat()
AOIFE, BEN = 7, 8
LONG_COUNT = FigureDecided(
    shown="between 1,200 and 1,500",
    counts="people who cross by ferry on a working day",
    as_written="1,200",
    section="x",
)
COMPLETE = {
    "settled": ("May 2020",),
    "purpose": "Ferry tickets",
    "goal": "1500",
    "receiver": "Test Circle",
    "country": "IE",
    "looked_up_on": TODAY,
    "compared_on": TODAY,
}


@pytest.mark.both_databases
def test_a_draft_is_made_once_however_often_the_button_is_pressed(db_session: Any) -> None:
    article_id = make_imported(by=AOIFE).id
    decisions = decided(article_id, **COMPLETE)
    made = [make(article_id, 1, decisions) for _ in range(2)]
    opened = open_campaign(made[0])
    assert made == [opened.campaign.id] * 2
    assert db_session.scalar(select(func.count(Campaign.id))) == 1
    assert (opened.campaign.status, opened.campaign.slug) == ("draft", "the-morning-ferry")
    assert (opened.campaign.receiver_checked_by, opened.campaign.receiver_country) == ("an organizer", "IE")
    assert find_article_of(made[0]) == article_id
    noted = [(one.action, one.subject, one.after) for one in list_entries()]
    assert noted == [
        ("campaign.started", f"campaign:{made[0]}", {"article": article_id, "address": "the-morning-ferry"}),
        ("article.decided", f"article:{article_id}", {"version": 2}),
        ("article.read", f"article:{article_id}", {"figures": 2}),
    ]


def test_a_draft_is_published_once_every_figure_has_its_source_and_was_compared(db_session: Any) -> None:
    article_id = make_imported().id
    figures = [one.model_copy(update={"no_source": True}) for one in decided(article_id).figures]
    for entries, missing in (
        ({"compared_on": ""}, {"said_by", "compared"}),
        ({}, {"said_by"}),
        ({"figures": tuple(figures)}, set()),
    ):
        title = f"Ferry {len(missing)}"
        article_id = make_imported().id
        campaign_id = make(article_id, 1, decided(article_id, **COMPLETE | {"title": title} | entries))
        if missing:
            with pytest.raises(NotReady) as refused:
                editing.publish(AOIFE, campaign_id, 1, NOW)
            assert {one.partition(":")[0] for one in refused.value.missing} == missing
        else:
            editing.publish(AOIFE, campaign_id, 1, NOW)
            assert db_session.get_one(Campaign, campaign_id).status == "published"


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ({"settled": ("",)}, {"settled-0": NotSettled}),
        ({"purpose": "", "receiver": " "}, {"purpose": EntryMissing, "receiver": EntryMissing}),
        ({"summary": FERRIES}, {"summary": TooMuchTaken}),
        ({"figures": (LONG_COUNT,)}, {"figures-0-counts": TooMuchTaken}),
        ({"whose_words": "theirs"}, {"credit_licence": LicenceMissing}),
        ({"checked_by": " "}, {"checked_by": EntryMissing}),
        ({"country": "KP"}, {"country": Problem}),
        ({"credit_author": ""}, {"credit_author": Problem}),
        ({"credit_url": "javascript:alert(1)"}, {"credit_url": Problem}),
    ],
)
def test_what_is_wrong_is_told_by_its_entry_and_no_campaign_is_made(
    db_session: Any, entries: dict[str, Any], wrong: dict[str, type]
) -> None:
    article_id = make_imported().id
    with pytest.raises(DraftRefused) as refused:
        make(article_id, 1, decided(article_id, **COMPLETE | entries))
    assert {name: type(one) for name, one in refused.value.by_entry.items()} == wrong
    db_session.rollback()
    assert db_session.scalar(select(func.count(Campaign.id))) == 0


def test_all_that_is_wrong_is_told_at_once(db_session: Any) -> None:
    make_campaign(slug="the-morning-ferry")
    article_id = make_imported().id
    claims, readings = decided(article_id).claims, decided(article_id).readings
    open_ones = {
        "claims": (claims[0].model_copy(update={"take": True, "as_written": "so " * 12}),),
        "readings": (readings[0].model_copy(update={"publisher": "", "url": ""}),),
    }
    with pytest.raises(DraftRefused) as refused:
        make(article_id, 1, decided(article_id, **open_ones))
    told = {name: type(one) for name, one in refused.value.by_entry.items()}
    assert told == {
        "settled-0": NotSettled,
        "title": AddressTaken,
        **dict.fromkeys(("purpose", "goal", "receiver"), EntryMissing),
        **dict.fromkeys(("claims-0-says", "readings-0-publisher"), Problem),
        "claims-0-as_written": FragmentTooLong,
    }


def test_a_quotation_is_a_fragment(db_session: Any) -> None:
    for take, words, wrong in (
        (True, 12, {"claims-0-as_written": FragmentTooLong(11)}),
        (False, 12, {}),
        (True, 11, {}),
    ):
        article_id = make_imported().id
        (claim,) = decided(article_id).claims
        long = claim.model_copy(update={"take": take, "says": "Few know.", "as_written": "so " * words})
        title = f"{take} {words}"
        try:
            make(article_id, 1, decided(article_id, **COMPLETE | {"claims": (long,), "title": title}))
            told: dict[str, Any] = {}
        except DraftRefused as refusal:
            told = dict(refusal.by_entry)
            db_session.rollback()
        assert told == wrong


def test_the_article_s_words_may_be_told_where_its_licence_is_named(db_session: Any) -> None:
    article_id = make_imported().id
    licensed = {"whose_words": "theirs", "credit_licence": "CC BY 4.0", "summary": FERRIES}
    assert (
        open_campaign(make(article_id, 1, decided(article_id, **COMPLETE | licensed))).story.summary
        == FERRIES
    )


def test_a_campaign_that_tells_the_article_in_its_own_words_is_not_published_without_a_licence(
    db_session: Any,
) -> None:
    article_id = make_imported().id
    nobody = [one.model_copy(update={"no_source": True}) for one in decided(article_id).figures]
    campaign_id = make(article_id, 1, decided(article_id, **COMPLETE | {"figures": tuple(nobody)}))
    text = open_campaign(campaign_id).text
    copied = text + f"\n> Look: *{FERRIES.split()[0]}* {' '.join(FERRIES.split()[1:])}\n"
    assert editing.save_revision(AOIFE, campaign_id, 1, copied, NOW) == 2
    with pytest.raises(NotReady) as refused:
        editing.publish(AOIFE, campaign_id, 2, NOW)
    (missing,) = refused.value.missing
    assert missing.startswith("own_words:The harbour office counts between 1,200")
    licensed = copied.replace("  author: Ada Writer\n", "  author: Ada Writer\n  licence: CC BY 4.0\n")
    for better in (licensed, text):
        number = editing.save_revision(AOIFE, campaign_id, open_campaign(campaign_id).number, better, LATER)
        editing.publish(AOIFE, campaign_id, number, LATER)
    with pytest.raises(NotReady):
        editing.save_revision(AOIFE, campaign_id, number, copied, LATER)


@pytest.mark.parametrize("place", ["situation", "as_written", "story"])
def test_no_place_tells_the_article_s_own_words(db_session: Any, place: str) -> None:
    campaign_id = make_sourced(make_imported().id)
    text = open_campaign(campaign_id).text
    copied = {
        "situation": text.replace("situation: ", f"situation: {FERRIES} ", 1),
        "as_written": text.replace("as_written: between", f"as_written: {FERRIES} between", 1),
        "story": text + f"\n{FERRIES}\n",
    }[place]
    assert editing.save_revision(AOIFE, campaign_id, 1, copied, NOW) == 2
    assert tells_its_words(campaign_id)


@pytest.mark.both_databases
def test_neither_a_copy_nor_a_lost_credit_nor_an_article_put_away_ends_the_comparison(
    db_session: Any,
) -> None:
    article_id = make_imported().id
    campaign_id = make_sourced(article_id)
    copy_id = starting.duplicate(AOIFE, campaign_id, NOW).id
    front, words = take_apart(open_campaign(copy_id).text)
    without_credit = write_text({name: one for name, one in front.items() if name != "credit"}, words)
    editing.save_revision(AOIFE, copy_id, 1, f"{without_credit}\n{FERRIES}\n", NOW)
    copy_of_copy_id = starting.duplicate(AOIFE, copy_id, NOW).id
    assert (tells_its_words(copy_id), tells_its_words(copy_of_copy_id)) == (True, True)
    assert find_article_of(copy_of_copy_id) == article_id

    service.put_away(AOIFE, article_id, LATER)
    assert (tells_its_words(copy_id), tells_its_words(copy_of_copy_id)) == (True, True)
    assert not tells_its_words(campaign_id)
    assert find_article_of(copy_id) is None


def test_what_stays_of_an_article_for_comparison_has_none_of_its_words(db_session: Any) -> None:
    article_id = make_imported().id
    assert db_session.get(ArticleTrace, article_id) is None
    make_sourced(article_id)
    service.put_away(AOIFE, article_id, LATER)
    kept = db_session.get_one(ArticleTrace, article_id).rows
    sentences = [one.replace("“", "").replace("”", "").split() for one in (OPENING, f"{FERRIES} {DOGS}")]
    assert len(kept) == SIZE * sum(len(words) - LONGEST_FRAGMENT for words in sentences)
    assert not any(word.encode() in kept for words in sentences for word in words if len(word) > 3)


@pytest.mark.both_databases
def test_a_look_at_a_campaign_reads_nothing_of_its_article(app: Flask, db_session: Any) -> None:
    campaign_id = make_sourced(make_imported().id)
    opened = open_campaign(campaign_id)
    with counted(app) as statements:
        opened.missing(NOW.date())
    (statement,) = statements
    assert "imported_article" not in statement.sql


def test_a_title_whose_address_is_taken_is_told_beside_the_title(db_session: Any) -> None:
    make_campaign(slug="the-morning-ferry")
    article_id = make_imported().id
    with pytest.raises(DraftRefused) as refused:
        make(article_id, 1, decided(article_id, **COMPLETE))
    assert {name: type(one) for name, one in refused.value.by_entry.items()} == {"title": AddressTaken}


def test_no_more_are_taken_than_the_editor_holds(db_session: Any) -> None:
    figure = make_article().figures[0].model_dump()
    article_id = make_imported(make_article(figures=[figure] * 31)).id
    with pytest.raises(DraftRefused) as refused:
        make(article_id, 1, decided(article_id, **COMPLETE))
    assert refused.value.by_entry == {"figures": TooManyTaken(30)}


@pytest.mark.both_databases
def test_decisions_are_kept_half_way_and_the_second_of_two_editors_is_told(db_session: Any) -> None:
    article_id, ben = make_imported().id, make_person(name="Ben").id
    theirs, mine = decided(article_id, title="Theirs"), decided(article_id, title="Mine", purpose=" half ")
    assert service.save_decisions(ben, article_id, 1, theirs, NOW) == 2
    for attempt in (service.save_decisions, make):
        with pytest.raises(DecidedMeanwhile) as refused:
            attempt(
                *((AOIFE,) if attempt != make else ()),
                article_id,
                1,
                mine,
                *((LATER,) if attempt != make else ()),
            )
        assert (refused.value.number, refused.value.by, refused.value.at) == (2, "Ben", NOW)
    assert get_imported(article_id).decisions == theirs

    assert service.save_decisions(AOIFE, article_id, 2, mine, LATER) == 3
    assert service.save_decisions(AOIFE, article_id, 2, mine, LATER) == 3  # pressed twice
    imported = get_imported(article_id)
    assert (imported.decisions, imported.number) == (mine, 3)
    assert [(one.title, one.at) for one in list_waiting(None)[0]] == [("Mine", LATER)]


def test_nothing_is_decided_any_more_once_a_draft_was_made(db_session: Any) -> None:
    article_id = make_imported().id
    campaign_id = make(article_id, 1, decided(article_id, **COMPLETE))
    with pytest.raises(DraftThere) as refused:
        service.save_decisions(BEN, article_id, 2, decided(article_id, title="Late"), LATER)
    assert refused.value.campaign_id == campaign_id
    assert list_waiting(None) == ([], None)


def test_an_article_that_is_put_away_is_gone_and_its_campaign_stays(db_session: Any) -> None:
    article_id = make_imported().id
    campaign_id = make(article_id, 1, decided(article_id, **COMPLETE))
    service.put_away(AOIFE, article_id, LATER)
    with pytest.raises(NoSuchArticle):
        get_imported(article_id)
    for late in (
        lambda: service.put_away(AOIFE, article_id, LATER),
        lambda: make(article_id, 1, decisions()),
    ):
        with pytest.raises(NoSuchArticle):
            late()
    assert (find_article_of(campaign_id), open_campaign(campaign_id).number) == (None, 1)
    assert (list_entries()[0].action, list_entries()[0].subject) == (
        "article.put_away",
        f"article:{article_id}",
    )
    assert make_imported().id > article_id


@pytest.mark.both_databases
def test_all_that_wait_are_listed_the_newest_first_a_part_at_a_time(db_session: Any) -> None:
    made = [make_imported(file_name=f"{n}.txt").id for n in range(5)]
    parts = [list_waiting(before, 3) for before in (None, made[2], made[3])]
    assert [[one.id for one in found] for found, _ in parts] == [made[:1:-1], made[1::-1], made[2::-1]]
    assert [older for _, older in parts] == [made[2], None, None]
    assert parts[0][0][0].by is None


def test_characters_that_no_database_takes_are_left_out_when_an_article_is_kept(db_session: Any) -> None:
    row = make_imported(make_article(title="A\0ferry\ud800", author="민아\u2028"), file_name="a\0b.txt")
    db_session.expire_all()
    imported = get_imported(row.id)
    assert (imported.article.title, imported.article.author, imported.file_name) == (
        "Aferry",
        "민아",
        "ab.txt",
    )
    assert db_session.scalar(select(ImportedArticle.title)) == "Aferry"


def make_sourced(article_id: int) -> int:
    """Make a draft whose figures all have their source; gives the id of its campaign."""
    nobody = tuple(one.model_copy(update={"no_source": True}) for one in decided(article_id).figures)
    return make(article_id, 1, decided(article_id, **COMPLETE | {"figures": nobody}))


def tells_its_words(campaign_id: int) -> bool:
    """Whether a campaign is kept from its readers as it tells the article in the article's words."""
    missing = open_campaign(campaign_id).missing(NOW.date())
    return any(one.startswith("own_words:The harbour office") for one in missing)


def decisions() -> Decisions:
    return Decisions(title="", summary="")


def decided(article_id: int, **entries: Any) -> Decisions:
    """Give what is decided about an article so far, with these entries changed."""
    return get_imported(article_id).decisions.model_copy(update=entries)


def make(article_id: int, number: int, decided: Decisions) -> int:
    """Make a draft; gives the id of its campaign."""
    made = service.make_campaign(AOIFE, article_id, number, decided, make_group(), WORDS, NOW)
    db.session.commit()
    return made
