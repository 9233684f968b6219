"""A story in another language, text by text beside its original, and what has changed since.

Numbers, sources, years, addresses and the article's own words always come from the original.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from portal.domain.campaigns.errors import AnotherShape, EntryTooLong, NumbersDiffer
from portal.domain.campaigns.markdown import MarkdownRefused, addresses_in, pieces_of, story_blocks
from portal.domain.campaigns.quantities import differing
from portal.domain.campaigns.story import Block, Story
from portal.domain.campaigns.written import cleaned, take_apart
from portal.languages import WRITTEN_IN

LONGEST_TRANSLATED = 6_000
WORDS = "words"
# How much of a paragraph has to be the same for its translation to be shown beside what it has become.
_ALIKE = 0.5
_MARKS = {"h2": "##", "h3": "###"}
Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A translated text: its place in the story, what it was made of, and what it says."""

    key: str
    original: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A text of the story and its translation; `made_of` is the original that this was made of, where it differs."""

    key: str
    original: str
    text: str = ""
    made_of: str = ""

    @property
    def state(self) -> str:
        """Whether it is "missing", "changed" since, or "done"."""
        return "changed" if self.made_of else "done" if self.text else "missing"

    @property
    def entry(self) -> Entry | None:
        """What is kept of it; None where it was never translated."""
        return Entry(self.key, self.made_of or self.original, self.text) if self.text else None

    @property
    def is_piece(self) -> bool:
        """Whether it is a piece of Markdown; all others are one line."""
        return self.key.startswith(WORDS)

    @property
    def tag(self) -> str:
        """What kind of piece it is: "p", "h2" and so on."""
        return pieces_of(self.original)[0].tag


@dataclass(frozen=True, slots=True)
class Beside:
    """All texts of a story beside their translations, in reading order, and what belongs to none of them any more."""

    pairs: list[Pair]
    left: list[Entry] = field(default_factory=list)

    def count(self, state: str) -> int:
        """Give how many texts are in this state."""
        return sum(pair.state == state for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Translated:
    """A story as far as it is translated; `texts` are those of it that are in the other language."""

    story: Story
    texts: frozenset[str]


def beside(story: Story, document: str, told: Iterable[Entry]) -> Beside:
    """Set a story's texts and what is translated side by side."""
    originals: list[tuple[str, str]] = []

    def note(key: str, text: str) -> str:
        if any(sign.isalpha() for sign in text):
            originals.append((key, text))
        return text

    _say(story, note)
    for number, piece in enumerate(pieces_of(_words(document))):
        note(f"{WORDS}.{number}", piece.text)
    return _matched(originals, list(told))


def translate(story: Story, document: str, told: Iterable[Entry], language: str) -> Translated:
    """Give the story in this language: what is not translated, or changed since, stays as it is."""
    done = {(pair.key): pair.text for pair in beside(story, document, told).pairs if pair.state == "done"}
    told_again = _say(story, lambda key, text: done.get(key, text))
    blocks = _blocks(_words(document), done, language)
    return Translated(
        told_again.model_copy(update={"blocks": blocks or story.blocks}), frozenset(done.values())
    )


def normal(pair: Pair, typed: str) -> str:
    """Give what was typed as it is kept: a piece with plain line ends, everything else as one line.

    A line that stands for a heading gets the mark of one.
    """
    if not pair.is_piece:
        return " ".join(cleaned(typed).split())
    text = cleaned(typed).strip()
    mark = _MARKS.get(pair.tag) if text and "\n" not in text else None
    is_unmarked = mark and [one.tag for one in pieces_of(text)] == ["p"]
    return f"{mark} {text.lstrip('#').strip()}" if is_unmarked else text


def check(pair: Pair, text: str, language: str) -> None:
    """Look at a translation that is not empty.

    Raises EntryTooLong, NumbersDiffer and AnotherShape.
    """
    if len(text) > LONGEST_TRANSLATED:
        raise EntryTooLong(LONGEST_TRANSLATED)
    if pair.is_piece:
        _refuse_shape(pair.original, text)
    left_out, added = differing(pair.original, WRITTEN_IN, text, language)
    if left_out or added:
        raise NumbersDiffer(left_out, added)


def stamp(text: str) -> str:
    """Name a text by its words: what was there when a page was opened, and is it still?"""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def entries_of(texts: Sequence[dict[str, str]]) -> list[Entry]:
    """Give stored texts as entries."""
    return [Entry(**text) for text in texts]


