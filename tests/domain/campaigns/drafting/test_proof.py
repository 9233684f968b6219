"""An article's own words reach no reader without its licence: in no language, by no field, and however they are set."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.db import db
from portal.domain.campaigns import starting
from portal.domain.campaigns.drafting.models import ArticleTrace
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.revisions import open_campaign
from portal.domain.campaigns.written import write_text
from tests.factories.campaigns import make_group

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AOIFE, ARTICLE = 7, 5
THEIRS = "Every spring the harbour office counts those who cross the river by ferry before the sun rises over the town."
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


@pytest.mark.parametrize(
    "hidden",
    [
        THEIRS.replace("river", "r*iv*er"),
        THEIRS.replace("river", "**ri**ver"),
        THEIRS.replace("river", "ri[ver](https://example.org)"),
        THEIRS.replace("river", "ri&shy;ver"),
        *(THEIRS.replace("river", f"ri{sign}ver") for sign in "\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        THEIRS.replace(" river ", " river\n\n> "),
        THEIRS.replace(" river ", " river\\\n"),
    ],
)
def test_nothing_that_a_reader_does_not_see_hides_a_row(db_session: Any, hidden: str) -> None:
    campaign_id = make_told(words=hidden, status="draft")
    assert tells_its_words(campaign_id)


def make_told(words: str = "Once it was told.", licence: str | None = None, status: str = "published") -> int:
    """Make a campaign of an article of one sentence, which it tells in other words; gives its id."""
    db.session.add(ArticleTrace(article_id=ARTICLE, rows=ArticleWords.read([THEIRS]).rows))
    front = TOLD | {"credit": CREDIT | ({"licence": licence} if licence else {})}
    text = write_text(front, words)
    campaign = starting.start_from_text(AOIFE, make_group(), text, "EUR", NOW, ARTICLE)
    campaign.status = status
    db.session.commit()
    return campaign.id


def tells_its_words(campaign_id: int) -> bool:
    """Whether a campaign is kept from its readers as it tells the article in the article's words."""
    missing = open_campaign(campaign_id).missing(NOW.date())
    return any(one.startswith("own_words:") for one in missing)
