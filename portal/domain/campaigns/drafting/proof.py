"""Whether a campaign tells the article that it was made of in our words, as somebody else's text needs a licence."""

import re
from collections.abc import Iterator
from html import unescape

from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.models import ImportedArticle
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.story import Story

_TAG = re.compile(r"<[^>]*>")


def missing_own_words(campaign_id: int, story: Story) -> tuple[str, ...]:
    """Name the first row of the article's own words that a story tells without its licence: "own_words:Too few …".

    Empty for a campaign that was made of no article, or of one that was put away. One statement.
    """
    if story.credit is not None and story.credit.licence:
        return ()
    held = select(ImportedArticle.article).where(ImportedArticle.campaign_id == campaign_id).limit(1)
    # What is about to be refused must not reach the database before that.
    with db.session.no_autoflush:
        kept = db.session.scalar(held)
    if kept is None:
        return ()
    words = words_of(Article.model_validate(kept))
    taken = next((row for told in _told(story) if (row := words.taken_in(told))), "")
    return (f"own_words:{taken}",) if taken else ()


def words_of(article: Article) -> ArticleWords:
    """Give the words that the article tells, without its reading list."""
    return ArticleWords(told for section in article.sections for told in section.paragraphs)


def _told(story: Story) -> Iterator[str]:
    yield story.summary
    yield from (f"{figure.shown} {figure.counts}" for figure in story.key_figures)
    yield from (claim.says for claim in story.claims)
    yield from (_words(block.html) for block in story.blocks if block.kind == "html")


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
