"""What organizers do with an article: have it read, decide about it, make a campaign's draft of it, put it away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.domain.audit.service import note
from portal.domain.campaigns.addresses import address_of
from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.adding import Added, with_added
from portal.domain.campaigns.drafting.decisions import Decisions, DraftWords, first_decisions
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
from portal.domain.campaigns.drafting.models import (
    LONGEST_FILE_NAME,
    LONGEST_TITLE_KEPT,
    ArticleTrace,
    ImportedArticle,
)
from portal.domain.campaigns.drafting.proof import words_of
from portal.domain.campaigns.drafting.settling import open_contradictions
from portal.domain.campaigns.drafting.taken import LONGEST_FRAGMENT, ArticleWords, count_words
from portal.domain.campaigns.drafting.writing import (
    Draft,
    draft_of,
    fragments_by_entry,
    text_of_draft,
    words_by_entry,
)
from portal.domain.campaigns.errors import (
    AddressTaken,
    ContentInvalid,
    EntryMissing,
    Problem,
    StartRefused,
    TextTooLong,
)
from portal.domain.campaigns.models import Group
from portal.domain.campaigns.revisions import day_of
from portal.domain.campaigns.starting import Start, is_taken, read_start, read_text, start_from_text
from portal.domain.campaigns.written import MOST_ROWS, cleaned
from portal.domain.people.models import Person
from portal.money import parse_amount

# Where the editor shows what the draft's rows were decided as.
_LISTS = {
    "key_figures": "figures",
    "claims": "claims",
    "reading": "readings",
    "organizations": "organizations",
}


def keep_article(
    by: int | None, article: Article, file_name: str, group: Group, words: DraftWords, moment: datetime
) -> ImportedArticle:
    """Keep an article as it was found, for organizers to decide about; `by` is None for the command line."""
    article = Article.model_validate(_without_hidden(article.model_dump(mode="json")))
    decisions = first_decisions(article, words, next(iter(group.card_fees), ""))
    row = ImportedArticle(
        file_name=cleaned(file_name)[:LONGEST_FILE_NAME],
        title=decisions.title[:LONGEST_TITLE_KEPT],
        article=article.model_dump(mode="json"),
        decisions=decisions.model_dump(mode="json"),
        made_by_id=by,
        made_at=moment,
        edited_by_id=by,
        edited_at=moment,
    )
    db.session.add(row)
    db.session.flush()
    note(by, "article.read", subject_of(row), moment, after={"figures": len(article.figures)})
    return row


def save_decisions(by: int, article_id: int, number: int, decisions: Decisions, moment: datetime) -> int:
    """Keep what was decided so far on top of version `number`, and give the version that it is; nothing is refused.

    Raises NoSuchArticle, DraftThere, and DecidedMeanwhile when somebody decided otherwise since version `number`.
    """
    row = _lock(article_id)
    if row.campaign_id is not None:
        raise DraftThere(row.campaign_id)
    _decide(by, row, number, decisions, moment)
    return row.version


def add_to_article(
    by: int,
    article_id: int,
    number: int,
    decisions: Decisions,
    added: Added,
    words: DraftWords,
    moment: datetime,
) -> Decisions:
    """Keep what was decided so far, with what an organizer saw in the article beside it; gives all of it.

    Raises what `save_decisions` does, and DraftRefused with what is wrong beside each entry of what was added.
    """
    row = _lock(article_id)
    if row.campaign_id is not None:
        raise DraftThere(row.campaign_id)
    article, decisions = with_added(Article.model_validate(row.article), decisions, added, words)
    _decide(by, row, number, decisions, moment)
    row.article = article.model_dump(mode="json")
    told = {"figures": len(article.figures), "organizations": len(article.organizations)}
    note(by, "article.completed", subject_of(row), moment, after=told)
    db.session.flush()
    return decisions


def make_campaign(
    by: int,
    article_id: int,
    number: int,
    decisions: Decisions,
    group: Group,
    words: DraftWords,
    moment: datetime,
) -> int:
    """Keep what was decided, make a campaign's draft of it, and give its id; one that is there already is given.

    Raises what `save_decisions` does, and DraftRefused with what is wrong beside each entry.
    """
    row = _lock(article_id)
    if row.campaign_id is not None:
        return row.campaign_id
    _decide(by, row, number, decisions, moment)
    article = Article.model_validate(row.article)
    draft, own = draft_of(article, decisions, words, day_of(group, moment)), words_of(article)
    start = _read_start(draft, group, own)
    row.campaign_id = _start(by, draft, start, group, row.id, moment)
    db.session.add(ArticleTrace(article_id=row.id, rows=own.rows))
    db.session.flush()
    return row.campaign_id


def put_away(by: int, article_id: int, moment: datetime) -> None:
    """Take an article out for good, with all that was decided about it.

    A campaign made of it stays, and stays compared with it: by its trace, from which nobody can read it.

    Raises NoSuchArticle.
    """
    row = _lock(article_id)
    note(by, "article.put_away", subject_of(row), moment)
    db.session.delete(row)
    db.session.flush()


def subject_of(row: ImportedArticle) -> str:
    """Name an article as the audit log does: "article:3"."""
    return f"article:{row.id}"


def _lock(article_id: int) -> ImportedArticle:
    """Give an article's row that nobody else changes before this transaction ends."""
    locked = select(ImportedArticle).where(ImportedArticle.id == article_id).with_for_update()
    row = db.session.scalar(locked.execution_options(populate_existing=True))
    if row is None:
        raise NoSuchArticle(article_id)
    return row


