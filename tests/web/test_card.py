"""The picture that stands for a campaign: in Latin letters and Hangul, within its frame, whatever it has to say."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from portal.web import card
from portal.web.card import BRIGHT, HEIGHT, ON_NIGHT, RIGHT, WIDTH, CardWords, draw_card

WORDS = CardWords(
    "Lantern Circle",
    "The way out",
    "50,000 to 200,000",
    "people in hiding",
    "give.example.org/campaigns/a",
    "",
)
# What social networks still take without asking for less.
MOST_BYTES = 300_000


def test_a_card_is_a_picture_of_the_size_that_other_sites_show() -> None:
    drawn = draw_card(WORDS)

    picture = Image.open(BytesIO(drawn))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
    assert len(drawn) < MOST_BYTES


@pytest.mark.parametrize("part", ["group", "title", "figure", "text", "address", "mark"])
def test_each_part_of_the_words_is_drawn(part: str) -> None:
    assert draw_card(replace(WORDS, **{part: "Other words"})) != draw_card(WORDS)


def test_the_same_words_are_the_same_bytes() -> None:
    assert draw_card(WORDS) == draw_card(WORDS)


@pytest.mark.parametrize("name", [card.SERIF, card.SANS])
def test_every_syllable_of_hangul_has_a_shape_of_its_own(name: str) -> None:
    font = card._font(name, 20)
    sample = [chr(sign) for sign in range(0xAC00, 0xD7A4, 11)]
    shapes = [bytes(font.getmask(sign)) for sign in sample]

    assert all(card._has(name, sign) for sign in sample)
    assert len(set(shapes)) == len(shapes)


def test_syllables_in_their_parts_are_drawn_as_whole_ones() -> None:
    whole = "나가는 길"
    apart = unicodedata.normalize("NFD", whole)

    assert whole != apart
    assert draw_card(replace(WORDS, title=apart)) == draw_card(replace(WORDS, title=whole))


def test_what_no_font_of_ours_has_is_left_out_and_not_drawn_as_a_box() -> None:
    assert draw_card(replace(WORDS, title="The 😀 way ﷽ out\u202e")) == draw_card(WORDS)
    assert draw_card(replace(WORDS, title="😀")) == draw_card(replace(WORDS, title=""))


@pytest.mark.parametrize("long", ["word " * 200, "한국어" * 200, "W" * 900, "a\n\n\t b " * 90])
@pytest.mark.parametrize("part", ["group", "title", "figure", "text", "address"])
def test_words_without_end_stay_within_their_frame(part: str, long: str) -> None:
    drawn = Image.open(BytesIO(draw_card(replace(WORDS, **{part: long}))))
    left, upper, right, lower = ImageChops.difference(drawn, card._backdrop()).getbbox() or (0, 0, 0, 0)

    assert (left >= 60, right <= RIGHT + 2) == (True, True)
    assert (upper >= 40, lower <= HEIGHT - 40) == (True, True)


def test_what_has_no_place_ends_in_an_ellipsis_and_what_has_one_does_not() -> None:
    font = card._font(card.SANS, 30)

    assert card._lines("one two three", font, 2, 120) == ["one two", "three"]
    assert card._lines("one two three four five", font, 2, 120)[1].endswith(card.CUT)
    assert card._lines("", font, 2) == []


def test_title_and_figure_never_stand_on_each_other() -> None:
    title = "A title that needs three lines in any size that could be read from far away, as some of them do"
    told = replace(
        WORDS, title=title, text="what it counts, told in so many words that they need two lines " * 2
    )

    assert {BRIGHT, ON_NIGHT} <= set(rows_of(draw_card(told)))
    assert max(rows_of(draw_card(told))[ON_NIGHT]) < min(rows_of(draw_card(told))[BRIGHT])


def rows_of(drawn: bytes) -> dict[tuple[int, ...], list[int]]:
    """Give for the colours of title and figure the rows of the left side in which they stand."""
    picture = Image.open(BytesIO(drawn)).convert("RGB").crop((0, 0, RIGHT, HEIGHT))
    pixels = picture.load()
    assert pixels
    found: dict[tuple[int, ...], list[int]] = {ON_NIGHT: [], BRIGHT: []}
    for y in range(HEIGHT):
        row = {pixels[x, y] for x in range(0, RIGHT, 2)}
        for colour, rows in found.items():
            rows += [y] if colour in row else []
    return found
