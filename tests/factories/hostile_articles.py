"""Files made to hurt whoever reads them as an article: each with a name, and made only when it is asked for."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

WORDS = "Words of an article that goes on for a while, with 40 people in it. "
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_SECRET = "file:///etc/hostname"


def bare_word_file(body: str, before: str = "", **more: str) -> bytes:
    """Pack a .docx of the fewest parts, with this as its body and its prologue."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{_RELATIONS}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT}"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
        )
        packed.writestr("word/document.xml", f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, text in more.items():
            packed.writestr(f"word/{name}.xml", text)
    return file.getvalue()


def _lying_word_file() -> bytes:
    """Pack twenty megabytes and declare a hundred bytes of them."""
    data = bytearray(bare_word_file("0" * 20_000_000))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(data)


def _entities(root: str) -> str:
    bomb = f'<!DOCTYPE {root} [<!ENTITY a "{"a" * 1000}"><!ENTITY b "{"&a;" * 1000}"><!ENTITY c "{"&b;" * 1000}">]>'
    return '<?xml version="1.0"?>' + bomb


def _secrets(root: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY c SYSTEM "{_SECRET}">]>'


_TEXTS: dict[str, Callable[[], str]] = {
    "a line of a million characters": lambda: "a" * 1_000_000,
    "a line of nearly as many as an article may have": lambda: "word " * 99_000,
    "quotation marks": lambda: "“" * 499_000,
    "a paragraph of short quotations": lambda: "“a b.” He said. " * 30_000,
    "a sentence of quotations": lambda: "“Hello, he said, ” said " * 20_000,
    "a paragraph of short Korean quotations": lambda: "“나는 가”고 했다. " * 35_000,
    "comments in front of nothing": lambda: "<!-- -->" * 5_000,
    "brackets": lambda: "[" * 499_000,
    "links": lambda: "[a](http://b.c/) " * 29_000,
    "addresses that never end well": lambda: ("http://a.bc/" + ")" * 1990 + " ") * 240,
    "short lines": lambda: "ab\n\n" * 9_900,
    "dates": lambda: "5 June 2018 " * 40_000,
    "bylines": lambda: "By Ana Example, " * 30_000,
    "empty lines": lambda: "\n" * 4_000_000,
    "ten thousand nested parts": lambda: "<!doctype html>" + "<div>" * 10_000 + WORDS + "</div>" * 10_000,
    "ten thousand nested tables": lambda: "<html>" + "<table><tr><td>" * 10_000 + WORDS,
    "ten thousand nested entries": lambda: "<html>" + "<li>" * 10_000 + WORDS,
    "a page of very many paragraphs": lambda: "<html><body>" + "<p>x y z w" * 190_000,
    "a page of as many as there may be": lambda: "<html><div>" + f"<p>{WORDS}</p>" * 3_700,
    "one tag of very many attributes": lambda: (
        "<html><p " + " ".join(f"a{i}=b" for i in range(400_000)) + ">x"
    ),
    "tags of many attributes": lambda: (
        "<html>" + ("<p " + " ".join(f"a{i}" for i in range(190)) + ">x ") * 4_000
    ),
    "tags that never end": lambda: "<html>" + "<" * 4_000_000,
    "programs that never end": lambda: "<html>" + "<script><svg>" * 90_000,
    "comments that never end": lambda: "<html>" + "<!--" * 1_000_000,
    "data for search engines, deeply nested": lambda: (
        '<html><script type="application/ld+json">' + "[" * 190_000 + "</script><p>" + WORDS
    ),
    "a title without end": lambda: "<html><title>" + "A | " * 1_000_000 + "</title><p>" + WORDS,
    "entities of a page": lambda: "<html><p>" + "&nbsp;" * 800_000,
    "stars": lambda: "# x\n\n" + "**a " * 4_900,
    "nested quotations": lambda: "# x\n\n" + (">" * 20 + "a\n") * 9_000,
    "nested lists": lambda: "# x\n\n" + "\n".join(" " * i + "- a" for i in range(900)),
    "half a link": lambda: "# x\n\n" + "[a](" * 6_600,
    "backslashes": lambda: "# x\n\n" + "\\" * 200_000,
    "a wide table": lambda: "# x\n\n" + "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "|a|a\n" * 5_000,
    "notes deeply nested": lambda: "---\na: " + "[" * 4_900 + "\n---\n" + WORDS,
    "notes that grow": lambda: (
        "---\na0: &a0 [x, x]\n"
        + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n" for i in range(1, 30))
        + f"title: *a29\nauthor: *a29\n---\n{WORDS}"
    ),
    "an export with entities": lambda: (
        f"{_entities('rss')}<rss><channel><item><encoded>&c;</encoded></item></channel></rss>"
    ),
    "an export that asks for a file": lambda: (
        f"{_secrets('rss')}<rss><channel><item><encoded>&c;</encoded></item></channel></rss>"
    ),
    "an export of very many attributes": lambda: (
        "<rss " + " ".join(f"a{i}='b'" for i in range(200_000)) + "/>"
    ),
}
_FILES: dict[str, Callable[[], bytes]] = {
    "twenty megabytes": lambda: b"a" * 20_000_000,
    "broken Unicode": lambda: b"a\xff\xc3" * 160_000,
    "broken wide text": lambda: b"\xff\xfe" + b"\x00\xd8a" * 160_000,
    "Korean cut in the middle": lambda: b"\xb0\xa1\xb0" * 160_000,
    "a .docx that unpacks to twenty megabytes": lambda: bare_word_file("0" * 20_000_000),
    "a .docx that unpacks to more than it says": _lying_word_file,
    "a .docx of large parts beside the text": lambda: bare_word_file(
        "", **{f"media{i}": "0" * 9_000_000 for i in range(3)}
    ),
    "a .docx of very many parts": lambda: bare_word_file("", **{f"x{i}": "" for i in range(2_000)}),
    "a .docx of empty paragraphs": lambda: bare_word_file("<w:p/>" * 14_000),
    "a .docx of very many paragraphs": lambda: bare_word_file("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 90_000),
    "a .docx of deep tables": lambda: bare_word_file("<w:tbl><w:tr><w:tc>" * 3_000),
    "a .docx with entities": lambda: bare_word_file("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", _entities("r")),
    "a .docx that asks for a file": lambda: bare_word_file(
        "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", _secrets("r")
    ),
    "half a .docx": lambda: bare_word_file("<w:p/>")[:300],
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    **{name: lambda make=make: make().encode() for name, make in _TEXTS.items()},
    **_FILES,
}
