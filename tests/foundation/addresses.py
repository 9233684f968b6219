"""How addresses are built is compiled once in a run of the tests, and not once for each of its thousands of apps."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def keep_compiled_addresses() -> None:
    """Let all apps of this process share what Werkzeug compiled for a route; it holds nothing of its app."""
    compile_builder: Callable[[Rule, bool], Builder] = Rule._compile_builder
    kept: dict[tuple[Any, ...], Builder] = {}

    def find_or_compile(rule: Rule, append_unknown: bool = True) -> Builder:
        key = tuple(rule._trace), append_unknown, repr(rule.defaults)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = find_or_compile  # type: ignore[method-assign]
