"""A draft's text, put together of what was decided about an article; and where each of its parts was decided."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.domain.campaigns.addresses import free_name
from portal.domain.campaigns.article.found import Article, FoundFigure
from portal.domain.campaigns.drafting.decisions import (
    ClaimDecided,
    Decisions,
    DraftWords,
    FigureDecided,
    SectionDecided,
)
from portal.domain.campaigns.drafting.settling import Settled, settle, spellings
from portal.domain.campaigns.errors import Problem
from portal.domain.campaigns.rules import LISTS_TO_CHECK
from portal.domain.campaigns.starting import Start, first_amounts
from portal.domain.campaigns.written import amount_text, cleaned, write_text

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|:~])")


@dataclass
class Draft:
    """A draft's front matter as it grows, and for each of its rows the place at which it was decided."""

    article: Article
    decisions: Decisions
    settled: Settled
    today: date
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    # The names of figures and claims by the section that they are told in.
    told_in: dict[int, list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    # The name of the figure at the top of the page.
    opening: str = ""

    def add(self, rows: str, place: str, row: dict[str, Any]) -> None:
        """Add a row that was decided at this place."""
        self.rows.setdefault(rows, []).append({name: value for name, value in row.items() if value != []})
        self.places.setdefault(rows, []).append(place)

    def entry_of(self, problem: Problem) -> str:
        """Give the name of the entry that a problem of the text is about; empty for one of none."""
        first, second, third = (str(part) for part in (*problem.where, "", "", "")[:3])
        if first in self.places and second.isdigit():
            place = self.places[first][int(second)]
            return f"{place}-{third}" if third else f"{place}-shown"
        if first == "credit":
            return f"credit_{second or 'article'}"
        return {"receiver": second, "blocks": "sections-0-words"}.get(first, first)


def draft_of(article: Article, decisions: Decisions, words: DraftWords, today: date) -> Draft:
    """Give the rows of a draft: everything that was taken, with its source."""
    draft = Draft(article, decisions, settle(article, decisions, words), today)
    for index, figure in enumerate(decisions.figures):
        if figure.take and index not in draft.settled.out:
            _add_figure(draft, index, figure)
    for index, claim in enumerate(decisions.claims):
        if claim.take:
            _add_claim(draft, index, claim)
    for index, reading in enumerate(decisions.readings):
        if reading.take:
            dated, note = draft.settled.readings.get(index, (reading.dated, ""))
            row = reading.model_dump(exclude={"take"}) | {
                "dated": dated,
                "note": reading.note.strip() or note,
            }
            draft.add("reading", f"readings-{index}", {name: typed for name, typed in row.items() if typed})
    for index, one in enumerate(decisions.organizations):
        if one.take:
            name, aliases = draft.settled.organizations.get(index, (one.name, spellings(one.aliases)))
            row = {
                "name": name,
                "aliases": aliases,
                "does": one.does,
                **({"url": one.url} if one.url else {}),
            }
            draft.add("organizations", f"organizations-{index}", row)
    return draft


def text_of_draft(draft: Draft, start: Start) -> str:
    """Give the draft as a campaign's text; `start` is what its money needs."""
    one = draft.decisions
    unit, amounts = start.goal.currency, first_amounts(start.goal.currency)
    looked_up = one.looked_up_on == draft.today.isoformat()
    check = {"checked_on": draft.today, "checked_by": one.checked_by.strip(), "lists": list(LISTS_TO_CHECK)}
    front: dict[str, Any] = {
        "title": start.title,
        "summary": one.summary.strip() or start.purpose,
        "situation": one.situation.strip(),
        "content_note": one.content_note.strip(),
        "currency": unit,
        "goal": amount_text(start.goal),
        "amounts": amounts,
        "usual_amount": amounts[1],
        "receiver": {
            "name": start.receiver,
            "country": one.country,
            "purpose": start.purpose,
            **({"check": check} if looked_up else {}),
        },
        "opening_figure": draft.opening,
        **draft.rows,
        "credit": {name: typed for name, typed in _credit(one).items() if typed},
    }
    return write_text({name: value for name, value in front.items() if value not in ("", {})}, _story(draft))


def _add_figure(draft: Draft, index: int, figure: FigureDecided) -> None:
    found = draft.article.figures[index]
    name = _named(draft, f"{figure.shown} {figure.counts}")
    # The first one stands at the top of the page, so that it is not told again further down.
    if draft.opening:
        _place(draft, f":: figure {name}", _section_of(draft, found.sentence, found.section))
    else:
        draft.opening = name
    row = {"id": name, "shown": figure.shown, "counts": figure.counts}
    row |= _ends(found, figure.as_written) | _source(draft, figure, draft.settled.figures.get(index))
    draft.add("key_figures", f"figures-{index}", row)


def _add_claim(draft: Draft, index: int, claim: ClaimDecided) -> None:
    quoted = draft.article.quotations[index].text
    name = _named(draft, claim.says)
    _place(draft, f":: claim {name}", _section_of(draft, quoted, claim.section))
    row = {"id": name, "says": claim.says} | _source(draft, claim, draft.settled.claims.get(index))
    draft.add("claims", f"claims-{index}", row)


def _named(draft: Draft, words: str) -> str:
    name = free_name(words, draft.taken)
    draft.taken.add(name)
    return name


def _place(draft: Draft, line: str, section: int) -> None:
    draft.told_in.setdefault(section, []).append(line)


def _section_of(draft: Draft, sentence: str, heading: str) -> int:
    """Give the section that holds a sentence, else the one of this heading, else the first."""
    sections = draft.article.sections
    holding = (n for n, one in enumerate(sections) if any(sentence in told for told in one.paragraphs))
    named = (n for n, one in enumerate(sections) if one.heading == heading)
    last = max(len(draft.decisions.sections) - 1, 0)
    return min(next(holding, next(named, 0)), last)


def _source(draft: Draft, told: FigureDecided | ClaimDecided, other: str | None) -> dict[str, Any]:
    year = told.year.strip()
    return {
        "as_written": told.as_written,
        "said_by": told.said_by.strip() or (None if told.no_source else ""),
        "year": int(year) if year.isascii() and year.isdigit() and len(year) < 5 else year or None,
        **({"section": told.section} if told.section.strip() else {}),
        "last_checked": draft.today if draft.decisions.compared_on == draft.today.isoformat() else None,
        **({"contradicted_by": other} if other else {}),
    }


def _ends(found: FoundFigure, as_written: str) -> dict[str, int]:
    """Give the ends of a range where a drawing could be made of them: whole numbers that stand in its words."""
    ends = {"low": found.low, "high": found.high}
    plain = as_written.replace(",", "")
    whole = {name: int(end) for name, end in ends.items() if end is not None and end == int(end) and end > 0}
    return whole if len(whole) == 2 and all(str(end) in plain for end in whole.values()) else {}


def _credit(one: Decisions) -> dict[str, str]:
    typed = {
        "article": one.credit_article,
        "author": one.credit_author,
        "office": one.credit_office,
        "interest": one.credit_interest,
        "dated": one.credit_dated,
        "url": one.credit_url,
        "licence": one.credit_licence if one.whose_words == "theirs" else "",
    }
    return {name: words.strip() for name, words in typed.items()}


def _story(draft: Draft) -> str:
    parts = [":: content-note"] if draft.decisions.content_note.strip() else []
    for index, section in enumerate(draft.decisions.sections or (SectionDecided(heading=""),)):
        words, told = _words_of(draft, index, section), draft.told_in.get(index, [])
        if words or told:
            heading = " ".join(cleaned(section.heading).split())
            parts += [f"## {heading}"] if heading else []
            parts += [words] if words else []
            parts += told
    return "\n\n".join(parts)


def _words_of(draft: Draft, index: int, section: SectionDecided) -> str:
    typed = cleaned(section.words).strip()
    if typed or draft.decisions.whose_words == "ours" or index >= len(draft.article.sections):
        return typed
    # Its own words are words, and no Markdown.
    return "\n\n".join(_MARKS.sub(r"\\\1", told) for told in draft.article.sections[index].paragraphs)


def words_by_entry(decisions: Decisions) -> Iterator[tuple[str, str]]:
    """Give every text that is to be in our own words, by the name of its entry."""
    yield "summary", decisions.summary
    # As a reader will read them: one after the other they could be the article's sentence.
    told = ((n, one) for n, one in enumerate(decisions.figures) if one.take)
    yield from ((f"figures-{n}-counts", f"{one.shown} {one.counts}") for n, one in told)
    yield from ((f"sections-{n}-words", one.words) for n, one in enumerate(decisions.sections))
    yield from ((f"claims-{n}-says", one.says) for n, one in enumerate(decisions.claims) if one.take)


def fragments_by_entry(decisions: Decisions) -> Iterator[tuple[str, str]]:
    """Give every text that is quoted to the letter, by the name of its entry."""
    yield from (
        (f"figures-{n}-as_written", one.as_written) for n, one in enumerate(decisions.figures) if one.take
    )
    yield from (
        (f"claims-{n}-as_written", one.as_written) for n, one in enumerate(decisions.claims) if one.take
    )
