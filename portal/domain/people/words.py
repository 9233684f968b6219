"""Words by which a name is found again, in any spelling of case and in any script, without reading all names.

A row of a table of words stands for each word of a name and goes on with the words around it, so that a search is a
range of an index and no LIKE: on SQLite that knows the case of ASCII letters only, and reads every row. Only so many
rows of a range are looked at, however many begin as typed; a whole name that was typed is the first of them.
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
    and_,
    delete,
    event,
    exists,
    func,
    insert,
    inspect,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Mapper

from portal.db import Base, table_of

LONGEST_WORD = 40
MOST_WORDS = 40
# So many words of a search are looked for; who types more has found what there is.
MOST_TYPED = 5
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
    """Give what a text is found by when its beginning is typed: each word with those after and then before it, once.

    Of unspaced scripts also each later part of a word.
    """
    found: dict[str, None] = {}
    words = split(text)
    for place, word in enumerate(words):
        row = " ".join(words[place:] + words[:place])
        parts = len(word) if any(map(_is_unspaced, word)) else 1
        found.update(dict.fromkeys(row[start : start + LONGEST_WORD] for start in range(parts)))
    return list(found)[:MOST_WORDS]


def _is_unspaced(character: str) -> bool:
    return unicodedata.name(character, "").startswith(UNSPACED)


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


def ids_by_words(table: Table, text: str, most: int | None = None) -> Select[tuple[int]] | None:
    """Give the ids of whatever has words that begin as those that were typed; None for no word.

    With `most`, no more than so many rows are looked at that begin as typed, in the order of words and the newest of
    each first, and as many for each single word; `are_many` tells whether there are more.
    """
    typed = split(text)
    if not typed:
        return None
    found = [_beginning(table, " ".join(typed), most)]
    if len(typed) > 1:
        # In another order or not in full: whoever has the rarest of these words is looked at for the others.
        words = typed[:MOST_TYPED]
        for place, word in enumerate(words):
            candidates = _beginning(table, word, most).subquery()
            others = [_has(table, candidates.c[0], other) for other in words[:place] + words[place + 1 :]]
            found.append(select(candidates.c[0]).where(*others))
    return found[0] if len(found) == 1 else select(union(*found).subquery().c[0])


def are_many(table: Table, text: str, most: int) -> ColumnElement[bool] | None:
    """Give the condition that `ids_by_words` with this `most` can't find all that there is; None for no word."""
    typed = split(text)
    if not typed:
        return None
    whole = more_than(_beginning(table, " ".join(typed), most + 1), most)
    each = [more_than(_beginning(table, word, most + 1), most) for word in typed[:MOST_TYPED]]
    return or_(whole, and_(*each))


def more_than(found: Select[Any], most: int) -> ColumnElement[bool]:
    """Give the condition that a statement has more rows than so many."""
    return select(func.count()).select_from(found.subquery()).scalar_subquery() > most


def _beginning(table: Table, beginning: str, most: int | None) -> Select[tuple[int]]:
    """Give the ids of what begins so; the index of the table of words has them in this order."""
    ident = table.c[_id_column(table)]
    found = select(ident).where(begins_with(table.c.word, beginning[:LONGEST_WORD]))
    if most is None:
        return found
    newest = found.order_by(table.c.word, ident.desc()).limit(most).subquery()
    return select(newest.c[0])


def _has(table: Table, ident: ColumnElement[int], beginning: str) -> ColumnElement[bool]:
    own = table.alias()
    return exists().where(own.c[_id_column(table)] == ident, begins_with(own.c.word, beginning))


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
