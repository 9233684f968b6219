"""/v1/checkout/sessions."""

from flask import Blueprint, current_app

from stripe_sandbox import parameters, payments, sessions
from stripe_sandbox.api import Call, endpoint
from stripe_sandbox.errors import ApiError
from stripe_sandbox.expand import session_items
from stripe_sandbox.listing import Filter, field_filters, page
from stripe_sandbox.store import Json

api = Blueprint("checkout", __name__, url_prefix="/v1/checkout/sessions")


@endpoint(api, "POST", "", parameters.SESSION_CREATE)
def create_session(call: Call) -> Json:
    """Open a session that a donor can pay on its hosted page."""
    return sessions.create(call.tx, call.params, current_app.config["BASE_URL"])


@endpoint(api, "GET", "", parameters.SESSION_LIST)
def list_sessions(call: Call) -> Json:
    """Sessions, newest first."""
    names = ("customer", "customer_account", "payment_intent", "payment_link", "status", "subscription")
    filters: list[Filter] = field_filters(call.params, *names)
    if "customer_details" in call.params:
        email = call.params["customer_details"]["email"]
        filters.append(("json_extract(body, '$.customer_details.email') = ?", (email,)))
    return page(call.tx, "checkout.session", "/v1/checkout/sessions", call.params, filters)


@endpoint(api, "GET", "/<session>", parameters.ONLY_EXPAND)
def get_session(call: Call) -> Json:
    """One session."""
    return call.get("checkout.session", call.ids["session"], "session")


@endpoint(api, "GET", "/<session>/line_items", parameters.LINE_ITEM_LIST)
def list_line_items(call: Call) -> Json:
    """What a session is for."""
    call.get("checkout.session", call.ids["session"], "session")
    return session_items(call.tx, call.ids["session"], call.params)


@endpoint(api, "POST", "/<session>/expire", parameters.ONLY_EXPAND)
def expire_session(call: Call) -> Json:
    """Close an open session; refused for any other."""
    session = call.get("checkout.session", call.ids["session"], "session")
    if not payments.expire(call.tx, session):
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status '
            f"of `{session['status']}`.",
            executed=True,
        )
    return session
