"""What the tests of helping share."""

import pytest

# Its asserts carry the stateful test; without this a failure would not show the values.
pytest.register_assert_rewrite("tests.foundation.helping")
