"""The campaigns that come with the portal: read once for all tests, published one at a time or all together."""

from functools import cache

from portal.cli.main import CONTENT
from portal.clock import now
from portal.domain.campaigns.content import Content, load_content
from portal.domain.campaigns.service import publish_content

SLUG = "the-way-out"
SLUGS = ("the-forgotten-refugees", "hunger-and-rights", SLUG, "a-new-start", "shed-light")


@cache
def demo_content() -> Content:
    """Give the group and its five campaigns, as their files tell them."""
    return load_content(CONTENT)


def some_content(*slugs: str) -> Content:
    """Give the group and these campaigns, or the one that most tests look at."""
    wanted = slugs or (SLUG,)
    content = demo_content()
    return Content(content.group, tuple(one for one in content.campaigns if one.slug in wanted))


def publish_demo(*slugs: str) -> tuple[str, ...]:
    """Publish these campaigns, or the one that most tests look at; gives the slugs of those that are new."""
    return publish_content(some_content(*slugs), now())
