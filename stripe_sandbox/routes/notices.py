"""/v1/events and /v1/webhook_endpoints."""

from flask import Blueprint

from stripe_sandbox import endpoints, parameters
from stripe_sandbox.api import Call, endpoint
from stripe_sandbox.errors import exclusive
from stripe_sandbox.events import undelivered_filter
from stripe_sandbox.listing import Filter, page
from stripe_sandbox.store import Json

LISTED_FOR = 30 * 24 * 60 * 60

api = Blueprint("notices", __name__, url_prefix="/v1")


@endpoint(api, "GET", "/events", parameters.EVENT_LIST)
def list_events(call: Call) -> Json:
    """Events of the last 30 days, newest first (Stripe: api/events/list)."""
    if "type" in call.params and "types" in call.params:
        raise exclusive("type", "types")
    filters: list[Filter] = [("created > ?", (call.tx.now - LISTED_FOR,))]
    if "type" in call.params:
        filters.append(("json_extract(body, '$.type') GLOB ?", (call.params["type"],)))
    if "types" in call.params:
        marks = ", ".join("?" * len(call.params["types"]))
        filters.append((f"json_extract(body, '$.type') IN ({marks})", tuple(call.params["types"])))
    if "delivery_success" in call.params:
        filters.append(undelivered_filter(call.params["delivery_success"]))
    return page(call.tx, "event", "/v1/events", call.params, filters)


@endpoint(api, "GET", "/events/<event>", parameters.ONLY_EXPAND)
def get_event(call: Call) -> Json:
    """One event."""
    return call.get("event", call.ids["event"])


@endpoint(api, "POST", "/webhook_endpoints", parameters.ENDPOINT_CREATE)
def create_endpoint(call: Call) -> Json:
    """A new endpoint; the only answer that shows its secret."""
    return endpoints.create(call.tx, call.params)


@endpoint(api, "GET", "/webhook_endpoints", parameters.ENDPOINT_LIST)
def list_endpoints(call: Call) -> Json:
    """Endpoints, newest first."""
    return page(call.tx, "webhook_endpoint", "/v1/webhook_endpoints", call.params, [])


@endpoint(api, "GET", "/webhook_endpoints/<webhook_endpoint>", parameters.ONLY_EXPAND)
def get_endpoint(call: Call) -> Json:
    """One endpoint."""
    return endpoints.get(call.tx, call.ids["webhook_endpoint"])


@endpoint(api, "DELETE", "/webhook_endpoints/<webhook_endpoint>", parameters.NOTHING)
def delete_endpoint(call: Call) -> Json:
    """Remove an endpoint; what was queued for it is given up."""
    return endpoints.delete(call.tx, endpoints.get(call.tx, call.ids["webhook_endpoint"]))
