"""What is refused on the way from an article to a campaign, in words: what is wrong and what to do next."""

from collections.abc import Callable
from math import ceil
from typing import Any

from flask_babel import gettext, ngettext

from portal.domain.campaigns.drafting import errors

# Of what somebody typed, in a sentence about it.
MOST_QUOTED = 80


def shortened(words: str) -> str:
    """Give the beginning of what was written, for a sentence about it."""
    return words if len(words) <= MOST_QUOTED else f"{words[:MOST_QUOTED]}…"


ARTICLE_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    errors.NothingToRead: lambda _: gettext("Paste the article’s text here, or choose a file of it."),
    errors.TextAndFile: lambda _: gettext(
        "There is a text and a file. Take the text out, or choose no file; one article is read at a time."
    ),
    errors.ReadTooOften: lambda refusal: ngettext(
        "You have brought many articles in a short time. Wait a minute, then send this one again.",
        "You have brought many articles in a short time. Wait %(num)s minutes, then send this one again.",
        ceil(refusal.seconds / 60),
    ),
    errors.AnotherIsRead: lambda _: gettext(
        "Another article is being read right now. Send yours again in half a minute."
    ),
    errors.DecidedMeanwhile: lambda _: gettext(
        "Somebody else has decided about this article in the meantime. Look at what they chose first."
    ),
    errors.DraftThere: lambda _: gettext(
        "A draft was made of this article meanwhile. Go on in the campaign itself."
    ),
    errors.AlreadyThere: lambda _: gettext(
        "That is in the list already. Change it there, or type what is missing in it."
    ),
    errors.WordsNotThere: lambda _: gettext(
        "These words don’t stand in the article like this. Copy them from its text, as short as they can be."
    ),
    errors.NumberUnreadable: lambda _: gettext(
        "Type the number in digits, such as 10,500,000 or 0.5; of a range both ends, such as 1200–1500."
    ),
    errors.YearUnreadable: lambda _: gettext(
        "Type the year in four digits, such as 2017, or leave it empty if the article gives none."
    ),
    errors.NotSettled: lambda _: gettext(
        "The article says this in two ways. Choose one; the other is told beside it."
    ),
    errors.LicenceMissing: lambda _: gettext(
        "Type the licence that allows the article’s own words to be told here, or retell it."
    ),
    errors.TooMuchTaken: lambda refusal: gettext(
        "These are the article’s own words: “%(words)s”. Say it in yours.", words=shortened(refusal.words)
    ),
    errors.FragmentTooLong: lambda refusal: gettext(
        "Quote up to %(limit)s words of it to the letter. The rest is told in yours.", limit=refusal.limit
    ),
    errors.TooManyTaken: lambda refusal: gettext(
        "A campaign holds up to %(limit)s of them. Take fewer; the others stay in the article.",
        limit=refusal.limit,
    ),
}
