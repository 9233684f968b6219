"""Refusals of translations, in words: a part of web/refusals.py that would make it too long."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, ngettext

from portal.domain.campaigns import errors


def _numbers(refusal: errors.NumbersDiffer) -> str:
    left_out, added = ", ".join(refusal.left_out), ", ".join(refusal.added)
    if not added:
        return gettext(
            "The original has %(numbers)s, which is missing here. Write it in digits.", numbers=left_out
        )
    if not left_out:
        return gettext("The original has no %(numbers)s. Take it out, or write it in words.", numbers=added)
    return gettext(
        "The original has %(left_out)s where this has %(added)s. Numbers stay as they are there.",
        left_out=left_out,
        added=added,
    )


def _shape(refusal: errors.AnotherShape) -> str:
    kinds = {
        "a": gettext(
            "The links here lead elsewhere than those of the original. Copy their addresses from it."
        ),
        "h2": gettext("The original is one heading. Start with ## and write one line."),
        "h3": gettext("The original is one smaller heading. Start with ### and write one line."),
        "ul": gettext("The original is one list. Start each line with a hyphen."),
        "ol": gettext("The original is one numbered list. Start each line with its number."),
        "blockquote": gettext("The original is one quotation. Start it with >."),
    }
    return kinds.get(
        refusal.tag, gettext("The original is one paragraph. Write one, without an empty line in it.")
    )


def _meanwhile(refusal: errors.TranslatedMeanwhile) -> str:
    by = refusal.by or gettext("Somebody without a name")
    return ngettext(
        "%(by)s has translated one of these texts too. It stands below yours. Save again to replace it.",
        "%(by)s has translated %(num)s of these texts too. They stand below yours. Save again to replace them.",
        len(refusal.numbers),
        by=by,
    )


TRANSLATION_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    errors.NumbersDiffer: _numbers,
    errors.AnotherShape: _shape,
    errors.TranslatedMeanwhile: _meanwhile,
    errors.TitleNotTranslated: lambda _: gettext(
        "Translate the title first, as it is now: readers look for it in their language."
    ),
}
