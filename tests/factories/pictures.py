"""Pictures as files, as cameras and people make them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
# Somewhere that nobody must be found by.
PLACE = {1: "N", 2: (53.0, 20.0, 59.0), 3: "W", 4: (6.0, 15.0, 37.0)}


class PictureFile(BytesIO):
    """A file to send, that can be sent again."""

    def close(self) -> None:
        """Go back to its start, as whoever sends it closes it."""
        self.seek(0)


def make_picture(
    kind: str = "JPEG", size: tuple[int, int] = (1000, 600), mode: str = "RGB", **facts: Any
) -> bytes:
    """Give a picture whose left half is red, so that it can be told which way up it is."""
    image = Image.new(mode, size, {"RGB": (0, 0, 255), "RGBA": (0, 0, 255, 0), "L": 40, "CMYK": 90}[mode])
    left = {"RGB": (255, 0, 0), "RGBA": (255, 0, 0, 255), "L": 200, "CMYK": 10}[mode]
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind, **facts)
    return written.getvalue()


def make_photograph(size: tuple[int, int] = (1000, 600), orientation: int = 1, **facts: Any) -> bytes:
    """Give a picture as a phone makes it: it says where it was taken, with what, and which way up it is."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Quuxphone"
    exif[GPS] = PLACE
    told = {"exif": exif, "comment": b"Door 3", "xmp": b"<x:xmpmeta>Quux</x:xmpmeta>", **facts}
    return make_picture(size=size, **told)


def make_bomb(side: int = 20_000) -> bytes:
    """Give a small file that claims to be a picture of very many pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side // 8 + 1) * 64, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
