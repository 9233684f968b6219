"""Articles as they are found, in sentences of ours, and rows of those that wait for a campaign."""

from typing import Any

from portal.clock import now
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting import service
from portal.domain.campaigns.drafting.decisions import DraftWords
from portal.domain.campaigns.drafting.models import ImportedArticle
from tests.factories.campaigns import make_group

OPENING = "“Too few people know of us,” said Mina Oh, head of the ferry, in the May 2021 Report “Across”."
FERRIES = (
    "The harbour office counts between 1,200 and 1,500 people who cross by ferry on a working day of spring."
)
DOGS = "Nearly half of them take a dog along."
WORDS = DraftWords(
    opening="the opening",
    undated="undated",
    situation="Situation as described in %(year)s",
    checker="an organizer",
    declares="who declares: %(words)s",
    also="The article also says %(other)s.",
    itself="the article itself, which also says %(other)s",
)
_FIGURES: list[dict[str, Any]] = [
    {
        "text": "between 1,200 and 1,500", "value": None, "low": 1200, "high": 1500, "unit": "people",
        "counts": "people who cross by ferry", "year": 2021, "said_by": "the harbour office",
        "sentence": FERRIES, "section": "By ferry",
    },
    {
        "text": "Nearly half", "value": 0.5, "unit": "share", "counts": "of them take a dog along",
        "sentence": DOGS, "section": "By ferry",
    },
]  # fmt: skip


def make_article(**facts: Any) -> Article:
    """Give an article with two figures, of which one has no source, and a report that it dates in two ways."""
    defaults: dict[str, Any] = {
        "title": "The morning ferry",
        "title_found_in": "its first line",
        "summary": OPENING,
        "author": "Ada Writer",
        "author_office": "skipper",
        "interests": ["She owns a share of the ferry."],
        "published": "2021-06",
        "licence": None,
        "language": "en",
        "sections": [
            {"heading": "", "paragraphs": [OPENING]},
            {"heading": "By ferry", "paragraphs": [f"{FERRIES} {DOGS}"]},
        ],
        "figures": _FIGURES,
        "quotations": [
            {"text": "Too few people know of us", "speaker": "Mina Oh", "office": "head of the ferry"}
        ],
        "people": [{"name": "Mina Oh", "office": "head of the ferry"}],
        "organizations": [{"name": "Ferry Friends", "aliases": ["Friends of the Ferry"]}],
        "readings": [
            {
                "title": "“Across”",
                "publisher": "Harbour office",
                "date": "May 2020",
                "url": "https://example.org/across",
            }
        ],
        "links": [{"text": "timetable", "url": "https://www.example.net/times"}],
        "contradictions": [
            {
                "about": "the report “Across”",
                "says": ["May 2021", "May 2020"],
                "sentences": [OPENING, "“Across” May 2020, Harbour office"],
            }
        ],
        "left_out": [{"text": "Leave a reply", "reason": "the form for comments"}],
    }
    return Article.model_validate(defaults | facts)


def make_hangul_article() -> Article:
    """Give an article in Korean."""
    sentence = "항만청에 따르면 하루 187만 명이 배를 탄다."
    figure = {
        "text": "187만", "value": 1_870_000, "unit": "명", "counts": "배를 타는 사람", "year": None,
        "said_by": "항만청", "sentence": sentence, "section": "아침",
    }  # fmt: skip
    return make_article(
        title="아침 배",
        summary="",
        language="ko",
        sections=[{"heading": "아침", "paragraphs": [sentence]}],
        figures=[figure],
        quotations=[],
        contradictions=[],
    )


def make_imported(article: Article | None = None, by: int | None = None, **facts: Any) -> ImportedArticle:
    """Add an article that was read, as the portal keeps it; nothing about it is decided."""
    defaults: dict[str, Any] = {
        "file_name": "ferry.txt",
        "group": make_group(),
        "words": WORDS,
        "moment": now(),
    }
    return service.keep_article(by, article or make_article(), **(defaults | facts))
