"""Pictures as files: what was sent is read as a picture or refused, made anew in a few sizes, and kept by its digest.

Nothing of the file that was sent is kept: where and when it was taken, by whom and with what, goes with its metadata.
"""

import os
import re
import tempfile
import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock

from PIL import Image, ImageCms, ImageOps

from portal.domain.campaigns.picture import picture_widths
from portal.domain.campaigns.picture_errors import (
    PictureBroken,
    PictureHoldsMarkup,
    PictureKindUnknown,
    PictureMissing,
    PictureTooDetailed,
    PictureTooLarge,
    PictureTooSmall,
)

MOST_MEGABYTES, LEAST_PIXELS = 10, 200
# A JPEG is made smaller while it is decoded; the others stand in memory whole, a WebP three times.
MOST_MEGAPIXELS = {"JPEG": 50, "PNG": 16, "WEBP": 12}
# By content and not by name; the decoders of other formats are not even asked.
FORMATS = ("JPEG", "PNG", "WEBP")
# As wide and as high as any page shows one.
LARGEST = (1600, 2400)
QUALITY = 80
_ORIENTATION, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)
# What a browser could take for a page, were it ever told to; no picture needs it.
_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|iframe|body)[\s>/]", re.IGNORECASE)
# Whoever sends ten at once shall not fill the memory with them.
_one_at_a_time = Lock()
_FOLDER = "pictures"
_FILE_NAME = re.compile(r"[0-9a-f]{32}-[1-9][0-9]{0,3}\.webp", re.ASCII)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture made anew: its digest, its size in pixels, and its files by width."""

    digest: str
    width: int
    height: int
    files: dict[int, bytes]


def prepare(sent: bytes) -> Prepared:
    """Make a picture anew of what was sent, upright and without metadata; takes up to some seconds.

    Raises PictureMissing, PictureTooLarge, PictureKindUnknown, PictureHoldsMarkup, PictureTooDetailed,
    PictureTooSmall, and PictureBroken.
    """
    if not sent:
        raise PictureMissing
    if len(sent) > MOST_MEGABYTES * 1_000_000:
        raise PictureTooLarge(MOST_MEGABYTES)
    with _one_at_a_time, warnings.catch_warnings():
        # Pillow only warns of what would fill the memory; how much is too much is said here.
        warnings.simplefilter("ignore")
        image = _open(sent)
        if _MARKUP.search(sent):
            raise PictureHoldsMarkup
        try:
            return _made_anew(image)
        except (OSError, ValueError, SyntaxError, MemoryError, EOFError):
            raise PictureBroken from None


def _open(sent: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(sent), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PictureTooDetailed(min(MOST_MEGAPIXELS.values())) from None
    except (OSError, ValueError, SyntaxError):
        raise PictureKindUnknown from None
    # Only its head was read so far.
    most = MOST_MEGAPIXELS[image.format or "PNG"]
    if image.width * image.height > most * 1_000_000:
        raise PictureTooDetailed(most)
    if min(image.size) < LEAST_PIXELS:
        raise PictureTooSmall(LEAST_PIXELS)
    return image


def _made_anew(image: Image.Image) -> Prepared:
    is_on_its_side = image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
    # Made smaller while it is decoded: a photograph in full takes as much memory as all the rest of the portal.
    image.thumbnail(LARGEST[::-1] if is_on_its_side else LARGEST, Image.Resampling.LANCZOS)
    upright = _in_usual_colours(ImageOps.exif_transpose(image))
    # Of its pixels alone: whatever else Pillow knows of it would come along.
    plain = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    files = {width: _encoded(plain, width) for width in picture_widths(plain.width)}
    return Prepared(sha256(files[plain.width]).hexdigest()[:32], plain.width, plain.height, files)


def _in_usual_colours(image: Image.Image) -> Image.Image:
    """Give it in the colours that screens agree on; what its profile would tell of the camera is left behind."""
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB")) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that can't be read is no reason to refuse a picture
    return image.convert(mode)


def _encoded(image: Image.Image, width: int) -> bytes:
    height = max(1, round(image.height * width / image.width))
    sized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    written = BytesIO()
    sized.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()


def write_files(data_folder: Path, prepared: Prepared) -> None:
    """Keep a picture's files in the data folder: each whole or not at all, and there before any row names it."""
    folder = data_folder / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for width, content in prepared.files.items():
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(folder / f"{prepared.digest}-{width}.webp")


def find_file(data_folder: Path, file_name: str) -> Path | None:
    """Give where a picture's file is kept, by digest and width; None for any other name, and where there is none."""
    path = data_folder / _FOLDER / file_name if _FILE_NAME.fullmatch(file_name) else None
    return path if path is not None and path.is_file() else None


def delete_files(data_folder: Path, digest: str) -> None:
    """Delete a picture's files."""
    for path in (data_folder / _FOLDER).glob(f"{digest}-*.webp"):
        path.unlink(missing_ok=True)
