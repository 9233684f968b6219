"""What each text of a story is, in words: a label over the box in which it is translated."""

from flask_babel import gettext

from portal.blueprints.desk.campaign_labels import CREDIT, OPENING, ROWS
from portal.domain.campaigns.translations import Pair

# How the rows of the editor are called in the keys of texts.
_ROWS = {
    "figure": "key_figures",
    "claim": "claims",
    "reading": "reading",
    "organization": "organizations",
}


def label_of_text(pair: Pair) -> str:
    """Give what a text is: Title, Key figure: What it counts, Heading; as the campaign's editor names it."""
    if pair.is_piece:
        return _of_piece(pair.tag)
    kind, name = pair.key.split(".")[0], pair.key.split(".")[-1]
    if kind == "picture":
        return gettext("Picture: What can be seen on it")
    for rows in ROWS:
        if rows.name == _ROWS.get(kind):
            label = next(entry.label for entry in rows.entries if entry.name == name)
            return f"{rows.one}: {label}"
    entries = CREDIT if kind == "credit" else OPENING
    return str(next(entry.label for entry in entries if entry.name == name))


def _of_piece(tag: str) -> str:
    return {
        "h2": gettext("Heading"),
        "h3": gettext("Smaller heading"),
        "ul": gettext("List"),
        "ol": gettext("Numbered list"),
        "blockquote": gettext("Quotation"),
    }.get(tag, gettext("Paragraph"))