def _decide(by: int, row: ImportedArticle, number: int, decisions: Decisions, moment: datetime) -> None:
    decided = decisions.model_dump(mode="json")
    if decided == row.decisions:
        return
    if number != row.version:
        who = db.session.get(Person, row.edited_by_id) if row.edited_by_id is not None else None
        raise DecidedMeanwhile(row.version, who.name if who else None, row.edited_at)
    row.decisions, row.title = decided, decisions.title[:LONGEST_TITLE_KEPT]
    row.version += 1
    row.edited_by_id, row.edited_at = by, moment
    db.session.flush()
    note(by, "article.decided", subject_of(row), moment, after={"version": row.version})


def _read_start(draft: Draft, group: Group, own: ArticleWords) -> Start:
    """Give what the draft's money needs. Raises DraftRefused with all that is wrong, in the text as well."""
    one, wrong, start = draft.decisions, dict(_wrong(draft, own)), None
    try:
        start = read_start(
            title=one.title,
            purpose=one.purpose,
            goal=one.goal,
            currency=one.currency,
            receiver=one.receiver,
            group=group,
        )
    except StartRefused as refusal:
        wrong |= refusal.by_field
    if wrong or start is None:
        raise DraftRefused({**_wrong_in_text(draft, start or _stand_in(group)), **wrong})
    return start


def _stand_in(group: Group) -> Start:
    """Give fields in which nothing is wrong, so that a text can be read for what else is."""
    return Start("-", "-", parse_amount("1", next(iter(group.card_fees), "EUR")), "-")


def _wrong_in_text(draft: Draft, start: Start) -> dict[str, Exception | Problem]:
    address = AddressTaken(address_of(draft.decisions.title))
    wrong: dict[str, Exception | Problem] = {"title": address} if is_taken(address.slug) else {}
    try:
        read_text(text_of_draft(draft, start), start.goal.currency)
    except (ContentInvalid, TextTooLong) as refusal:
        wrong |= _by_entry(draft, refusal)
    return wrong


def _by_entry(draft: Draft, refusal: ContentInvalid | TextTooLong) -> dict[str, Exception | Problem]:
    if isinstance(refusal, TextTooLong):
        return {"sections": refusal}
    return {draft.entry_of(problem): problem for problem in refusal.problems}


def _wrong(draft: Draft, own: ArticleWords) -> Iterator[tuple[str, Exception]]:
    one = draft.decisions
    yield from ((f"settled-{index}", NotSettled()) for index in open_contradictions(draft.article, one))
    for rows, place in _LISTS.items():
        if len(draft.rows.get(rows, ())) > MOST_ROWS:
            yield place, TooManyTaken(MOST_ROWS)
    if one.looked_up_on and not one.checked_by.strip():
        yield "checked_by", EntryMissing()
    if one.whose_words == "theirs":
        if not one.credit_licence.strip():
            yield "credit_licence", LicenceMissing()
        return
    for entry, words in words_by_entry(one):
        if taken := own.taken_in(words):
            yield entry, TooMuchTaken(taken)
    for entry, quoted in fragments_by_entry(one):
        if count_words(quoted) > LONGEST_FRAGMENT:
            yield entry, FragmentTooLong(LONGEST_FRAGMENT)


def _start(by: int, draft: Draft, start: Start, group: Group, article_id: int, moment: datetime) -> int:
    text, unit = text_of_draft(draft, start), start.goal.currency
    try:
        return start_from_text(by, group, text, unit, moment, article_id).id
    except (ContentInvalid, TextTooLong) as refusal:
        raise DraftRefused(_by_entry(draft, refusal)) from None
    except AddressTaken as refusal:
        raise DraftRefused({"title": refusal}) from None


def _without_hidden(value: Any) -> Any:
    """Give what was found without characters that nobody sees, and that no database of ours takes."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {name: _without_hidden(one) for name, one in value.items()}
    return [_without_hidden(one) for one in value] if isinstance(value, list) else value
