"""Form bodies and query strings as Stripe reads them: ``a[b][0]=c`` becomes nested dictionaries.

Lists stay dictionaries with the positions as keys; only the parameter's rule knows that a list is meant
(``metadata[1]=x`` is a key named 1).
"""

import re
from typing import Any

from stripe_sandbox.errors import ApiError

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def unflatten(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Nested dictionaries of strings from form pairs; raises ApiError when the names contradict each other."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        match = _NAME.fullmatch(name)
        if not match:
            raise ApiError(f"Invalid parameter name: {name}", param=name)
        keys = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        _put(result, keys, value, name)
    return result


def _put(node: dict[str, Any], keys: list[str], value: str, name: str) -> None:
    for position, key in enumerate(keys[:-1]):
        node = node.setdefault(_position(node, key, keys[position + 1]), {})
        if not isinstance(node, dict):
            raise ApiError(f"Invalid parameter: {name} is given twice in different shapes", param=name)
    last = _position(node, keys[-1], None)
    if isinstance(node.get(last), dict):
        raise ApiError(f"Invalid parameter: {name} is given twice in different shapes", param=name)
    node[last] = value


def _position(node: dict[str, Any], key: str, following: str | None) -> str:
    """``a[]`` means the next free place, but ``a[][x]=1&a[][y]=2`` fills one element until a key repeats."""
    if key:
        return key
    last = str(len(node) - 1)
    element = node.get(last)
    if following and isinstance(element, dict) and following not in element:
        return last
    return str(len(node))
