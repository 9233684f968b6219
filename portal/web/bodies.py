"""How much may be sent at once: little, except where somebody brings a file."""

from flask import Request

from portal.domain.campaigns.picture_files import MOST_MEGABYTES

# A file and what the form around it weighs; a little more than is taken, so that what is too large is told beside it.
WITH_A_PICTURE = (MOST_MEGABYTES + 2) * 1_000_000
LARGER = {
    "desk_campaigns.add_picture": WITH_A_PICTURE,
}


def allow_body(request: Request) -> None:
    """Let a request be as large as its form can be; to be called before anything of it is read."""
    most = LARGER.get(request.endpoint or "")
    if most is not None:
        request.max_content_length = request.max_form_memory_size = most
