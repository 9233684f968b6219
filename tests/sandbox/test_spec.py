"""The oracle itself: it must find faults, or its silence about the stand-in says nothing."""

import io
import json
from typing import Any

import pytest

from tests.sandbox.conftest import Opener
from tests.sandbox.live import StandIn
from tests.sandbox.spec import Spec, SpecCheck, require_spec, typed, unflatten


def test_a_good_object_passes_and_spoiled_ones_do_not(
    spec: Spec, stand_in: StandIn, open_session: Opener
) -> None:
    session = open_session().to_dict(for_json=True)
    assert spec.object_faults(session) == []
    for spoiled in (
        {**session, "status": "paid"},
        {**session, "amount_total": "2500"},
        {**session, "colour": "red"},
        {**session, "custom_text": {"submit": {"message": 7}}},
        {key: value for key, value in session.items() if key != "expires_at"},
    ):
        assert spec.object_faults(spoiled)


def test_every_kind_of_object_in_the_books_passes(
    spec: Spec, stand_in: StandIn, open_session: Opener
) -> None:
    stand_in.pay(open_session(customer_creation="always").url)
    books = stand_in.books()
    for kind in ("sessions", "payment_intents", "charges", "customers", "balance_transactions", "events"):
        assert books[kind]
        assert [fault for thing in books[kind] for fault in spec.object_faults(thing)] == []


@pytest.mark.parametrize(
    ("query", "faulty"),
    [
        ("mode=payment&submit_type=donate&line_items[0][quantity]=1", False),
        ("mode=payment&submit_type=donat", True),
        ("mode=payment&colour=red", True),
        ("expires_at=soon", True),
        ("line_items[0][price_data][unit_amount]=5", True),
    ],
)
def test_accepted_requests_are_held_against_the_description(spec: Spec, query: str, faulty: bool) -> None:
    found = spec.operation("POST", "/v1/checkout/sessions")
    assert found
    assert bool(spec.request_faults("POST", *found, unflatten(query))) is faulty


def test_the_middleware_notes_a_wrong_answer(spec: Spec) -> None:
    def app(_environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Request-Id", "req_1")])
        return [json.dumps({"object": "balance", "livemode": False}).encode()]

    check = SpecCheck(app, spec)
    environ = {"PATH_INFO": "/v1/balance", "REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}
    check(environ, lambda *_: None)
    assert len(check.violations) == 2
    assert "'available' is a required property" in check.violations[0]


def test_a_live_run_is_really_checked(spec: Spec, stand_in: StandIn, open_session: Opener) -> None:
    open_session()
    assert stand_in.spec is not None
    assert (stand_in.spec.checked, stand_in.spec.violations) == (1, [])


def test_parameters_get_the_types_of_their_schema() -> None:
    schema = {
        "properties": {
            "a": {"type": "array", "items": {"type": "integer"}},
            "b": {
                "anyOf": [{"type": "object", "properties": {"gte": {"type": "integer"}}}, {"type": "integer"}]
            },
            "c": {"type": "boolean"},
        }
    }
    raw = unflatten("a[0]=1&a[1]=x&b[gte]=5&c=true")
    assert typed(raw, schema) == {"a": [1, "x"], "b": {"gte": 5}, "c": True}
    assert typed(unflatten("b=7"), schema) == {"b": 7}


@pytest.fixture
def spec() -> Spec:
    """Stripe's description; without it the test is skipped or, when it is required, fails."""
    return require_spec()
