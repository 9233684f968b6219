"""Contradictions of an article: what of a draft each of them is about, once one of its ways was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.domain.campaigns.article.found import Article, Contradiction
from portal.domain.campaigns.drafting.decisions import Decisions, DraftWords


@dataclass
class Settled:
    """What settled contradictions make of figures, claims and readings, each by its place in the decisions."""

    # What the article says as well.
    figures: dict[int, str] = field(default_factory=dict)
    claims: dict[int, str] = field(default_factory=dict)
    # The note of a text to read, and its date where that was chosen.
    readings: dict[int, tuple[str, str]] = field(default_factory=dict)
    # The name of an organization, and its other spellings.
    organizations: dict[int, tuple[str, list[str]]] = field(default_factory=dict)
    # Figures that are the way which was not chosen.
    out: set[int] = field(default_factory=set)


def open_contradictions(article: Article, decisions: Decisions) -> Iterator[int]:
    """Give the places of the contradictions of which nothing, or nothing that the article says, was chosen."""
    for index, one in enumerate(article.contradictions):
        if _chosen(decisions, index) not in one.says:
            yield index


def settle(article: Article, decisions: Decisions, words: DraftWords) -> Settled:
    """Give what the choices make of the draft; a contradiction that is still open makes nothing."""
    settled = Settled()
    for index, one in enumerate(article.contradictions):
        chosen = _chosen(decisions, index)
        if chosen not in one.says:
            continue
        other = ", ".join(way for way in one.says if way != chosen)
        _settle_figures(settled, article, one, chosen, words.itself % {"other": other})
        for place, quotation in enumerate(article.quotations):
            if any(quotation.text in sentence for sentence in one.sentences):
                settled.claims[place] = words.itself % {"other": other}
        for place, organization in enumerate(decisions.organizations):
            names = [organization.name, *spellings(organization.aliases)]
            if chosen in names:
                settled.organizations[place] = (chosen, [name for name in names if name != chosen])
        for place, reading in enumerate(decisions.readings):
            if is_about(one, reading.title):
                dated = next((way for way in one.says if way in reading.dated), "")
                now = reading.dated.replace(dated, chosen) if dated else reading.dated
                settled.readings[place] = (now, words.also % {"other": other})
    return settled


def spellings(typed: str) -> list[str]:
    """Give the names that were typed with commas between them."""
    return [name.strip() for name in typed.split(",") if name.strip()]


def is_about(contradiction: Contradiction, title: str) -> bool:
    """Tell whether a contradiction is about the text of this title."""
    plain = title.strip(" “”\"'‘’.").casefold()
    told = (contradiction.about, *contradiction.sentences)
    return bool(plain) and any(plain in one.casefold() for one in told)


def _settle_figures(
    settled: Settled, article: Article, contradiction: Contradiction, chosen: str, note: str
) -> None:
    others = [way for way in contradiction.says if way != chosen]
    for place, figure in enumerate(article.figures):
        if figure.sentence not in contradiction.sentences:
            continue
        if figure.text in others:
            settled.out.add(place)
        elif figure.text == chosen or (figure.year is not None and str(figure.year) in chosen):
            settled.figures[place] = note


def _chosen(decisions: Decisions, index: int) -> str:
    return decisions.settled[index] if index < len(decisions.settled) else ""
