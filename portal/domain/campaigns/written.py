"""A campaign's text: one document of front matter and Markdown, put together, taken apart, and compared by lines."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Literal

import yaml

from portal.domain.campaigns.models import Campaign
from portal.domain.campaigns.rules import LISTS_TO_CHECK
from portal.domain.campaigns.story import Story
from portal.money import Money

LONGEST_TEXT = 60_000
# Of each kind of row, in the editor.
MOST_ROWS = 30
_FENCE = "---"
# Tabs and line ends are all that a text holds beside what is seen; PostgreSQL takes no NUL.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that one text has and the other has not; `same` ones stand around it."""

    kind: Literal["same", "out", "in", "skip"]
    line: str


def write_text(front: Mapping[str, Any], words: str) -> str:
    """Give the document of this front matter and these Markdown words."""
    yaml_text = yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False, width=100)
    return f"{_FENCE}\n{yaml_text}{_FENCE}\n\n{cleaned(words).strip()}\n"


def take_apart(text: str) -> tuple[dict[str, Any], str]:
    """Give front matter and Markdown of a document that was read before without a problem."""
    lines = text.splitlines()
    end = lines.index(_FENCE, 1)
    return yaml.safe_load("\n".join(lines[1:end])), "\n".join(lines[end + 1 :]).strip()


def first_line_of_words(text: str) -> int:
    """Give the line of a document on which its Markdown starts, counted from 1."""
    lines = text.splitlines()
    start = lines.index(_FENCE, 1) + 1
    return next((number for number, line in enumerate(lines[start:], start + 1) if line.strip()), start + 1)


def cleaned(entry: str) -> str:
    """Give what was typed with plain line ends, and without characters that nobody sees."""
    return _HIDDEN.sub("", entry.replace("\r\n", "\n").replace("\r", "\n"))


def amount_text(money: Money) -> str:
    """Write an amount as a document has it: 5000 EUR."""
    written = f"{money.decimal:f}"
    return f"{written.rstrip('0').rstrip('.') if '.' in written else written} {money.currency}"


def text_of(campaign: Campaign, story: Story, source: str | None) -> str:
    """Give the document of a revision: as it was written, or made from the story where that was not kept."""
    return source if source is not None else _told_again(campaign, story)


def changed_lines(before: str, after: str, around: int = 2) -> Iterator[Change]:
    """Give what differs between two documents, line by line, with a few lines around it; nothing for equal ones."""
    kinds: dict[str, Literal["same", "out", "in"]] = {" ": "same", "-": "out", "+": "in"}
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), n=around, lineterm="")
    for number, line in enumerate(compared):
        if line.startswith("@@") and number > 2:
            yield Change("skip", "…")
        elif number > 2:
            yield Change(kinds[line[0]], line[1:])


def _told_again(campaign: Campaign, story: Story) -> str:
    """Make a document from a story; links and emphasis of its words are lost."""
    told = story.model_dump(
        mode="json", exclude_none=True, exclude={"blocks", "pictures", "amounts", "usual_amount"}
    )
    front = {name: value for name, value in told.items() if value not in ([], ())}
    for part in ("key_figures", "claims"):
        # "Nobody" and "not given" have to be said.
        for item in front.get(part, []):
            item.setdefault("said_by", None)
            item.setdefault("year", None)
    unit = campaign.currency
    looked_up = {name.strip() for name in (campaign.receiver_lists or "").split(",")}
    lists = [name for name in LISTS_TO_CHECK if name in looked_up]
    checked_on = campaign.receiver_checked_on
    front |= {
        "currency": unit,
        "goal": amount_text(Money(campaign.goal_minor, unit)),
        "amounts": [amount_text(Money(minor, unit)) for minor in story.amounts],
        "usual_amount": amount_text(Money(story.usual_amount, unit)),
        "receiver": {
            "name": campaign.receiver,
            "country": campaign.receiver_country,
            "purpose": campaign.purpose,
            "check": {
                "checked_on": checked_on.isoformat() if checked_on else None,
                "checked_by": campaign.receiver_checked_by or "",
                "lists": lists,
            },
        },
    }
    return write_text(front, "\n\n".join(_words_of(story)))


def _words_of(story: Story) -> Iterator[str]:
    for block in story.blocks:
        if block.kind == "html":
            yield _Words(block.html).text
        else:
            yield (
                ":: content-note"
                if block.kind == "note"
                else f":: {block.kind} {block.name} {block.of}".rstrip()
            )


class _Words(HTMLParser):
    """The words of a story's HTML, headings and lists as Markdown has them."""

    _STARTS = {
        "h2": "\n\n## ",
        "h3": "\n\n### ",
        "li": "\n- ",
        "p": "\n\n",
        "br": "\n",
        "blockquote": "\n\n> ",
    }  # noqa: RUF012

    def __init__(self, html: str) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "".join(self._pieces)).strip()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._pieces.append(self._STARTS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)
