"""Words by which a name is found again, in any spelling of case and in any script, without reading all names.

A row of a table of words stands for each word of a name, so that a search is a range of an index and no LIKE: on SQLite
that knows the case of ASCII letters only, and reads every row.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    delete,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import Mapper

from portal.db import Base, table_of

LONGEST_WORD = 40
MOST_WORDS = 40
# Hangul, Chinese and Japanese are written without spaces: a given name stands right behind its family name.
UNSPACED = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")
# Sorted by what the characters are, in every database: a range of words must be the same one everywhere.
Word = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")
AFTER_ALL = chr(0x10FFFF)


def fold(text: str) -> str:
    """Give a text as it is searched: composed, without case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded)


def words_of(text: str) -> list[str]:
    """Give the words by whose beginnings a text is found, each once; of unspaced scripts also each later part."""
    found: dict[str, None] = {}
    for word in split(text):
        found[word] = None
        if any(unicodedata.name(character, "").startswith(UNSPACED) for character in word):
            found.update(dict.fromkeys(word[start:] for start in range(1, len(word))))
    return list(found)[:MOST_WORDS]


def split(text: str) -> list[str]:
    """Give the folded words of a text: what stands between spaces and signs."""
    spaced = "".join(
        # Accents that did not compose belong to their letter.
        character if unicodedata.category(character)[0] in "LNM" else " "
        for character in fold(text)
    )
    return [word[:LONGEST_WORD] for word in spaced.split()]


def begins_with(column: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    """Give the condition that a folded text begins so, as a range that an index of the column serves."""
    return column.between(beginning, beginning + AFTER_ALL)


def ids_by_words(table: Table, text: str) -> Select[tuple[int]] | None:
    """Give the ids of whatever has a word for each one that was typed, from a table of words; None for no word."""
    ident = table.c[_id_column(table)]
    typed = split(text)
    if not typed:
        return None
    # The longest one is the rarest; the others are looked for among those that it finds.
    first, *others = sorted(typed, key=len, reverse=True)
    found = select(ident).where(begins_with(table.c.word, first))
    for other in others[:4]:
        found = found.where(ident.in_(select(ident).where(begins_with(table.c.word, other))))
    return found


def keep_words(model: type[Base], attribute: str, words: type[Base]) -> None:
    """Let a table of words follow an attribute of a model, in the transaction of each change of it."""
    table = table_of(words)

    column = _id_column(table)

    def add(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
        if rows := list(_rows(column, row.id, getattr(row, attribute))):
            connection.execute(insert(table), rows)

    def replace(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
        if inspect(row).attrs[attribute].history.has_changes():
            # Whatever they were: a name that was never read may have been written over.
            connection.execute(delete(table).where(table.c[column] == row.id))
            add(mapper, connection, row)

    event.listen(model, "after_insert", add)
    event.listen(model, "after_update", replace)


def _rows(column: str, ident: int, text: str) -> Iterator[dict[str, Any]]:
    for word in words_of(text or ""):
        yield {"word": word, column: ident}


def _id_column(table: Table) -> str:
    return next(column.name for column in table.columns if column.name != "word")
