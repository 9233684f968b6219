"""The parts of the form about an article, in its order, with how much in each is still to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from portal.domain.campaigns.article.found import Article
from portal.domain.campaigns.drafting.decisions import ClaimDecided, Decisions, FigureDecided
from portal.domain.campaigns.drafting.settling import open_contradictions

OF_MONEY = ("goal", "currency", "purpose", "receiver", "country")


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part: its id on the page, its title, and how many of its entries somebody has yet to decide."""

    id: str
    title: str
    open: int = 0


def form_parts(article: Article, decisions: Decisions, today: date) -> list[FormPart]:
    """Give the parts that the form of this article has; its boxes are ticked for the day."""
    return [part for part, is_there in _parts(article, decisions, today.isoformat()) if is_there]


def _parts(article: Article, one: Decisions, today: str) -> Iterator[tuple[FormPart, bool]]:
    unsettled = len(list(open_contradictions(article, one)))
    yield FormPart("settled", gettext("Told in two ways"), unsettled), bool(article.contradictions)
    yield FormPart("top", gettext("Top of the page"), int(not one.title.strip())), True
    yield FormPart("figures", gettext("Key figures"), sum(map(_is_open, one.figures))), True
    yield FormPart("added", gettext("Add what was not found")), True
    untold = 0 if one.whose_words == "theirs" else sum(not part.words.strip() for part in one.sections)
    yield FormPart("sections", gettext("The story"), untold), True
    yield FormPart("claims", gettext("Quotations"), sum(map(_is_open, one.claims))), bool(one.claims)
    undescribed = sum(named.take and not named.does.strip() for named in one.organizations)
    yield FormPart("organizations", gettext("Organizations"), undescribed), bool(one.organizations)
    yield FormPart("readings", gettext("Read on")), bool(one.readings)
    unnamed = sum(not typed.strip() for typed in (one.credit_article, one.credit_author, one.credit_dated))
    yield FormPart("credit", gettext("Who wrote it"), unnamed), True
    unpaid = sum(not getattr(one, name).strip() for name in OF_MONEY) + (one.looked_up_on != today)
    yield FormPart("money", gettext("Money"), unpaid), True
    yield FormPart("before", gettext("Before readers see it"), int(one.compared_on != today)), True
    yield FormPart("left-out", gettext("Left out")), bool(article.left_out)
    yield FormPart("source-title", gettext("The article itself")), True


def _is_open(part: FigureDecided | ClaimDecided) -> bool:
    """Tell whether something that is taken lacks its words, or whoever said it."""
    words = part.counts if isinstance(part, FigureDecided) else part.says
    return part.take and not (words.strip() and (part.said_by.strip() or part.no_source))
