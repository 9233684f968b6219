"""Bytes to text: by mark, by what they can be, by what a page declares; broken bytes are no error."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{3,20})")
# What pages in English and Korean are declared to be in, with the superset that browsers read each as.
_BROWSERS = {
    **dict.fromkeys("euc-kr ks_c_5601-1987 cp949 ms949 uhc windows-949".split(), "cp949"),
    **dict.fromkeys("iso-8859-1 latin1 us-ascii windows-1252 cp1252".split(), "cp1252"),
    **dict.fromkeys("utf-8 utf8".split(), "utf-8"),
}
_ENOUGH = 200_000
_HANGUL = re.compile("[\uac00-\ud7a3]")
_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xAD]
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ANY_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decoded(data: bytes) -> str:
    """Give the text of these bytes, with plain line breaks and without signs that cannot be seen."""
    return cleaned(_text(data))


def cleaned(text: str) -> str:
    """Give a text with plain line breaks and spaces, without controls and marks of direction."""
    text = _ANY_BREAK.sub("\n", text).replace("\xa0", " ").translate(_INVISIBLE)
    return _CONTROLS.sub("", text).encode("utf-8", "replace").decode("utf-8")


def is_text(data: bytes) -> bool:
    """Say whether these bytes are text in any encoding that is read here, rather than a picture or a program's file."""
    start = _text(data[:20_000])
    strange = len(_CONTROLS.findall(start)) + start.count("\ufffd")
    return strange * 10 <= max(len(start), 1)


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _older_text(data)


def _wide(data: bytes) -> str | None:
    """Name the kind of UTF-16 that text without a mark is in, told by the zeros of its spaces and digits."""
    start = data[:4_000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd * 10 > len(start) and even * 20 < odd:
        return "utf-16-le"
    if even * 10 > len(start) and odd * 20 < even:
        return "utf-16-be"
    # Korean has few zeros, but every space and line break has one at the same side.
    spaces_le, spaces_be = start[: len(start) & ~1].count(b" \x00"), start.count(b"\x00 ")
    if max(spaces_le, spaces_be) >= 3 and even + odd < len(start) // 3 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return None


def _older_text(data: bytes) -> str:
    declared = _DECLARED.search(data[:2_048])
    name = _BROWSERS.get(declared[1].decode("ascii").lower()) if declared else None
    # A few signs in the first part may be cut in two; the parts are long enough for that not to matter.
    start = data[:_ENOUGH]
    unicode, korean = start.decode("utf-8", "replace"), start.decode("cp949", "replace")
    # Broken bytes in Unicode spoil some of its signs; of another encoding read as Unicode, nearly all are spoiled.
    if name in (None, "utf-8") and unicode.count("\ufffd") * 2 < sum(sign > "\x7f" for sign in unicode):
        name = "utf-8"
    elif name is None and len(_HANGUL.findall(korean)) > 4 * korean.count("\ufffd") + _latin(start):
        name = "cp949"
    return data.decode(name or "cp1252", "replace")


def _latin(data: bytes) -> int:
    """Count signs of Windows-1252 that stand alone between plain letters, as in café, which Korean never does."""
    return 2 * len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", data))