def stored(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Give entries as they are stored."""
    return [asdict(entry) for entry in entries]


def _say(story: Story, say: Say) -> Story:
    """Give the story with each of its lines as `say` has it; its words are told apart from them."""

    def also(key: str, text: str | None) -> str | None:
        return None if text is None else say(key, text)

    def each(
        kind: str, parts: Iterable[BaseModel], names: tuple[str, ...], key: Callable[..., str]
    ) -> tuple[Any, ...]:
        return tuple(
            part.model_copy(
                update={name: also(f"{kind}.{key(part)}.{name}", getattr(part, name)) for name in names}
            )
            for part in parts
        )

    lines = {
        name: also(name, getattr(story, name)) for name in ("title", "summary", "situation", "content_note")
    }
    told = [story.credit] if story.credit else []
    credits = each("credit", told, ("office", "interest", "dated"), lambda _: "source")
    return story.model_copy(
        update={
            **lines,
            "key_figures": each(
                "figure", story.key_figures, ("shown", "counts", "contradicted_by"), lambda part: part.id
            ),
            "claims": each("claim", story.claims, ("says", "contradicted_by"), lambda part: part.id),
            "pictures": each("picture", story.pictures, ("alt",), lambda part: part.name),
            "reading": each("reading", story.reading, ("note",), lambda part: str(part.url or part.title)),
            "organizations": each("organization", story.organizations, ("does",), lambda part: part.slug),
            "credit": credits[0] if credits else None,
        }
    )


def _matched(originals: list[tuple[str, str]], told: list[Entry]) -> Beside:
    """Find each text's translation: made of it, made of it when it stood elsewhere, made of what it was before."""
    left = {(entry.key, entry.original): entry for entry in told}
    found: dict[str, Entry] = {}
    for key, text in originals:
        if (key, text) in left:
            found[key] = left.pop((key, text))
    for key, text in originals:
        if key not in found and key.startswith(WORDS):
            moved = next((at for at in left if at[1] == text and at[0].startswith(WORDS)), None)
            if moved:
                found[key] = left.pop(moved)
    for key, text in originals:
        if key not in found:
            before = _before(key, text, list(left))
            if before:
                found[key] = left.pop(before)
    pairs = [_pair(key, text, found.get(key)) for key, text in originals]
    return Beside(pairs, list(left.values()))


def _before(key: str, text: str, left: list[tuple[str, str]]) -> tuple[str, str] | None:
    if not key.startswith(WORDS):
        return next((at for at in left if at[0] == key), None)
    pieces = [at for at in left if at[0].startswith(WORDS)]
    alike = get_close_matches(text, [original for _, original in pieces], 1, _ALIKE)
    return next((at for at in pieces if at[1] in alike), None)


def _pair(key: str, text: str, entry: Entry | None) -> Pair:
    if entry is None:
        return Pair(key, text)
    return Pair(key, text, entry.text, "" if entry.original == text else entry.original)


def _words(document: str) -> str:
    return take_apart(document)[1]


def _blocks(words: str, done: dict[str, str], language: str) -> tuple[Block, ...]:
    """Give the blocks of the words with what is translated in its place; none where that cannot be shown."""
    lines, told, spoken = words.split("\n"), [], {}
    at = 0
    for number, piece in enumerate(pieces_of(words)):
        told += lines[at : piece.start]
        text = done.get(f"{WORDS}.{number}")
        if text is None:
            told += lines[piece.start : piece.end]
        else:
            spoken[len(told)] = language
            told += [*text.split("\n"), ""]
        at = piece.end
    blocks = [block for _, block in story_blocks("\n".join([*told, *lines[at:]]), spoken)]
    return tuple(block for block in blocks if isinstance(block, Block)) if _can_be_shown(blocks) else ()


def _can_be_shown(blocks: list[Block | MarkdownRefused]) -> bool:
    return not any(isinstance(block, MarkdownRefused) for block in blocks)


def _refuse_shape(original: str, text: str) -> None:
    """A piece stays one piece of its kind, and its links lead where they led."""
    (piece,), pieces = pieces_of(original), pieces_of(text)
    if [(one.tag, one.text) for one in pieces] != [(piece.tag, text)] or any(
        not isinstance(block, Block) or block.kind != "html" for _, block in story_blocks(text)
    ):
        raise AnotherShape(piece.tag)
    if addresses_in(text) != addresses_in(original):
        raise AnotherShape("a")
