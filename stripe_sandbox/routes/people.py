"""/v1/customers."""

from flask import Blueprint

from stripe_sandbox import customers, parameters
from stripe_sandbox.api import Call, endpoint
from stripe_sandbox.errors import no_such
from stripe_sandbox.listing import field_filters, page
from stripe_sandbox.store import Json

api = Blueprint("people", __name__, url_prefix="/v1/customers")


@endpoint(api, "POST", "", parameters.CUSTOMER_CREATE)
def create_customer(call: Call) -> Json:
    """A new customer."""
    return customers.create(call.tx, call.params)


@endpoint(api, "GET", "", parameters.CUSTOMER_LIST)
def list_customers(call: Call) -> Json:
    """Customers, newest first; an e-mail must match to the letter, as at Stripe."""
    filters = field_filters(call.params, "email", "test_clock")
    return page(call.tx, "customer", "/v1/customers", call.params, filters)


@endpoint(api, "GET", "/<customer>", parameters.ONLY_EXPAND)
def get_customer(call: Call) -> Json:
    """One customer; a deleted one is a stub."""
    return call.get("customer", call.ids["customer"])


@endpoint(api, "POST", "/<customer>", parameters.CUSTOMER_UPDATE)
def update_customer(call: Call) -> Json:
    """Change a customer."""
    return customers.update(call.tx, _living(call), call.params)


@endpoint(api, "DELETE", "/<customer>", parameters.NOTHING)
def delete_customer(call: Call) -> Json:
    """Delete a customer for good; its payments stay."""
    return customers.delete(call.tx, _living(call))


def _living(call: Call) -> Json:
    customer = call.get("customer", call.ids["customer"])
    if customer.get("deleted"):
        raise no_such("customer", customer["id"])
    return customer
