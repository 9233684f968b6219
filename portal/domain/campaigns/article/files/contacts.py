"""How to reach or pay the house behind a text, which no reader takes for its story: accounts, telephones, addresses."""

import re

# Every repetition has its bound: a line may be as long as a file.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,60}\w")
_REACHED = re.compile(
    r"\bIBAN\b|\b(?:sort code|account (?:no\b|number)|BIC:|SWIFT:)"
    r"|\+[0-9]{1,3}(?:[ ()./-]{1,2}[0-9]{1,5}){2,7}"
    r"|\b(?:tel|telephone|phone|mobile|fax|call|whatsapp)\b[.:]? {0,2}[+(]?[0-9][0-9 ()./-]{5,20}[0-9]"
    r"|(?:계좌|전화|팩스|문의|연락처)[^.。0-9]{0,20}[0-9]{2,6}-[0-9]{2,6}-?[0-9]{0,9}|수신 ?거부",
    re.IGNORECASE,
)
_HEADINGS = re.compile(
    r"\W{0,3}(?:(?:(?:media|press|our) )?contacts?(?: (?:us|details|information|person))?"
    r"|contacts? for (?:the )?(?:media|press|journalists)|(?:media|press) (?:office|enquiries|inquiries)"
    r"|for (?:more|further) information|(?:보도 ?자료 |언론 |취재 )?(?:문의처?|연락처|담당자))\W{0,3}",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60


def tells_contact(words: str) -> bool:
    """Say whether words hold an account to pay into, a telephone number or an address for mail."""
    return bool(_REACHED.search(words) or _EMAIL.search(words))


def opens_contact(line: str) -> bool:
    """Say whether what follows this line tells whom to ask."""
    return len(line) <= _LONGEST_HEADING and bool(_HEADINGS.fullmatch(line))


def without_email(line: str) -> str:
    """Give a line without the addresses for mail in it."""
    return " ".join(_EMAIL.sub(" ", line).split())
