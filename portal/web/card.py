"""The picture that stands for a campaign where its address is passed on: its title and figure beside a lantern.

Drawn with fonts of our own, so that it looks the same on every machine, in Latin letters and in Hangul.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
FONTS = Path(__file__).resolve().parent.parent / "fonts"
SERIF, SANS = "NotoSerifKR-Bold.woff2", "NotoSansKR-Regular.woff2"
# The style sheet's colours of the night.
DEEP, NIGHT, HIGH = (10, 17, 34), (16, 26, 48), (38, 51, 86)
LAMP, BRIGHT, CORE = (240, 172, 69), (255, 213, 138), (255, 244, 220)
ON_NIGHT, SOFT = (244, 239, 230), (185, 194, 214)
LEFT, RIGHT, TOP, BOTTOM = 72, 812, 64, 566
TITLE_SIZES, FIGURE_SIZES = (88, 76, 66, 58, 50, 44), (78, 66, 56, 46, 38)
MOST_TITLE_LINES, MOST_TEXT_LINES, TEXT_SIZE, SMALL_SIZE = 3, 2, 31, 26
# The lantern of the home page, 200 by 220: its corners, and the edges of its glass.
FRAME = (
    ((72, 56), (128, 56), (138, 172), (62, 172)),
    ((70, 56), (130, 56), (122, 40), (78, 40)),
    ((56, 188), (144, 188), (138, 172), (62, 172)),
)
GLASS = (((86, 56), (80, 172)), ((114, 56), (120, 172)))
# The lantern is drawn larger and made smaller: Pillow's lines have hard edges.
FINER = 3
# zlib's best is a tenth smaller, at three times the work.
COMPRESSION = 6

# More characters than the smallest size has a place for.
LONGEST = 400
# Between title and figure, at least.
GAP = 30
# The fonts' own ellipsis hangs in the middle of the line, as it does in Korean.
CUT = "..."

Font = ImageFont.FreeTypeFont
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says; `figure` and `mark` may be empty, `text` then stands under the title by itself."""

    group: str
    title: str
    figure: str
    text: str
    address: str
    mark: str


def draw_card(words: CardWords) -> bytes:
    """Give the card as a PNG of 1200 by 630 pixels; what has no place on it ends in an ellipsis."""
    card = _backdrop().copy()
    draw = ImageDraw.Draw(card)
    _draw_head(draw, words)
    figure = _fitting(words.figure, SERIF, FIGURE_SIZES, 1, leading=1.32)
    text = _lines(words.text, _font(SANS, TEXT_SIZE), MOST_TEXT_LINES)
    told = (figure.height if figure else 0) + len(text) * TEXT_SIZE * 1.42
    room = BOTTOM - SMALL_SIZE * 2.2 - told - (TOP + SMALL_SIZE * 2.6) - GAP
    title = _fitting(words.title, SERIF, TITLE_SIZES, MOST_TITLE_LINES, room)
    y = TOP + SMALL_SIZE * 2.6
    if title:
        y = title.draw(draw, y, ON_NIGHT)
    y += (BOTTOM - SMALL_SIZE * 2.2 - told - y) * 0.45
    if figure:
        y = figure.draw(draw, y, BRIGHT)
    _Lines(text, _font(SANS, TEXT_SIZE), 1.42).draw(draw, y, SOFT)
    small = _font(SANS, SMALL_SIZE)
    for line in _lines(words.address, small, 1):
        draw.text((LEFT, BOTTOM), line, LAMP, small, anchor="ls")
    file = BytesIO()
    card.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one font, with the height of each as a part of its size."""

    lines: list[str]
    font: Font
    leading: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.font.size * self.leading

    def draw(self, draw: ImageDraw.ImageDraw, y: float, colour: tuple[int, int, int]) -> float:
        """Draw from the upper edge `y` on, and give the lower one."""
        for line in self.lines:
            draw.text((LEFT, y + self.font.size * 0.95), line, colour, self.font, anchor="ls")
            y += self.font.size * self.leading
        return y


def _draw_head(draw: ImageDraw.ImageDraw, words: CardWords) -> None:
    small = _font(SANS, SMALL_SIZE)
    base, x = TOP + SMALL_SIZE, float(LEFT)
    if words.mark:
        mark = _drawable(words.mark, small)
        end = x + small.getlength(mark) + 34
        draw.rounded_rectangle((x, base - 31, end, base + 13), 22, fill=LAMP)
        draw.text((x + 17, base), mark, DEEP, small, anchor="ls")
        x = end + 20
    for line in _lines(words.group, small, 1, RIGHT - x):
        draw.text((x, base), line, SOFT, small, anchor="ls")


def _fitting(
    text: str,
    name: str,
    sizes: tuple[int, ...],
    most: int,
    room: float = float(HEIGHT),
    leading: float = 1.16,
) -> _Lines | None:
    """Give the text in the largest size in which it has a place; None for nothing to say."""
    for size in sizes:
        font = _font(name, size)
        set_in = _Lines(_lines(text, font, most + 1), font, leading)
        if len(set_in.lines) <= most and set_in.height <= room and _is_whole(text, set_in):
            break
    else:
        set_in = _Lines(_lines(text, font, most), font, leading)
    return set_in if set_in.lines else None


def _is_whole(text: str, set_in: _Lines) -> bool:
    """Tell whether no word had to be broken or left out."""
    return " ".join(set_in.lines) == _drawable(text, set_in.font)


def _lines(text: str, font: Font, most: int, width: float = RIGHT - LEFT) -> list[str]:
    """Break a text between words, or within one that is wider than a line; the last line may end in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _pieces(_drawable(text, font).split(), font, width):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines += [line] if line else []
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], font, width)]
    return lines


