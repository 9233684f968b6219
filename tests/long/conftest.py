"""Fixtures of the long tests."""

from collections.abc import Iterator

import pytest

from tests.journeys.postbox import Postbox

# Their asserts carry the tests; without this a failure would not show the values.
pytest.register_assert_rewrite("tests.long.killing", "tests.foundation.halls", "tests.foundation.helping")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server of this test's own."""
    with Postbox().running() as box:
        yield box
