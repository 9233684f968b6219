"""Numbers of a translation are those of its original, however each of the two languages writes them."""

import pytest

from portal.domain.campaigns.quantities import differing


@pytest.mark.parametrize(
    ("original", "language", "translation"),
    [
        ("10.5 million people", "ko", "1,050만 명"),
        ("24.9 million people", "ko", "2,490만 명"),
        ("Two of 5 in March 2017", "ko", "2017년 3월, 5명 중 2명"),
        ("10.5 million, or 42.5%", "de", "10,5 Millionen oder 42,5 %"),
        ("50,000 people", "fr", "50 000 personnes"),
        ("24.9 million people", "ja", "2490万人"),
        ("between 50,000 and 200,000", "ru", "от 50 тысяч до 200 тысяч"),
        ("[the 51 articles](https://example.org/7)", "ko", "[기사 51건](https://example.org/7)"),
    ],
)
def test_a_number_may_be_written_as_its_language_does(original: str, language: str, translation: str) -> None:
    assert differing(original, "en", translation, language) == ([], [])


@pytest.mark.parametrize(
    ("original", "language", "translation", "told"),
    [
        ("51 articles", "ko", "기사 52건", (["51"], ["52"])),
        ("51 articles", "ko", "기사", (["51"], [])),
        ("articles of 2018", "ko", "2018년의 기사 3건", ([], ["3"])),
        ("10.5 million", "ko", "105만 명", (["10.5 million"], ["105만"])),
        ("10.5 million", "de", "10.5 Millionen", (["10.5 million"], ["10", "5 Millionen"])),
        ("24.9%", "ko", "25.9%", (["24.9"], ["25.9"])),
        ("in March", "ko", "4월", ([], ["4"])),
    ],
)
def test_another_number_is_named_as_it_is_written(
    original: str, language: str, translation: str, told: tuple[list[str], list[str]]
) -> None:
    assert differing(original, "en", translation, language) == told
