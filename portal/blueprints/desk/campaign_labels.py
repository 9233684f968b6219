"""What an organizer can enter about a campaign: each entry with its label, its hint, and how it is typed."""

from dataclasses import dataclass
from typing import Literal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Kind = Literal["text", "textarea", "date", "url", "check"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name in the form, its label, and what may help whoever types it."""

    name: str
    label: LazyString
    hint: LazyString | None = None
    kind: Kind = "text"
    most: int | None = None
    rows: int = 3


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of things with the same entries; `one` is what a row is called, `add` the button for one more."""

    name: str
    title: LazyString
    one: LazyString
    add: LazyString
    about: LazyString
    entries: tuple[Entry, ...]


_SOURCE = (
    Entry("as_written", _("In the article’s own words"), _("A short quotation, to the letter.")),
    Entry("said_by", _("Who said it"), _("Somebody’s name and office, or a body’s, as the article has it.")),
    Entry("no_source", _("The article names no source"), kind="check"),
    Entry("year", _("Year"), _("Leave it empty if the article gives none."), most=4),
    Entry(
        "section",
        _("Told in which part of the article"),
        _("Its heading. Leave it empty for what stands above the first one."),
    ),
    Entry("last_checked", _("Last compared with the article on"), kind="date"),
    Entry("contradicted_by", _("Told differently by"), _("Only if another source says something else.")),
    Entry(
        "id",
        _("Name within the story"),
        _("Small letters, digits and hyphens. Leave it empty, and it gets one."),
        most=60,
    ),
)

OPENING = (
    Entry("title", _("Title"), most=120),
    Entry("summary", _("What it is about, in a sentence or two"), kind="textarea", rows=2),
    Entry(
        "situation",
        _("As of when"),
        _("A short line above the title, such as “Situation as described in 2018”. May stay empty."),
        most=120,
    ),
    Entry(
        "content_note",
        _("Content note"),
        _(
            "Warns of passages on violence. Stands where the story has a line “:: content-note”. May stay empty."
        ),
    ),
)
STORY = Entry(
    "words",
    _("The story"),
    _(
        "Leave an empty line between paragraphs. ## starts a heading, - a list, **bold**, "
        "[words](https://example.org) a link. “:: figure NAME” alone in a paragraph shows a key figure there, "
        "“:: drawing grains NAME” a drawing of it, “:: picture NAME” a picture."
    ),
    kind="textarea",
    rows=18,
)
RECEIVER = (
    Entry("receiver", _("Who receives the money"), most=200),
    Entry("purpose", _("What the money is for"), most=300),
)
CHECK = (
    Entry("checked_on", _("Checked on"), kind="date"),
    Entry("checked_by", _("Checked by"), _("A role, such as “the treasurer”. Readers see it."), most=200),
)
CREDIT = (
    Entry("article", _("Title of the article")),
    Entry("author", _("Who wrote it")),
    Entry("office", _("What they do"), _("Such as “board member of Refugees Welcome!”. May stay empty.")),
    Entry(
        "interest",
        _("What else to know about them"),
        _("As a clause after their name, such as “who also sits on its board”. May stay empty."),
    ),
    Entry("dated", _("When it was written"), _("As far as it is known, such as “about mid-2018”.")),
    Entry("url", _("Its address"), _("Starts with https://. May stay empty."), kind="url"),
    Entry(
        "licence",
        _("Licence of its words"),
        _("Only if the story has the article’s own words, such as “CC BY 4.0”. Readers are told."),
    ),
)
ROWS = (
    Rows(
        "key_figures",
        _("Key figures"),
        _("Key figure"),
        _("Add a key figure"),
        _("Numbers from the article, each with who said it."),
        (
            Entry("shown", _("The number, as shown"), _("Such as “50,000 to 200,000”.")),
            Entry("counts", _("What it counts"), _("Such as “people living in hiding in 2018”.")),
            Entry("value", _("The number, in digits"), _("For a drawing that counts: 51."), most=12),
            Entry(
                "of",
                _("Part of which key figure"),
                _("Its name within the story, if the drawing shows a part of a whole."),
                most=60,
            ),
            Entry(
                "share",
                _("As a share"),
                _(
                    "For a door: a quarter, a third, half, two thirds or three quarters, as the article says it."
                ),
                most=20,
            ),
            Entry("low", _("From"), _("For a range that is drawn: its lower end, in digits."), most=12),
            Entry("high", _("To"), _("Its upper end, in digits."), most=12),
            *_SOURCE,
        ),
    ),
    Rows(
        "claims",
        _("What the article tells without a number"),
        _("Told"),
        _("Add something told"),
        _(
            "In our words, beside a fragment of the article’s own. “:: claim NAME” in the story shows it there."
        ),
        (Entry("says", _("In our words"), kind="textarea", rows=2), *_SOURCE),
    ),
    Rows(
        "reading",
        _("Read on"),
        _("Text"),
        _("Add a text to read"),
        _("Books, articles and talks, with the address of each that has one."),
        (
            Entry("title", _("Title")),
            Entry("subtitle", _("Subtitle"), _("May stay empty.")),
            Entry("publisher", _("Who published it")),
            Entry("dated", _("When"), _("May stay empty.")),
            Entry("url", _("Address"), _("Starts with https://. May stay empty, as for a book."), kind="url"),
            Entry("note", _("Note"), _("May stay empty.")),
        ),
    ),
    Rows(
        "organizations",
        _("Organizations that the article names"),
        _("Organization"),
        _("Add an organization"),
        _("They stand on the page because the article names them, and receive nothing through it."),
        (
            Entry("name", _("Name")),
            Entry("aliases", _("Other spellings"), _("With commas between them. May stay empty.")),
            Entry("url", _("Address"), _("Starts with https://. May stay empty."), kind="url"),
            Entry("does", _("What it does")),
        ),
    ),
)
DRAWINGS = {
    "lantern": _("A lantern"),
    "lights": _("Lights, one for each 1,000 people of the figure at the top"),
    "clippings": _("Clippings, one for each of up to 365 articles in a year"),
    "bowls": _("A hundred bowls, as many of them empty as the figure at the top is of its whole"),
    "grains": _("Grains, the bright ones for the part that the figure at the top is of its whole"),
    "door": _("A door before the share of a lit doorway that the figure at the top tells"),
    "books": _("Open books, one for each text to read on"),
    "tightening-border": _("A border that tightens"),
}


def label_of(name: str) -> str:
    """Give the label of an entry by its name in the form, with its row's number: Key figure 2: What it counts."""
    parts = name.split("-")
    for rows in ROWS:
        if parts[0] == rows.name and len(parts) == 3:
            label = next(entry.label for entry in rows.entries if entry.name == parts[2])
            return f"{rows.one} {int(parts[1]) + 1}: {label}"
    plain = {entry.name: entry.label for entry in (*OPENING, STORY, *RECEIVER, *CHECK)}
    plain |= {f"credit-{entry.name}": entry.label for entry in CREDIT}
    return str(plain.get(name, _OTHER.get(parts[0], "")))


_OTHER = {
    "goal": _("Goal"),
    "amount": _("Amounts to tap"),
    "usual_amount": _("Usual amount"),
    "country": _("Country"),
    "lists": _("Sanctions lists"),
    "drawing": _("Drawing at the top"),
    "opening_figure": _("Key figure at the top"),
}
