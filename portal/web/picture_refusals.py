"""Refusals of pictures, in words: a part of web/refusals.py that would make it too long."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from portal.domain.campaigns import picture_errors as errors

PICTURE_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    errors.PictureMissing: lambda _: gettext("Choose a picture. What was sent is empty."),
    errors.PictureTooLarge: lambda refusal: gettext(
        "A picture may have up to %(limit)s MB. Save it smaller, and send it again.", limit=refusal.limit
    ),
    errors.PictureTooDetailed: lambda refusal: gettext(
        "Such a picture may have up to %(limit)s million pixels. Save it smaller or as a JPEG, and send it again.",
        limit=refusal.limit,
    ),
    errors.PictureTooSmall: lambda refusal: gettext(
        "This picture is too small to be seen: it needs at least %(least)s pixels each way.",
        least=refusal.least,
    ),
    errors.PictureKindUnknown: lambda _: gettext(
        "This is no picture we can show, whatever it is called. Save it as JPEG, PNG or WebP."
    ),
    errors.PictureHoldsMarkup: lambda _: gettext(
        "This file holds a web page or a drawing beside its picture. Save the picture anew, as a JPEG."
    ),
    errors.PictureBroken: lambda _: gettext(
        "This picture can’t be read to its end. Save it anew, and send it again."
    ),
    errors.ConsentMissing: lambda _: gettext(
        "Say whether somebody can be recognised. Without that, no picture is shown here."
    ),
    errors.NoSuchPicture: lambda _: gettext("There is no such picture here any more. Look through the list."),
    errors.PictureInUse: lambda refusal: gettext(
        "The story shows this picture. Take the line “:: picture %(name)s” out of it first.",
        name=refusal.name,
    ),
}
