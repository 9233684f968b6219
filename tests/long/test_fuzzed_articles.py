"""Many thousands of files that nobody would write, read as articles: none may end in anything but a refusal by name."""

from hypothesis import HealthCheck, given, settings

from tests.foundation.fuzzing import FILES, NAMES, read_or_refused


@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(FILES, NAMES)
def test_any_file_is_read_or_refused_by_name(data: bytes, name: str) -> None:
    read_or_refused(data, name)
