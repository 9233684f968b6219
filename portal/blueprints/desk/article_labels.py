"""What an organizer can decide about an article: each entry with its label, its hint, and how it is typed."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from portal.blueprints.desk.campaign_labels import Entry

_SOURCE = (
    Entry("said_by", _("Who said it"), _("As the article has it: a name and an office, a body, or a study.")),
    Entry("no_source", _("The article names no source"), kind="check"),
    Entry("year", _("Year"), _("Leave it empty if the article gives none."), most=4),
)
_WRITTEN = (
    Entry("as_written", _("In the article’s own words"), _("A short quotation, to the letter.")),
    Entry("section", _("Told in which part of the article")),
)
# Of each figure: what is looked at first, and what is hardly ever changed.
FIGURE = (Entry("counts", _("What it counts"), _("In a few words of yours.")), *_SOURCE)
MORE_OF_FIGURE = (Entry("shown", _("The number, as shown")), *_WRITTEN)
CLAIM = (
    Entry("says", _("What it tells, in our words"), kind="textarea", rows=2),
    *_SOURCE,
    *_WRITTEN,
)
SECTION = (
    Entry("heading", _("Heading")),
    Entry("words", _("In our words"), kind="textarea", rows=5),
)
ORGANIZATION = (
    Entry("name", _("Name")),
    Entry("aliases", _("Other spellings"), _("With commas between them. May stay empty.")),
    Entry("does", _("What it does")),
    Entry("url", _("Address"), _("Starts with https://. May stay empty."), kind="url"),
)
READING = (
    Entry("title", _("Title")),
    Entry("publisher", _("Who published it")),
    Entry("dated", _("When"), _("May stay empty.")),
    Entry(
        "url",
        _("Address"),
        _("Starts with https://. May stay empty, as for a book."),
        kind="url",
    ),
    Entry("note", _("Note"), _("May stay empty.")),
)
# What was not found: a row that may stay empty, its words looked for in the article.
ADDED_FIGURE = (
    Entry(
        "text",
        _("Its words in the article"),
        _("Copied from it: only the number, as it is written."),
        most=200,
    ),
    Entry("value", _("Its value, in digits"), _("Of a range both ends, such as 1200–1500."), most=40),
    Entry("unit", _("What is counted, in a word"), _("Such as people, % or EUR. May stay empty."), most=80),
    Entry("year", _("Year"), _("Leave it empty if the article gives none."), most=4),
    Entry("said_by", _("Who said it"), _("As the article has it. May stay empty for now."), most=200),
)
ADDED_ORGANIZATION = Entry("organization", _("Its name, as the article writes it"), most=200)
TITLE = Entry("title", _("Title"), _("Its address on this site is made from it."), most=120)
SUMMARY = Entry(
    "summary",
    _("What it is about, in a sentence or two"),
    _("In our words. Left empty, it says what the money is for."),
    kind="textarea",
    rows=2,
)
OPENING = (
    Entry("situation", _("As of when"), _("A short line above the title. May stay empty."), most=120),
    Entry("content_note", _("Content note"), _("Warns of passages on violence. May stay empty.")),
)
CREDIT = (
    Entry("credit_article", _("Title of the article")),
    Entry("credit_author", _("Who wrote it")),
    Entry("credit_office", _("What they do"), _("May stay empty.")),
    Entry(
        "credit_interest",
        _("What else to know about them"),
        _("What they declare of themselves, as a clause after their name. May stay empty."),
    ),
    Entry("credit_dated", _("When it was written")),
    Entry("credit_url", _("Its address"), _("Starts with https://. May stay empty."), kind="url"),
)
LICENCE = Entry("credit_licence", _("Licence of its words"), _("Such as “CC BY 4.0”."))
RECEIVER = (
    Entry("purpose", _("What the money is for, in a sentence"), most=300),
    Entry("receiver", _("Who receives the money"), _("The group itself, or a partner."), most=200),
)
CHECKER = Entry(
    "checked_by", _("Looked up by"), _("A role, such as “the treasurer”. Readers see it."), most=200
)
LISTS = {
    "figures": (_("Key figure"), (*FIGURE, *MORE_OF_FIGURE)),
    "claims": (_("Quotation"), CLAIM),
    "sections": (_("Part"), SECTION),
    "organizations": (_("Organization"), ORGANIZATION),
    "readings": (_("Text"), READING),
}
_SINGLE = {
    "goal": _("Goal"),
    "currency": _("Currency"),
    "country": _("Country"),
    "settled": _("What the article says in two ways"),
    "figures": _("Key figures"),
    "claims": _("Quotations"),
    "organizations": _("Organizations that the article names"),
    "readings": _("Read on"),
    "sections": _("The story"),
    **{one.name: one.label for one in (TITLE, SUMMARY, *OPENING, *CREDIT, LICENCE, *RECEIVER, CHECKER)},
}


def label_of(name: str) -> str:
    """Give the label of an entry by its name in the form: Key figure 2: What it counts; empty for one without."""
    rows, _dash, rest = name.partition("-")
    if rows == "added":
        kind = LISTS["organizations" if rest == ADDED_ORGANIZATION.name else "figures"][0]
        known = {one.name: one.label for one in (*ADDED_FIGURE, ADDED_ORGANIZATION)}
        return gettext("%(kind)s to add: %(entry)s", kind=kind, entry=known[rest])
    number, _dash, entry = rest.partition("-")
    if rows in LISTS and entry:
        one, entries = LISTS[rows]
        label = next((known.label for known in entries if known.name == entry), "")
        return f"{one} {int(number) + 1}: {label}"
    return str(_SINGLE.get(rows, ""))