def _pieces(words: Iterable[str], font: Font, width: float) -> Iterator[str]:
    for word in words:
        piece = ""
        for sign in word:
            if piece and font.getlength(piece + sign) > width:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _cut(line: str, font: Font, width: float) -> str:
    while line and font.getlength(f"{line}{CUT}") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:')}{CUT}"


def _drawable(text: str, font: Font) -> str:
    """Give a text without the characters that the font does not have: nobody can read an empty box."""
    name = Path(str(font.path)).name
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    return " ".join("".join(sign if _has(name, sign) else " " for sign in composed).split())


@lru_cache(maxsize=4096)
def _has(name: str, sign: str) -> bool:
    return sign.isspace() or _shape(name, sign) != _box(name)


@lru_cache(maxsize=2)
def _box(name: str) -> bytes:
    """Give what a font draws for a character that it does not have; U+FFFF is none, so no font has it."""
    return _shape(name, "\uffff")


def _shape(name: str, sign: str) -> bytes:
    return bytes(_font(name, SMALL_SIZE).getmask(sign))


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> Font:
    # The basic layout is the same everywhere; the other one needs libraries that a machine may lack.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def _backdrop() -> Image.Image:
    """Give the night with a lantern in it, which is the same on every card."""
    down = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    night = Image.composite(_plain(NIGHT), _plain(DEEP), down)
    for radius, colour, strength in ((760, HIGH, 0.9), (520, (122, 84, 40), 0.62), (290, LAMP, 0.5)):
        night = Image.composite(_plain(colour), night, _glow(radius, strength))
    large = night.resize((WIDTH * FINER, HEIGHT * FINER))
    _draw_lantern(ImageDraw.Draw(large))
    return large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _plain(colour: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), colour)


def _glow(radius: int, strength: float) -> Image.Image:
    # Pillow's gradient is 181 at the middle of each side, and 255 in the corners.
    light = Image.radial_gradient("L").point(lambda dark: int(max(1 - dark / 180, 0) ** 1.5 * 255 * strength))
    mask = Image.new("L", (WIDTH, HEIGHT))
    mask.paste(
        light.resize((radius * 2, radius * 2), Image.Resampling.BICUBIC), (1000 - radius, 350 - radius)
    )
    return mask


def _draw_lantern(draw: ImageDraw.ImageDraw) -> None:
    for corners in FRAME:
        _stroke(draw, (*corners, corners[0]), ON_NIGHT, 4)
    for edge in GLASS:
        _stroke(draw, edge, (118, 116, 118), 3)
    (left, top), (right, bottom) = _place((78, 18)), _place((122, 62))
    draw.arc((left, top, right, bottom), 180, 360, ON_NIGHT, _thick(4))
    for (start, tip), colour in ((((100, 98), (100, 154)), BRIGHT), (((100, 124), (100, 152)), CORE)):
        draw.polygon([_place(point) for point in _flame(start, tip)], colour)


def _flame(start: Point, tip: Point) -> list[Point]:
    """Give the outline of a flame between two points, one above the other."""
    height = tip[1] - start[1]
    wide = height * 0.357

    def side(sign: int) -> list[Point]:
        handles = [
            start,
            (start[0] + sign * wide, start[1] + height * 0.393),
            (tip[0] + sign * wide, start[1] + height * 0.714),
            tip,
        ]
        return [_bezier(handles, step / 24) for step in range(25)]

    return side(1) + side(-1)[::-1]


def _bezier(handles: list[Point], t: float) -> Point:
    parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(part * handle[axis] for part, handle in zip(parts, handles, strict=True)) for axis in (0, 1))
    return x, y


def _place(point: Point) -> Point:
    """Give where a point of the home page's lantern stands on the enlarged card."""
    return (1000 + (point[0] - 100) * 2.25) * FINER, (92 + point[1] * 2.1) * FINER


def _thick(width: float) -> int:
    return int(width * 2.1 * FINER)


def _stroke(
    draw: ImageDraw.ImageDraw, path: tuple[Point, ...], colour: tuple[int, int, int], width: float
) -> None:
    points = [_place(point) for point in path]
    draw.line(points, colour, _thick(width), joint="curve")
    half = _thick(width) / 2
    for x, y in points:
        draw.ellipse((x - half, y - half, x + half, y + half), colour)
