"""``expand[]``: ids replaced by the objects they name (Stripe: api/expanding_objects)."""

from collections.abc import Callable
from typing import Any

from stripe_sandbox import listing
from stripe_sandbox.errors import ApiError
from stripe_sandbox.store import Json, Transaction

DEEPEST = 4
_LINKS = {
    "checkout.session": {"customer": "customer", "payment_intent": "payment_intent"},
    "payment_intent": {"customer": "customer", "latest_charge": "charge"},
    "charge": {
        "balance_transaction": "balance_transaction",
        "customer": "customer",
        "failure_balance_transaction": "balance_transaction",
        "payment_intent": "payment_intent",
    },
    "balance_transaction": {"source": "charge"},
}
# Links to kinds that the stand-in never fills: expanding them is allowed and leaves null.
_EMPTY = {
    "checkout.session": {"invoice", "payment_link", "setup_intent", "subscription"},
    "payment_intent": {"application", "on_behalf_of", "review"},
    "charge": {"application", "application_fee", "on_behalf_of", "review", "source_transfer"},
}


def expand(
    tx: Transaction, answer: Json, paths: list[str], shown: Callable[[Transaction, Json], Json]
) -> Json:
    """The answer with every path filled in; ``shown`` finishes an object as the API shows it. ApiError for a
    path that cannot be expanded or is deeper than four levels."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise ApiError(f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}")
        if answer.get("object") == "list":
            if steps[0] != "data" or len(steps) < 2:
                raise _cannot(path)
            for item in answer["data"]:
                _fill(tx, item, steps[1:], path, shown)
        else:
            _fill(tx, answer, steps, path, shown)
    return answer


def session_items(tx: Transaction, session_id: str, params: Json) -> Json:
    """A session's line items as a list object."""
    items = tx.private(session_id)["line_items"]
    return listing.slice_of(items, f"/v1/checkout/sessions/{session_id}/line_items", params)


def _fill(tx: Transaction, node: Json, steps: list[str], path: str, shown: Any) -> None:
    field, kind = steps[0], node.get("object", "")
    if kind == "checkout.session" and field == "line_items":
        node["line_items"] = session_items(tx, node["id"], {})
        if len(steps) > 1 and steps[1:] != ["data"]:
            raise _cannot(path)
        return
    if field in _EMPTY.get(kind, ()):
        return
    target = _LINKS.get(kind, {}).get(field)
    if target is None:
        raise _cannot(path)
    if isinstance(node[field], str):
        found = tx.find(target, node[field])
        node[field] = shown(tx, found) if found else node[field]
    if len(steps) > 1 and isinstance(node[field], dict):
        _fill(tx, node[field], steps[1:], path, shown)


def _cannot(path: str) -> ApiError:
    return ApiError(f"This property cannot be expanded ({path}).", param="expand")
