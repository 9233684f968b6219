"""Searches that fit very many: only some names are looked at, which is told, and who types more finds everybody."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.db import db, table_of
from portal.domain.donations.export import GiftRow, stream_gifts
from portal.domain.donations.listing import list_gifts
from portal.domain.donations.models import Donation, DonationWord
from portal.domain.donations.sought import GiftFilter
from portal.domain.people.models import Person, PersonWord
from portal.domain.people.queries import fits_many, list_persons
from portal.domain.people.words import ids_by_words, words_of
from tests.factories.donations import make_donation
from tests.factories.people import make_person

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada", ["ada"]),
        ("Ada Lovelace", ["ada lovelace", "lovelace ada"]),
        ("Ada King Byron", ["ada king byron", "king byron ada", "byron ada king"]),
        ("김민아", ["김민아", "민아", "아"]),
        ("민아 Kim", ["민아 kim", "아 kim", "kim 민아"]),
        ("Ada ada", ["ada ada"]),
        ("A" * 60, ["a" * 40]),
        ("", []),
    ],
)
def test_each_word_of_a_name_goes_on_with_the_others(name: str, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    "typed", ["ada lovelace", "lovelace ada", "ADA LOVE", "love ad", "ad love", "byron ada", "lovelace", "by"]
)
def test_a_name_is_found_by_its_words_in_any_order_and_not_in_full(db_session: Any, typed: str) -> None:
    ada = make_person(name="Ada Byron Lovelace")
    for name in ("Ada Hopper", "Grace Lovelace", "Barbara"):
        make_person(name=name)
    assert ada in list_persons(typed, None, 50)
    assert [one.name for one in list_persons("lovelace byron ada", None, 50)] == ["Ada Byron Lovelace"]


def test_of_very_many_that_are_called_alike_some_are_listed_and_that_is_told(
    db_session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.people.queries.MOST_LOOKED_AT", 3)
    made = [make_person(name="Ada") for _ in range(3)]
    assert not fits_many("ada")
    made += [make_person(name="Ada") for _ in range(2)]
    # The newest of those with the very same name.
    assert list_persons("ada", None, 50) == made[:1:-1]
    assert fits_many("ada")
    assert not fits_many("ada lovelace")


def test_a_whole_name_is_found_however_many_begin_like_it(
    db_session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.domain.people.queries.MOST_LOOKED_AT", 3)
    kim, both = make_person(name="Kim"), make_person(name="Grace Lovelace")
    for number in range(5):
        make_person(name=f"Kimberly {number} Lovelace")
        make_person(name=f"Grace {number}")
    assert kim in list_persons("kim", None, 50)
    # In either order, while both of the words alone fit more than are looked at.
    for typed in ("grace lovelace", "lovelace grace", "grace lovel"):
        assert list_persons(typed, None, 50) == [both]


def test_addresses_that_begin_alike_are_some_too(db_session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.domain.people.queries.MOST_LOOKED_AT", 3)
    for number in range(5):
        make_person(email=f"mail{number}@example.org")
    assert fits_many("mail")
    assert len(list_persons("mail", None, 50)) == 3
    assert [one.email for one in list_persons("mail4@example.org", None, 50)] == ["mail4@example.org"]


@pytest.mark.parametrize("of_people", [True, False])
def test_a_page_of_gifts_says_that_it_looked_at_some_names_and_the_file_has_all(
    db_session: Any, monkeypatch: pytest.MonkeyPatch, of_people: bool
) -> None:
    monkeypatch.setattr("portal.domain.donations.sought.MOST_LOOKED_AT", 3)

    def give() -> Donation:
        if of_people:
            return make_donation(person_id=make_person(name="Ada Lovelace").id)
        return make_donation(name="Ada Lovelace")

    made = [give().id for _ in range(3)]
    wanted = GiftFilter(False, sought="ada")
    assert not list_gifts(wanted).fits_many
    made += [give().id for _ in range(2)]
    db_session.commit()
    page = list_gifts(wanted)
    assert ([gift.id for gift in page.gifts], page.fits_many) == (made[:1:-1], True)
    rows = [GiftRow(*row) for batch in stream_gifts(db.engine, wanted) for row in batch]
    assert [row.id for row in rows] == made[::-1]


def test_a_list_without_a_search_never_fits_many(db_session: Any) -> None:
    make_donation()
    assert not list_gifts(GiftFilter(False)).fits_many
    assert not fits_many("")


@pytest.mark.parametrize(("words", "index"), [(PersonWord, "person"), (DonationWord, "donation")])
def test_an_index_has_what_begins_alike_in_its_order(db_session: Any, words: Any, index: str) -> None:
    """However many begin so, the statement stops at the most that are looked at: nothing is sorted before."""
    ids = ids_by_words(table_of(words), "ada", 3)
    assert ids is not None
    dialect = db.engine.dialect
    if dialect.name == "postgresql":
        for way in ("seqscan", "bitmapscan", "sort"):
            db_session.execute(db.text(f"SET LOCAL enable_{way} = off"))
    sql = str(ids.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace("%", "%%")
    explain = "EXPLAIN QUERY PLAN" if dialect.name == "sqlite" else "EXPLAIN"
    plan = "\n".join(str(row[-1]) for row in db_session.connection().exec_driver_sql(f"{explain} {sql}"))
    assert f"ix_{index}_word_newest" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_words_follow_a_person_who_is_taken_out(db_session: Any) -> None:
    person = make_person(name="Ada Lovelace")
    db_session.delete(person)
    db_session.flush()
    assert db_session.scalars(select(PersonWord)).all() == []
    assert db_session.scalars(select(Person)).all() == []
