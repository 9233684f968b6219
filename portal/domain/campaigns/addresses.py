"""A campaign's address, made from its title: small letters, digits and hyphens, from titles in Hangul too."""

import re
import unicodedata
from collections.abc import Container

from portal.domain.campaigns.errors import AddressMalformed

LONGEST_ADDRESS = 60
MOST_WORDS = 5
ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that do not come apart into a plain one and its marks.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŋ": "n"}
)
# A Hangul syllable is a number: opening, vowel and ending. Spelled as South Korea's romanization of 2000 has it,
# letter by letter; how neighbouring syllables change each other's sound is left out.
_SYLLABLES = range(0xAC00, 0xD7A4)
_OPENINGS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_ENDINGS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")


def address_of(title: str) -> str:
    """Give the address that a title makes; "campaign" where none of its letters can be spelled."""
    # Composed first, as a syllable can also come in its parts.
    spelled = "".join(_spell(sign) for sign in unicodedata.normalize("NFKC", title).casefold())
    plain = unicodedata.normalize("NFKD", spelled.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return _cut(words) or "campaign"


def read_address(typed: str) -> str:
    """Give an address as it was chosen, in small letters. Raises AddressMalformed."""
    address = typed.strip().lower()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise AddressMalformed(LONGEST_ADDRESS)
    return address


def numbered(address: str, number: int) -> str:
    """Give an address for the second, third, ... campaign of one title: the-way-out-2."""
    ending = f"-{number}"
    return address[: LONGEST_ADDRESS - len(ending)].rstrip("-") + ending


def free_name(words: str, taken: Container[str]) -> str:
    """Make a name, unlike those taken, of the first words of something within a campaign: its story points to it."""
    start = "-".join(address_of(words).split("-")[:MOST_WORDS])
    number, name = 1, start
    while name in taken:
        number += 1
        name = f"{start}-{number}"
    return name


def _spell(sign: str) -> str:
    if ord(sign) not in _SYLLABLES:
        return sign
    rest, ending = divmod(ord(sign) - _SYLLABLES.start, len(_ENDINGS))
    opening, vowel = divmod(rest, len(_VOWELS))
    return _OPENINGS[opening] + _VOWELS[vowel] + _ENDINGS[ending]


def _cut(words: str) -> str:
    """Cut a long address between two words where it can be."""
    if len(words) <= LONGEST_ADDRESS:
        return words
    whole, _, _ = words[: LONGEST_ADDRESS + 1].rpartition("-")
    return whole or words[:LONGEST_ADDRESS]
