"""What campaigns lack and what is wrong in their texts, in words of an organizer's language."""

from collections.abc import Iterable

from flask_babel import gettext

from portal.domain.campaigns.errors import Problem

_MISSING = ("missing", "string_too_short", "string_type")


def missing_in_words(names: Iterable[str]) -> list[str]:
    """Say what a campaign lacks before it can be published, one part at a time."""
    words = {
        "words": gettext("the story"),
        "receiver": gettext("who receives the money"),
        "country": gettext("the receiver’s country"),
        "purpose": gettext("what the money is for"),
        "checked_on": gettext("the day on which the receiver was checked"),
        "checked_by": gettext("who checked the receiver"),
        "lists": gettext("all four sanctions lists in that check"),
        "receiver_not_named": gettext(
            "your group or a partner as the receiver: the story’s organizations are told to receive nothing"
        ),
        "checked_lately": gettext("a check of the receiver that is less than a year old"),
    }
    return [words[name] if name in words else _of_part(*name.split(":", 1)) for name in names]


def planned_in_words(lacking: tuple[str, ...]) -> str:
    """Say that something was planned, and what a campaign lacks so that it can be published then."""
    if not lacking:
        return gettext("Planned. It happens by itself, also when nobody is here.")
    missing = ", ".join(missing_in_words(lacking))
    return gettext(
        "Planned. But it will not be published unless you add before that: %(missing)s.", missing=missing
    )


def _of_part(name: str, figure: str) -> str:
    if name == "said_by":
        return gettext("who said “%(figure)s”, or that the article names no source", figure=figure)
    if name == "own_words":
        return gettext("words of yours in place of the article’s “%(words)s”, or its licence", words=figure)
    return gettext("a comparison of “%(figure)s” with the article", figure=figure)


def problem_in_words(problem: Problem) -> str:
    """Say what is wrong with an entry, to stand beside it."""
    if problem.kind in _MISSING and not any(isinstance(part, int) for part in problem.where):
        return gettext("This is missing. Type it.")
    return (
        _of_kind(problem.kind)
        # What is about the whole of it is that a drawing has nothing to draw.
        or _of_entry(str(problem.where[0]) if problem.where else "drawing")
        or gettext("This can’t be taken as it is. Look at the hint beside it.")
    )


def _of_kind(kind: str) -> str | None:
    """Say it by the kind of mistake; pydantic's own names are those that its documentation lists."""
    known = {
        **dict.fromkeys(_MISSING, gettext("This is missing. Type it, or take the row out.")),
        "string_too_long": gettext("This is too long. Shorten it a little."),
        "string_pattern_mismatch": gettext("Write it with small letters, digits and hyphens only."),
        "amount": gettext("This is not an amount we can read. Type it in digits, like 25 or 12.50."),
        "literal_error": gettext("Choose one of the list."),
        "too_short": gettext("Type at least two amounts."),
        "heading": gettext(
            "Headings of a story start with ## or ###. The page’s title is its only larger one."
        ),
        "place": gettext(
            "A line that starts with :: names what stands there: “:: figure NAME”, “:: claim NAME”, "
            "“:: drawing NAME”, “:: picture NAME” or “:: content-note”, in a paragraph of its own."
        ),
        "name": gettext(
            "A line with :: names something that is not there. Look how it is spelled further up."
        ),
        "closed_country": gettext(
            "No money, goods or services go into North Korea. Choose another receiver."
        ),
    }
    if kind.startswith("date"):
        return gettext("This is no day. Choose one, or write it like 2026-11-22.")
    if kind.startswith(("int", "greater_than", "less_than")):
        return gettext("This is no number that fits here. Type it in digits, without points or commas.")
    if kind.startswith("url"):
        return gettext("This is no web address. Copy all of it; it starts with https://.")
    return known.get(kind)


def _of_entry(name: str) -> str | None:
    """Say it by the entry that breaks a rule of its own."""
    return {
        "amounts": gettext("Type each amount once, the smallest first, all more than zero."),
        "usual_amount": gettext("Choose one of the amounts as the usual one."),
        "opening_figure": gettext("There is no key figure of this name. Choose one that stands below."),
        "key_figures": gettext(
            "The number in digits, “from” and “to” must stand in the article’s own words, and so must a share; “from” "
            "and “to” both or neither, the lower one first. A part needs a number, and a whole that is larger."
        ),
        "goal": gettext("This is not an amount we can read. Type it in digits, like 25 or 12.50."),
        "drawing": gettext(
            "The drawing has nothing to draw. The lights need a key figure at the top, with “from” and “to”, "
            "up to a million people; clippings its number, up to 365; bowls and grains its number and a whole that it "
            "is a part of; a door its share; books one to seven texts to read on."
        ),
        "currency": gettext("A campaign stays in the currency that it started with."),
    }.get(name)
