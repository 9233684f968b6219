"""Finding in thousands of documents made at random, and in lines made to take long."""

import time

import pytest
from hypothesis import HealthCheck, given, settings

from portal.domain.campaigns.article.document import Document
from portal.domain.campaigns.article.finding import find_in
from tests.domain.campaigns.article.test_any_document import DOCUMENTS, check_found_in
from tests.factories.documents import make_document

LETTERS = 1_000_000
MOST_SECONDS = 2.0
# What a careless pattern would try again and again, or a careless loop from the beginning each time.
TRAPS = {
    "one word": "a",
    "one number": "1",
    "numbers": "1 ",
    "groups": "1,",
    "opened marks": "“",
    "opened and closed in turn": "‘“",
    "straight marks": '" ',
    "full stops": ". ",
    "capitals": "Aa ",
    "letters with stops": "A.",
    "names that go on": "Xy of ",
    "names with and": "Ministry of Aa and ",
    "sayings": "said ",
    "commas": ", ",
    "brackets": "(",
    "number words": "one two ",
    "hundreds": "hundred and ",
    "ranges": "between 1 and ",
    "dashes": "1-",
    "halves": "half of ",
    "money": "$1 ",
    "addresses": "http://a ",
    "apostrophes": "a'",
    "Korean scales": "3천",
    "Korean words": "한 ",
    "Korean fractions": "3분의 ",
    "Korean ranges": "1~",
    "Korean counters": "1명 ",
}


@settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_every_document_gives_an_article(document: Document) -> None:
    check_found_in(document)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_line_of_a_million_letters_takes_no_longer_than_reading_it(trap: str) -> None:
    document = make_document((TRAPS[trap] * LETTERS)[:LETTERS])
    started = time.process_time()
    find_in(document)

    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("trap", TRAPS)
def test_many_short_pieces_take_no_longer(trap: str) -> None:
    document = make_document(*[(TRAPS[trap] * 40)[:200]] * (LETTERS // 200))
    started = time.process_time()
    find_in(document)

    assert time.process_time() - started < MOST_SECONDS
