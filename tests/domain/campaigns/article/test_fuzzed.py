"""Whatever a file holds, it is read as an article or refused by name; tests/long tries many thousands more."""

from hypothesis import HealthCheck, given, settings

from tests.foundation.fuzzing import FILES, NAMES, PAGES, read_or_refused


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(FILES, NAMES)
def test_any_file_is_read_or_refused_by_name(data: bytes, name: str) -> None:
    read_or_refused(data, name)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_a_page_says_the_same_when_it_is_read_twice(page: str) -> None:
    assert read_or_refused(page.encode(), "") == read_or_refused(page.encode(), "")
