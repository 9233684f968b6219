"""The parts of a .docx that hold its text: unpacked within bounds, and without what only its look needs."""

import re
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from portal.domain.campaigns.article.files.limits import LONGEST_ARTICLE
from portal.domain.campaigns.article.files.markup import Tree, xml_of
from portal.domain.campaigns.errors import ArticleTooLarge, ArticleTooLong, ArticleUnreadable

# Pictures count as they are declared; only parts with text are unpacked, and of those less is allowed.
MOST_MEGABYTES_UNPACKED = 25
_MOST_UNPACKED_TEXT = 5_000_000
# What the library gets; it takes two microseconds a byte, and thirty a tag.
_MOST_TAGS_SLIMMED = 30_000
_MOST_MEGABYTES_SLIMMED = 1
_MOST_PARTS = 1_000
_TEXT_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:document\d*|styles|numbering|footnotes"
    r"|endnotes)\.xml"
    r"|word/_rels/(?:document\d*|footnotes|endnotes)\.xml\.rels"
)
_LOOKS = frozenset(
    "rFonts lang sz szCs color kern bCs iCs noProof proofErr lastRenderedPageBreak sectPr spacing shd highlight"
    " u w position"
    " ind jc tabs keepNext keepLines pBdr tblPr tblGrid tcPr trPr lvlText lvlJc suff tblStylePr latentStyles"
    " docDefaults"
    " contextualSpacing widowControl outlineLvl rsids eastAsianLayout autoSpaceDE autoSpaceDN wordWrap".split()
)
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError)
_PICTURES = frozenset(["drawing", "pict", "AlternateContent", "object"])


def unpacked(data: bytes) -> dict[str, bytes]:
    """Unpack the parts that hold text, by name.

    What the file declares and what really comes out of it are both bounded. Raises ArticleTooLarge, ArticleUnreadable.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = _text_parts(packed)
    # The standard library's ways of saying that a packed file is broken, locked, or packed in a way unknown to it.
    except (*_BROKEN, RuntimeError, ValueError, OSError, EOFError) as error:
        raise ArticleUnreadable from error
    if not any(name.startswith("word/document") for name in parts):
        raise ArticleUnreadable
    return parts


def _text_parts(packed: zipfile.ZipFile) -> dict[str, bytes]:
    entries = packed.infolist()
    if len(entries) > _MOST_PARTS or len({entry.filename for entry in entries}) < len(entries):
        raise ArticleUnreadable
    if sum(entry.file_size for entry in entries) > MOST_MEGABYTES_UNPACKED * 1_000_000:
        raise ArticleTooLarge(MOST_MEGABYTES_UNPACKED)
    parts: dict[str, bytes] = {}
    left = _MOST_UNPACKED_TEXT
    for entry in entries:
        if _TEXT_PARTS.fullmatch(entry.filename):
            with packed.open(entry) as part:
                held = part.read(left + 1)
            left -= len(held)
            if left < 0:
                raise ArticleTooLarge(_MOST_UNPACKED_TEXT // 1_000_000)
            parts[entry.filename] = held
    return parts


def slimmed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give the parts without what only the look of the text needs; raises ArticleTooLarge and ArticleTooLong."""
    slim: dict[str, bytes] = {}
    for name, part in parts.items():
        tree = xml_of(part)
        if name.startswith("word/") and name.endswith(".xml"):
            _drop_looks(tree, is_styles=name == "word/styles.xml")
        slim[name] = etree.tostring(tree, encoding="utf-8", xml_declaration=True)
        if sum(map(len, slim.values())) > _MOST_MEGABYTES_SLIMMED * 1_000_000:
            raise ArticleTooLarge(_MOST_MEGABYTES_SLIMMED)
        if sum(part.count(b"<") for part in slim.values()) > _MOST_TAGS_SLIMMED:
            raise ArticleTooLong(LONGEST_ARTICLE)
    return slim


def _drop_looks(tree: Tree, is_styles: bool) -> None:
    for element in list(tree.iter("{*}*")):
        name = element.tag.rpartition("}")[2]
        for attribute in [attribute for attribute in element.attrib if "rsid" in attribute]:
            del element.attrib[attribute]
        pictured = name in _PICTURES and element.find(".//{*}txbxContent") is None
        if name in _LOOKS or pictured or (is_styles and name in ("rPr", "pPr")):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
