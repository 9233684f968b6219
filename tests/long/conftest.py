"""Fixtures of the long tests."""

from collections.abc import Iterator

import pytest

from tests.journeys.postbox import Postbox

# Its asserts carry the tests; without this a failure would not show the values.
pytest.register_assert_rewrite("tests.long.killing")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server of this test's own."""
    with Postbox().running() as box:
        yield box
