"""The year of a Korean figure: 2018년, and 지난해 or 올해 where the day of the article is known."""

import re

_FOUNDED = (
    r"(?! ?에? ?(?:\S{1,8} ){0,2}(?:설립|창립|출범|결성|창간|개원|개교|문을 연|문을 열|세워|세운|태어))"
)
# What a figure is compared with has a year of its own.
_COMPARED = r"(?!(?: 같은 (?:기간|달|시기))?(?:보다|에 비해|에 견줘| 대비|와 비교|과 비교))"
_SAID = re.compile(
    r"(?<![0-9~∼–-])(?P<year>1[89][0-9]{2}|20[0-9]{2})년(?!대|부터|이후|이래|까지| 이후| 이래|[~∼-]|생)"
    rf"{_FOUNDED}{_COMPARED}"
    rf"|(?<![가-힣])(?:(?P<last>지난해|작년)|(?P<this>올해|올(?= 들어| [상하]반기|봄|여름|가을|겨울))"
    rf"|(?P<before_last>재작년|지지난해))(?!부터|까지){_COMPARED}"
)
_BEHIND = re.compile(r"\((?P<year>1[89][0-9]{2}|20[0-9]{2})년")
_OTHER_TIME = re.compile(
    r"(?<!말 )(?<!년 )(?<!월 )(?<!일 )현재|지금|오늘|내년|이번|이듬해|보다|에 비해|에 견줘"
)
_YEARS_AGO = {"last": 1, "this": 0, "before_last": 2}


def korean_year(text: str, start: int, end: int, published: int | None) -> int | None:
    """Give the year of what stands between two places of a sentence; `published` is the year of the article."""
    if behind := _BEHIND.match(text, end):
        return int(behind["year"])
    before = list(_SAID.finditer(text, 0, start))
    if not before or _OTHER_TIME.search(text, before[-1].end(), start):
        return None
    said = before[-1]
    if said["year"]:
        return int(said["year"])
    ago = next(years for name, years in _YEARS_AGO.items() if said[name])
    return published - ago if published else None
