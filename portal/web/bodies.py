"""How much may be sent at once: little, except where somebody brings a file or a whole article."""

from flask import Request

from portal.domain.campaigns.article.files import limits
from portal.domain.campaigns.picture_files import MOST_MEGABYTES

# A file and what the form around it weighs; a little more than is taken, so that what is too large is told beside it.
WITH_A_PICTURE = (MOST_MEGABYTES + 2) * 1_000_000
WITH_AN_ARTICLE = limits.MOST_MEGABYTES * 1_000_000 + 64 * 1024
# These forms have more entries than any other, and signs of Hangul are nine bytes each in them.
WITH_A_STORY = 1_500_000
LARGER = {
    "desk_campaigns.add_picture": WITH_A_PICTURE,
    "desk_campaigns.read_article": WITH_AN_ARTICLE,
    "desk_campaigns.decide": WITH_A_STORY,
    "desk_campaigns.make_draft": WITH_A_STORY,
    "desk_campaigns.save_translation": WITH_A_STORY,
    "desk_campaigns.preview_sent": WITH_A_STORY,
}


def allow_body(request: Request) -> None:
    """Let a request be as large as its form can be; to be called before anything of it is read."""
    most = LARGER.get(request.endpoint or "")
    if most is not None:
        request.max_content_length = request.max_form_memory_size = most
