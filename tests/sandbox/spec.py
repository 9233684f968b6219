"""Holds the stand-in's traffic against Stripe's own OpenAPI description.

``SpecCheck`` wraps a WSGI app. A response must match its schema, and hold no field Stripe does not have; a request
that was accepted must have been one Stripe accepts. Faults are collected in ``violations``; nothing is raised in
the middle of a request. Use ``load_spec()`` for the description and ``require_spec()`` where a test cannot go
without it.
"""

import functools
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
SPEC_PATH = ROOT.parent / "shared" / "stripe" / "spec3.reduced.json"
REQUIRE = "LANTERN_REQUIRE_SHARED"
BASE = "urn:stripe"


def require_spec() -> "Spec":
    """The description; where it is absent the test is skipped, or fails when LANTERN_REQUIRE_SHARED is 1."""
    spec = load_spec()
    if spec is None:
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(f"{REQUIRE}=1, but Stripe's description is not there")
        pytest.skip("Stripe's description is not there")
    return spec


@functools.cache
def load_spec() -> "Spec | None":
    """The description, read once a process; None when the file is absent."""
    if not SPEC_PATH.exists():
        return None
    return Spec(json.loads(SPEC_PATH.read_text(encoding="utf-8")))


class Spec:
    """Stripe's description, ready for validating; validators are made once and kept."""

    def __init__(self, document: Json) -> None:
        self._paths = [(_path_pattern(path), path, methods) for path, methods in document["paths"].items()]
        schemas = document["components"]["schemas"]
        strict = {name: _translate(schema, closed=True) for name, schema in schemas.items()}
        resource = DRAFT202012.create_resource({"components": {"schemas": strict}})
        self._registry: Registry[Any] = Registry().with_resource(BASE, resource)
        self._schemas = schemas
        self._validators: dict[tuple[str, str, str], Draft202012Validator] = {}
        self._inputs: dict[tuple[str, str], tuple[Json, Draft202012Validator]] = {}

    def operation(self, method: str, path: str) -> tuple[str, Json] | None:
        """The description of a call as (path pattern, operation); None when Stripe does not have it."""
        for pattern, template, methods in self._paths:
            if pattern.fullmatch(path) and method.lower() in methods:
                return template, methods[method.lower()]
        return None

    def response_faults(
        self, method: str, template: str, operation: Json, status: int, body: Any
    ) -> list[str]:
        """What is wrong with an answer."""
        key = (method, template, "200" if status == 200 else "default")
        if key not in self._validators:
            schema = operation["responses"][key[2]]["content"]["application/json"]["schema"]
            self._validators[key] = self._validator(_translate(schema, closed=True))
        return [*_faults(self._validators[key], body), *self._event_faults(body)]

    def request_faults(self, method: str, template: str, operation: Json, raw: Json) -> list[str]:
        """What Stripe would refuse in the parameters of an accepted request."""
        key = (method, template)
        if key not in self._inputs:
            schema = _input_schema(operation)
            self._inputs[key] = (schema, self._validator(_translate(schema, closed=False)))
        schema, validator = self._inputs[key]
        return _faults(validator, typed(raw, schema))

    def object_faults(self, thing: Json) -> list[str]:
        """What is wrong with an API object, by the schema its ``object`` names."""
        name = thing.get("object", "")
        name = f"deleted_{name}" if thing.get("deleted") else name
        if name not in self._schemas:
            return [f"Stripe has no object named {name!r}"]
        key = ("object", name, "")
        if key not in self._validators:
            self._validators[key] = self._validator({"$ref": f"{BASE}#/components/schemas/{name}"})
        return _faults(self._validators[key], thing)

    def _event_faults(self, body: Any) -> list[str]:
        """The schema leaves an event's snapshot open; it must be a whole object all the same."""
        events = body.get("data") if isinstance(body, dict) and body.get("object") == "list" else [body]
        found = []
        for event in events if isinstance(events, list) else []:
            if isinstance(event, dict) and event.get("object") == "event":
                faults = self.object_faults(event["data"]["object"])
                found += [f"in {event['type']}: {fault}" for fault in faults]
        return found

    def _validator(self, schema: Json) -> Draft202012Validator:
        return Draft202012Validator(schema, registry=self._registry)


class SpecCheck:
    """WSGI middleware that collects every fault of the /v1 traffic in ``violations``."""

    def __init__(self, wsgi_app: Any, spec: Spec) -> None:
        self._app = wsgi_app
        self._spec = spec
        self.violations: list[str] = []
        self.checked = 0

    def __call__(self, environ: Json, start_response: Any) -> Iterable[bytes]:
        """Pass the request on and look at what comes back."""
        if not environ["PATH_INFO"].startswith("/v1/"):
            return self._app(environ, start_response)  # type: ignore[no-any-return]
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(sent)
        seen: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen[:] = [int(status[:3]), dict(headers)]
            return start_response(status, headers, *rest)

        parts = self._app(environ, note)
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        self._check(environ, sent, seen[0], seen[1], body)
        return [body]

    def _check(self, environ: Json, sent: bytes, status: int, headers: dict[str, str], body: bytes) -> None:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        found = self._spec.operation(method, path)
        where = f"{method} {path} ({status})"
        self.checked += 1
        if not headers.get("Request-Id", "").startswith("req_"):
            self.violations.append(f"{where}: no Request-Id header")
        if found is None:
            if status < 400:
                self.violations.append(f"{where}: Stripe has no such call")
            return
        try:
            answer = json.loads(body)
        except ValueError:
            self.violations.append(f"{where}: the answer is not JSON")
            return
        faults = self._spec.response_faults(method, *found, status, answer)
        if status == 200:
            raw = unflatten(environ.get("QUERY_STRING", ""), sent.decode())
            faults += [f"request: {fault}" for fault in self._spec.request_faults(method, *found, raw)]
        self.violations += [f"{where}: {fault}" for fault in faults]


