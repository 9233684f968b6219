"""The forms of articles on the desk: one to bring an article, one to decide about it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from portal.blueprints.desk.article_labels import label_of
from portal.domain.campaigns.drafting.adding import Added
from portal.domain.campaigns.drafting.decisions import Decided, Decisions
from portal.domain.campaigns.drafting.errors import DraftRefused, NothingToRead, TextAndFile
from portal.domain.campaigns.errors import Problem
from portal.domain.campaigns.written import cleaned
from portal.web.campaign_words import problem_in_words
from portal.web.forms import SentForm
from portal.web.refusals import sentence

PASTED = "pasted.txt"
ROWS = ("figures", "claims", "sections", "organizations", "readings")
# Boxes whose meaning is "today": what is kept of them is the day.
DAYS = {"compared": "compared_on", "looked_up": "looked_up_on"}
Row = TypeVar("Row", bound=Decided)


class ArticleForm(SentForm):
    """An article, pasted or as a file; what is wrong with it stands beside the field that it came from."""

    text = TextAreaField(lazy_gettext("The text"))

    def __init__(self) -> None:
        super().__init__()
        self.place = "text"
        self.wrong: dict[str, list[str]] = {}

    def read(self) -> tuple[bytes, str]:
        """Give what was brought, and its name. Raises NothingToRead and TextAndFile."""
        pasted, file = self.text.data or "", request.files.get("file")
        data = file.read() if file else b""
        if data and pasted.strip():
            raise TextAndFile
        if not data and not pasted.strip():
            raise NothingToRead
        self.place = "file" if data else "text"
        return (data, file.filename or "") if data and file else (pasted.encode("utf-8", "replace"), PASTED)

    def refuse(self, refusal: Exception) -> None:
        """Show what is wrong beside the field that it is about."""
        self.wrong = {self.place: [sentence(refusal)]}

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """What is wrong, by the name of its field."""
        return {name: list(told) for name, told in self.wrong.items()}


class UnreadForm(ArticleForm):
    """The form where nothing of what was sent is read, as there is too much of it."""

    class Meta(SentForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Give None."""
            return None


class DecisionsForm(SentForm):
    """All that is decided about an article, as it was sent or as it is kept; what is wrong stands in `wrong`."""

    def __init__(self, known: Decisions, number: int, today: date) -> None:
        super().__init__()
        sent = request.form if request.method == "POST" else None
        self.decisions = known if sent is None else sent_decisions(sent, known, today)
        self.added = Added.model_validate(dict(_texts(sent or {}, "added-", Added)))
        typed = "" if sent is None else sent.get("number", "")
        self.number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else number
        self.wrong: dict[str, list[str]] = {}

    @property
    def errors(self) -> dict[str | None, list[str]]:
        """What is wrong, with the label of the entry before each sentence."""
        return {
            name: [f"{label}: {one}" if (label := label_of(name)) else one for one in told]
            for name, told in self.wrong.items()
        }

    def refuse(self, refusal: DraftRefused) -> None:
        """Show what is wrong beside the entries that it is about."""
        for name, one in refusal.by_entry.items():
            told = problem_in_words(one) if isinstance(one, Problem) else sentence(one)
            self.wrong.setdefault(name, []).append(told)


def sent_decisions(sent: Mapping[str, str], known: Decisions, today: date) -> Decisions:
    """Give what was sent as decisions about the article that the known ones are about; nothing else is read."""
    read: dict[str, Any] = dict(_texts(sent, "", type(known)))
    read["whose_words"] = "theirs" if sent.get("whose_words") == "theirs" else "ours"
    read["settled"] = tuple(cleaned(sent.get(f"settled-{n}", "")) for n in range(len(known.settled)))
    for box, day in DAYS.items():
        read[day] = today.isoformat() if box in sent else ""
    for rows in ROWS:
        read[rows] = tuple(_row(sent, f"{rows}-{n}-", one) for n, one in enumerate(getattr(known, rows)))
    if "no_source_left" in sent:
        for rows in ("figures", "claims"):
            read[rows] = tuple(_without_source(one) for one in read[rows])
    return Decisions.model_validate(read)


def differing(sent: Decisions, theirs: Decisions) -> Iterator[tuple[str, str]]:
    """Give what somebody else has decided otherwise: the name of each entry, and what they typed there."""
    ours = dict(_flat(sent))
    for name, other in _flat(theirs):
        if other not in ("", ours.get(name)) and name not in DAYS.values():
            yield name, other


def _texts(sent: Mapping[str, str], prefix: str, kind: type[Decided]) -> Iterator[tuple[str, str]]:
    for name, entry in kind.model_fields.items():
        if entry.annotation is str:
            yield name, cleaned(sent.get(f"{prefix}{name}", ""))


def _row(sent: Mapping[str, str], prefix: str, known: Row) -> Row:
    texts = [name for name, entry in type(known).model_fields.items() if entry.annotation is str]
    if not any(f"{prefix}{name}" in sent for name in texts):
        return known  # somebody else has added it since this form was opened
    ticked = {
        name: f"{prefix}{name}" in sent
        for name, entry in type(known).model_fields.items()
        if entry.annotation is bool
    }
    return type(known).model_validate({**dict(_texts(sent, prefix, type(known))), **ticked})


def _without_source(one: Any) -> Any:
    """Decide that the article names nobody for it, where it is taken and nobody was typed."""
    left = one.take and not one.said_by.strip()
    return one.model_copy(update={"no_source": True}) if left else one


def _flat(decisions: Decisions) -> Iterator[tuple[str, str]]:
    for name, value in decisions:
        if isinstance(value, tuple):
            for n, row in enumerate(value):
                if isinstance(row, Decided):
                    yield from ((f"{name}-{n}-{entry}", _shown(typed)) for entry, typed in row)
                else:
                    yield f"{name}-{n}", _shown(row)
        else:
            yield name, _shown(value)


def _shown(value: object) -> str:
    return ("✓" if value else "–") if isinstance(value, bool) else str(value)
