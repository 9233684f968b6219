"""Pictures as files: made anew, upright, without a word of where they were taken; what is none is refused by name."""

import json
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.domain.campaigns.errors import CampaignRefused
from portal.domain.campaigns.picture_errors import (
    PictureBroken,
    PictureHoldsMarkup,
    PictureKindUnknown,
    PictureMissing,
    PictureTooDetailed,
    PictureTooLarge,
    PictureTooSmall,
)
from portal.domain.campaigns.picture_files import (
    delete_files,
    find_file,
    prepare,
    write_files,
)
from tests.factories.pictures import GPS, PLACE, make_bomb, make_photograph, make_picture
from tests.foundation.requirements import ROOT

# A process that reads nothing else, for its peak is what counts.
PREPARE_TWO = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.domain.campaigns.picture_files import prepare
from tests.foundation.peaks import peak_megabytes

sent = Path(sys.argv[1]).read_bytes()
with ThreadPoolExecutor(2) as readers:
    prepared = list(readers.map(prepare, [sent, sent]))
print(json.dumps({"widths": [one.width for one in prepared], "megabytes": peak_megabytes()}))
"""
RED, BLUE = (255, 0, 0), (0, 0, 255)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def test_a_photograph_comes_out_without_where_it_was_taken_and_with_what(tmp_path: Path) -> None:
    sent = make_photograph()
    assert dict(Image.open(BytesIO(sent)).getexif().get_ifd(GPS)) == PLACE
    prepared = prepare(sent)
    write_files(tmp_path, prepared)
    for width in prepared.files:
        path = find_file(tmp_path, f"{prepared.digest}-{width}.webp")
        assert path is not None
        stored = path.read_bytes()
        assert chunks_of(stored) == [b"VP8 "]
        assert [word for word in (b"Exif", b"EXIF", b"Quux", b"xmp", b"Door 3") if word in stored] == []
        assert dict(Image.open(BytesIO(stored)).getexif()) == {}


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (600, 400), "left"), (3, (600, 400), "right"), (6, (400, 600), "top"), (8, (400, 600), "bottom")],
)
def test_a_photograph_stands_upright(orientation: int, size: tuple[int, int], red_at: str) -> None:
    prepared = prepare(make_photograph((600, 400), orientation))
    image = Image.open(BytesIO(prepared.files[prepared.width])).convert("RGB")
    assert (image.size, (prepared.width, prepared.height)) == (size, size)
    middle = (size[0] // 2, size[1] // 2)
    places = {"left": (5, middle[1]), "right": (size[0] - 5, middle[1]), "top": (middle[0], 5)}
    place = places.get(red_at, (middle[0], size[1] - 5))
    assert is_like(image.getpixel(place), RED)


@pytest.mark.parametrize(
    ("size", "widths", "height"),
    [
        ((400, 300), [400], 300),
        ((960, 600), [480, 960], 600),
        ((1000, 600), [480, 960, 1000], 600),
        ((4000, 2000), [480, 960, 1600], 800),
        ((800, 6000), [320], 2400),
    ],
)
def test_a_picture_is_made_in_the_widths_that_pages_show(
    size: tuple[int, int], widths: list[int], height: int
) -> None:
    prepared = prepare(make_picture(size=size))
    assert (sorted(prepared.files), prepared.height) == (widths, height)
    for width, content in prepared.files.items():
        assert Image.open(BytesIO(content)).width == width


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_every_kind_that_is_taken_becomes_one_kind(kind: str, mode: str) -> None:
    prepared = prepare(make_picture(kind, mode=mode))
    image = Image.open(BytesIO(prepared.files[prepared.width]))
    assert (image.format, image.mode) == ("WEBP", "RGBA" if mode == "RGBA" else "RGB")


def test_the_same_picture_has_the_same_digest_and_another_another() -> None:
    digests = [prepare(make_picture(size=size)).digest for size in ((300, 300), (300, 300), (300, 301))]
    assert (digests[0], len(set(digests))) == (digests[1], 2)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", PictureMissing),
        (b"x" * 10_000_001, PictureTooLarge),
        (SVG, PictureKindUnknown),
        (b"<!doctype html><script>1</script>", PictureKindUnknown),
        (b"GIF89a/*<script>*/=1;", PictureKindUnknown),
        (b"%PDF-1.4 %!PS", PictureKindUnknown),
        (make_picture("GIF", (300, 300)), PictureKindUnknown),
        (make_picture("TIFF", (300, 300)), PictureKindUnknown),
        (make_picture(size=(300, 300)) + SVG, PictureHoldsMarkup),
        (make_picture(size=(300, 300), comment=b"<HTML><body onload=1>"), PictureHoldsMarkup),
        (make_picture(size=(300, 199)), PictureTooSmall),
        (make_picture(size=(900, 900))[:2_000], PictureBroken),
        (make_bomb(5_000), PictureTooDetailed),
        (make_bomb(8_000), PictureTooDetailed),
        (make_bomb(60_000), PictureTooDetailed),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused_by_name(
    sent: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        prepare(sent)


def test_the_largest_pictures_that_are_taken_do_not_fill_the_memory_two_at_once(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(make_picture("WEBP", (4_000, 3_000), mode="RGBA", quality=10))
    done = subprocess.run(
        [sys.executable, "-c", PREPARE_TWO, str(sent)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["widths"] == [1600, 1600]
    assert told["megabytes"] < 400


@given(st.binary(max_size=200), st.integers(0, 900), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_no_bytes_do_more_than_be_refused(noise: bytes, place: int, kind: str) -> None:
    whole = make_picture(kind, (200, 200))
    with suppress(CampaignRefused):
        prepare(whole[:place] + noise + whole[place:])


def test_files_are_found_by_digest_and_width_alone_and_deleted_together(tmp_path: Path) -> None:
    prepared = prepare(make_picture())
    write_files(tmp_path, prepared)
    name = f"{prepared.digest}-480.webp"
    assert find_file(tmp_path, name) is not None
    for other in (f"../pictures/{name}", name.upper(), "", name.replace("480", "481"), f"{name}\n", ".."):
        assert find_file(tmp_path, other) is None
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == sorted(
        f"{prepared.digest}-{width}.webp" for width in (480, 960, 1000)
    )
    delete_files(tmp_path, prepared.digest)
    assert list((tmp_path / "pictures").iterdir()) == []


def chunks_of(webp: bytes) -> list[bytes]:
    """Give the names of the parts that a WebP file is made of."""
    assert (webp[:4], webp[8:12]) == (b"RIFF", b"WEBP")
    names, at = [], 12
    while at < len(webp):
        names.append(webp[at : at + 4])
        length = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return names


def is_like(pixel: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, wanted, strict=True))
