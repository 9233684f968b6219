"""Whether a campaign tells the article that it was made of in our words, as somebody else's text needs a licence."""

import re
from collections.abc import Iterator
from html import unescape

from sqlalchemy import and_, select

from portal.db import db
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.models import ArticleTrace
from portal.domain.campaigns.drafting.taken import ArticleWords
from portal.domain.campaigns.markdown import story_blocks
from portal.domain.campaigns.models import Campaign, CampaignTranslation
from portal.domain.campaigns.story import Block, Story
from portal.domain.campaigns.translations import entries_of, translate

# These stand within a word or beside it; every other one parts what is before it from what is behind it.
_INLINE = re.compile(r"</?(?:a|em|strong|cite)\b[^>]*>")
_QUOTED = re.compile(r"[“”]")
_CREDITED = ("article", "author", "office", "dated", "licence")
_LINK_TITLE = re.compile(r'<a\b[^>]* title="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")


def missing_own_words(campaign: Campaign, story: Story, text: str) -> tuple[str, ...]:
    """Name the first row of the article's own words that readers would find without its licence: "own_words:Too few …".

    They read the story, made of this text, and each translation of it that is shown.

    Empty for a campaign that was made of no article. One statement at most.
    """
    if _is_free(campaign.article_id, story):
        return ()
    shown = and_(CampaignTranslation.campaign_id == campaign.id, CampaignTranslation.shown)
    kept = select(ArticleTrace.rows, CampaignTranslation.language, CampaignTranslation.texts)
    # What is about to be refused must not reach the database before that.
    with db.session.no_autoflush:
        found = db.session.execute(
            kept.outerjoin(CampaignTranslation, shown).where(ArticleTrace.article_id == campaign.article_id)
        ).all()
    words = ArticleWords(found[0].rows if found else b"")
    beside = (campaign.purpose, campaign.receiver, campaign.receiver_checked_by or "")
    taken = next(filter(None, map(words.taken_in, beside)), "") or first_taken(words, story)
    for _, language, texts in found:
        if language and not taken:
            taken = first_taken(words, translate(story, text, entries_of(texts), language).story)
    return (f"own_words:{taken}",) if taken else ()


def words_kept_from(article_id: int | None, story: Story) -> ArticleWords:
    """Give the words that a story of this article may not tell, in whatever language; none where a licence allows it.

    One statement at most.
    """
    if _is_free(article_id, story):
        return ArticleWords(b"")
    with db.session.no_autoflush:
        rows = db.session.scalar(select(ArticleTrace.rows).where(ArticleTrace.article_id == article_id))
    return ArticleWords(rows or b"")


def first_taken(words: ArticleWords, story: Story) -> str:
    """Give the first row that a story, in whatever language, has of these words; empty where there is none."""
    return next((row for told in _told(story) if (row := words.taken_in(told))), "")


def words_read(piece: str) -> str:
    """Give a piece of Markdown as its readers read it: without its marks and the addresses of its links."""
    return " ".join(_words(one.html) for _, one in story_blocks(piece) if isinstance(one, Block))


def words_of(article: Article) -> ArticleWords:
    """Give the words that the article tells, without its reading list."""
    return ArticleWords.read(told for section in article.sections for told in section.paragraphs)


def _is_free(article_id: int | None, story: Story) -> bool:
    return article_id is None or (story.credit is not None and bool(story.credit.licence))


def _told(story: Story) -> Iterator[str]:
    yield from (words for words in (story.title, story.summary, story.situation, story.content_note) if words)
    yield from (f"{figure.shown} {figure.counts}" for figure in story.key_figures)
    yield from (claim.says for claim in story.claims)
    # What is quoted to the letter is no longer than a fragment, as in the form of decisions.
    yield from (part.as_written for part in story.sourced)
    yield from (part.contradicted_by for part in story.sourced if part.contradicted_by)
    yield from (text.note for text in story.reading if text.note)
    yield from (organization.does for organization in story.organizations)
    yield from _told_of_sources(story)
    # Figures and drawings that stand between two pieces of a sentence do not keep them apart for a reader.
    told = [block.html for block in story.blocks if block.kind == "html"]
    yield " ".join(map(_words, told))
    yield from (unescape(title) for html in told for title in _LINK_TITLE.findall(html))


def _told_of_sources(story: Story) -> Iterator[str]:
    """Give what can hold a sentence beside a source: what it is called, who said it, who gave the picture."""
    # A name and a long office behind it can be the article's to the letter; each of the two is short enough.
    yield from (words for part in story.sourced for words in (part.said_by or "").split(",", 1))
    yield from (part.section for part in story.sourced if part.section)
    yield from (text.publisher for text in story.reading)
    yield from (
        name for organization in story.organizations for name in (organization.name, *organization.aliases)
    )
    yield from (words for picture in story.pictures for words in (picture.alt, picture.credit))
    if story.credit:
        yield from filter(None, (getattr(story.credit, name) for name in _CREDITED))
        # What an author declares is quoted in fragments, one beside the other.
        yield from _QUOTED.split(story.credit.interest or "")


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())
