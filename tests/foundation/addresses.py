"""How addresses are read and built is compiled once in a run of the tests, and not once for each of its apps."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def keep_compiled_addresses() -> None:
    """Let all apps of this process share what Werkzeug compiled for a route; it changes with nothing of its app."""
    compile_rule: Callable[[Rule], None] = Rule.compile
    compile_builder: Callable[[Rule, bool], Builder] = Rule._compile_builder
    builders: dict[tuple[Any, ...], Builder] = {}
    compiled: dict[tuple[Any, ...], Rule] = {}

    def find_or_compile_builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = tuple(rule._trace), append_unknown, repr(rule.defaults)
        if key not in builders:
            builders[key] = compile_builder(rule, append_unknown)
        return builders[key]

    def find_or_compile(rule: Rule) -> None:
        known = tuple(rule.map.converters.items())
        key = rule.rule, rule.subdomain, rule.host, rule.merge_slashes, rule.map.host_matching, known
        like = compiled.get(key)
        if like is None:
            compile_rule(rule)
            compiled[key] = rule
            return
        rule._parts, rule._trace, rule._converters = like._parts, like._trace, like._converters
        rule.arguments |= like.arguments
        rule._build = find_or_compile_builder(rule, False).__get__(rule, None)
        rule._build_unknown = find_or_compile_builder(rule, True).__get__(rule, None)

    Rule._compile_builder = find_or_compile_builder  # type: ignore[method-assign]
    Rule.compile = find_or_compile  # type: ignore[method-assign]
