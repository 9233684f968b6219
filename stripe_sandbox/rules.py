"""The rules that parameters are held against. A rule takes a raw value and its full name (``line_items[0][price]``)
and gives the typed value or raises ApiError in Stripe's words (Stripe: api/errors, error-codes)."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from stripe_sandbox import money
from stripe_sandbox.errors import ApiError, missing_param, not_yet, unknown_params

Rule = Callable[[Any, str], Any]
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@[^@\s.]+(\.[^@\s.]+)+")
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


def is_email(text: str) -> bool:
    """Whether it looks like an address that mail could reach."""
    return len(text) <= 254 and text.isprintable() and bool(_EMAIL.fullmatch(text))


def text(longest: int = 5000) -> Rule:
    """A string that is not empty."""

    def rule(value: Any, name: str) -> str:
        if not isinstance(value, str):
            raise ApiError("Invalid string", param=name)
        if value == "":
            raise ApiError(
                f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a "
                f"parameter; however '{name}' cannot be unset. You should remove '{name}' from your request or "
                "supply a non-empty value.",
                code="parameter_invalid_empty",
                param=name,
            )
        if len(value) > longest:
            shown = f"{value[:8]}...{value[-8:]}"
            raise ApiError(f"Invalid string: {shown}; must be at most {longest} characters", param=name)
        return value

    return rule


def unsettable(inner: Rule) -> Rule:
    """A parameter whose empty string clears it; gives ``""`` then."""
    return lambda value, name: "" if value == "" else inner(value, name)


def whole(least: int | None = None, most: int | None = None) -> Rule:
    """An integer within bounds."""

    def rule(value: Any, name: str) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"[+-]?\d{1,30}", value, re.ASCII):
            raise ApiError(f"Invalid integer: {value}", code="parameter_invalid_integer", param=name)
        number = int(value)
        if least is not None and number < least:
            message = f"This value must be greater than or equal to {least}."
            raise ApiError(message, code="parameter_invalid_integer", param=name)
        if most is not None and number > most:
            message = f"This value must be less than or equal to {most}."
            raise ApiError(message, code="parameter_invalid_integer", param=name)
        return number

    return rule


def flag(value: Any, name: str) -> bool:
    """``true`` or ``false``."""
    if value not in ("true", "false"):
        raise ApiError(f"Invalid boolean: {value}", param=name)
    return bool(value == "true")


def choice(*allowed: str) -> Rule:
    """One of a few words."""

    def rule(value: Any, name: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            last = name.rsplit("[", 1)[-1].rstrip("]")
            words = f"{', '.join(allowed[:-1])}, or {allowed[-1]}" if len(allowed) > 1 else allowed[0]
            raise ApiError(f"Invalid {last}: must be one of {words}", param=name)
        return value

    return rule


def email(value: Any, name: str) -> str:
    """An e-mail address."""
    address: str = text(512)(value, name)
    if not is_email(address):
        raise ApiError(f"Invalid email address: {address}", code="email_invalid", param=name)
    return address


def url(value: Any, name: str) -> str:
    """An absolute http(s) address. Stripe allows ``{CHECKOUT_SESSION_ID}`` inside."""
    address: str = text(5000)(value, name)
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        good = False
    if not good:
        raise ApiError("Not a valid URL", code="url_invalid", param=name)
    return address


def currency(value: Any, name: str) -> str:
    """A currency Stripe knows, in lower case."""
    code = value.lower() if isinstance(value, str) else ""
    if code not in money.CURRENCIES:
        known = ", ".join(sorted(money.CURRENCIES))
        raise ApiError(
            f"Invalid currency: {value}. Stripe currently supports these currencies: {known}", param=name
        )
    return code


def group(fields: dict[str, Rule], required: tuple[str, ...] = ()) -> Rule:
    """A hash with known keys, some of which must be there."""

    def rule(value: Any, name: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ApiError("Invalid object", param=name)
        inside = {key: f"{name}[{key}]" if name else key for key in [*value, *required]}
        unknown = [inside[key] for key in value if key not in fields]
        if unknown:
            raise unknown_params(unknown)
        for key in required:
            if key not in value:
                raise missing_param(inside[key])
        return {key: fields[key](raw, inside[key]) for key, raw in value.items()}

    return rule


def listing(inner: Rule, most: int | None = None) -> Rule:
    """An array."""

    def rule(value: Any, name: str) -> list[Any]:
        if not isinstance(value, dict) or not all(key.isdecimal() for key in value):
            raise ApiError("Invalid array", param=name)
        if most is not None and len(value) > most:
            raise ApiError(f"Array {name} exceeded maximum {most} allowed elements.", param=name)
        places = sorted(value, key=int)
        return [inner(value[place], f"{name}[{place}]") for place in places]

    return rule


def metadata(value: Any, name: str) -> dict[str, str]:
    """A caller's own keys and values (Stripe: api/metadata); an empty value unsets its key."""
    if value == "":
        return {}
    if not isinstance(value, dict):
        raise ApiError("Invalid object", param=name)
    if len(value) > METADATA_KEYS:
        raise ApiError(f"Metadata can have up to {METADATA_KEYS} keys.", param=name)
    for key, entry in value.items():
        here = f"{name}[{key}]"
        if not isinstance(entry, str):
            raise ApiError("Metadata values must be strings.", param=here)
        if len(key) > METADATA_KEY_LENGTH:
            message = (
                f"Metadata keys can have up to {METADATA_KEY_LENGTH} characters, but you passed {len(key)}."
            )
            raise ApiError(message, param=here)
        if len(entry) > METADATA_VALUE_LENGTH:
            raise ApiError(
                f"Metadata values can have up to {METADATA_VALUE_LENGTH} characters, but you passed in a value "
                f"that is {len(entry)} characters. Invalid value: {entry}",
                param=here,
            )
    return dict(value)


def created_range(value: Any, name: str) -> dict[str, int]:
    """A moment, or bounds gt, gte, lt, lte around moments."""
    if isinstance(value, str):
        return {"eq": whole()(value, name)}
    bounds: dict[str, int] = group({bound: whole() for bound in ("gt", "gte", "lt", "lte")})(value, name)
    return bounds


def unsupported(what: str) -> Rule:
    """A parameter that Stripe has and the stand-in does not."""

    def rule(value: Any, name: str) -> Any:
        raise not_yet(f"`{what}`", name)

    return rule
