"""Files of articles: those of a folder as they are, and .docx files made from a text that people can read."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_STYLES = {"# ": "Title", "## ": "Heading 1", "### ": "Heading 2", "- ": "List Bullet", "> ": "Intense Quote"}
_PARTS = re.compile(r"\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*")


def article_file(path: Path) -> tuple[bytes, str]:
    """Give a file's bytes and name; one called <name>.docx.md is the text of a .docx, which is made from it."""
    if path.name.endswith(".docx.md"):
        return word_file(path.read_text("utf-8")), path.name.removesuffix(".md")
    return path.read_bytes(), path.name


def word_file(text: str) -> bytes:
    """Make a .docx as people make them: `# ` is the title, `**…**` is bold, notes about the file stand above `---`.

    Lines in `| … |` are the rows of a table.
    """
    document = docx.Document()
    document.core_properties.author = document.core_properties.title = ""
    head, _, body = text.rpartition("\n---\n")
    for line in head.splitlines():
        name, _, value = line.partition(": ")
        setattr(document.core_properties, name, value)
    for block in re.split(r"\n\s*\n", body.strip()):
        if block.startswith("| "):
            _add_table(document, [line.strip("| ").split(" | ") for line in block.splitlines()])
            continue
        style = next((style for mark, style in _STYLES.items() if block.startswith(mark)), None)
        lines = block.splitlines() if style == "List Bullet" else [" ".join(block.splitlines())]
        for line in lines:
            _fill(document.add_paragraph(style=style), line.split(" ", 1)[1] if style else line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


def _fill(paragraph: Any, text: str) -> None:
    done = 0
    for match in _PARTS.finditer(text):
        _add_words(paragraph, text[done : match.start()])
        if match[3]:
            paragraph.add_run(match[3]).bold = True
        else:
            _add_link(paragraph, match[1], match[2])
        done = match.end()
    _add_words(paragraph, text[done:])


def _add_words(paragraph: Any, text: str) -> None:
    # Word cuts a text into runs wherever it was edited.
    for part in (text[: len(text) // 2], text[len(text) // 2 :]):
        if part:
            paragraph.add_run(part)


def _add_link(paragraph: Any, words: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)