def unflatten(*encoded: str) -> Json:
    """Nested dictionaries from ``a[b][0]=c``; lists stay dictionaries with positions as keys."""
    result: Json = {}
    for name, value in (pair for text in encoded for pair in parse_qsl(text, keep_blank_values=True)):
        first, *rest = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name)
        node, key = result, first
        for step in rest:
            node = node.setdefault(key, {})
            key = step or str(len(node))
        node[key] = value
    return result


def typed(raw: Any, schema: Json) -> Any:
    """A raw parameter with the types its schema asks for; what does not fit stays text, to be found wanting."""
    if "anyOf" in schema:
        return typed(raw, _fitting(raw, schema["anyOf"]))
    kind = schema.get("type")
    if isinstance(raw, dict):
        if kind == "array" and all(key.isdecimal() for key in raw):
            return [typed(raw[key], schema.get("items", {})) for key in sorted(raw, key=int)]
        inside, others = schema.get("properties", {}), schema.get("additionalProperties", {})
        others = others if isinstance(others, dict) else {}
        return {key: typed(value, inside.get(key, others)) for key, value in raw.items()}
    if kind == "integer" and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if kind == "boolean" and raw in ("true", "false"):
        return raw == "true"
    if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", raw):
        return float(raw)
    return raw


def _fitting(raw: Any, choices: list[Json]) -> Json:
    wanted = ["object", "array"] if isinstance(raw, dict) else ["integer", "boolean", "number", "string"]
    if isinstance(raw, dict) and all(key.isdecimal() for key in raw):
        wanted = ["array", "object"]
    if isinstance(raw, str) and not re.fullmatch(r"-?\d+", raw):
        wanted = ["string", "boolean"] if raw not in ("true", "false") else ["boolean", "string"]
    for kind in wanted:
        for choice in choices:
            if choice.get("type") == kind and (
                "enum" not in choice or raw in choice["enum"] or kind != "string"
            ):
                return choice
    return choices[0]


def _input_schema(operation: Json) -> Json:
    queries = [entry for entry in operation.get("parameters", []) if entry["in"] == "query"]
    contents = list(operation.get("requestBody", {}).get("content", {}).values())
    body: Json = contents[0]["schema"] if contents else {}
    properties = {
        **{entry["name"]: entry["schema"] for entry in queries},
        **body.get("properties", {}),
    }
    if "api_version" in properties:
        # The description lists the API versions up to its own, which is one behind the SDK's.
        properties["api_version"] = {"type": "string"}
    return {
        "type": "object",
        "properties": properties,
        "required": [
            *(entry["name"] for entry in queries if entry.get("required")),
            *body.get("required", []),
        ],
        "additionalProperties": False,
    }


def _translate(schema: Any, closed: bool) -> Any:
    """JSON Schema 2020-12 from Stripe's OpenAPI 3.0: ``nullable`` stands beside ``anyOf`` and ``$ref`` and becomes
    an alternative; ``closed`` forbids fields that are not described."""
    if isinstance(schema, list):
        return [_translate(item, closed) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result: Json = {}
    for key, value in schema.items():
        if key in ("properties", "patternProperties"):
            result[key] = {name: _translate(inner, closed) for name, inner in value.items()}
        elif key in ("anyOf", "oneOf", "allOf", "items", "additionalProperties"):
            result[key] = _translate(value, closed)
        elif key == "$ref":
            result[key] = value.replace("#/", f"{BASE}#/")
        elif key in ("type", "enum", "required", "maxLength", "minLength", "pattern", "minimum", "maximum"):
            result[key] = value
    if closed and result.get("properties") and "additionalProperties" not in result:
        result["additionalProperties"] = False
    return {"anyOf": [result, {"type": "null"}]} if schema.get("nullable") else result


def _faults(validator: Draft202012Validator, thing: Any) -> list[str]:
    return [_sentence(error) for error in validator.iter_errors(thing)]


def _sentence(error: Any) -> str:
    deepest = max(_leaves(error), key=lambda leaf: len(leaf.absolute_path))
    return f"{'.'.join(map(str, deepest.absolute_path)) or 'the whole'}: {deepest.message[:300]}"


def _leaves(error: Any) -> Iterator[Any]:
    if not error.context:
        yield error
    for inner in error.context:
        yield from _leaves(inner)


def _path_pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))
