"""Webhook endpoints: where events are delivered and the secret each is signed with."""

from stripe_sandbox.errors import no_such
from stripe_sandbox.ids import new_id, random_text
from stripe_sandbox.store import Json, Transaction


def create(tx: Transaction, params: Json, secret: str | None = None, flagged: bool = False) -> Json:
    """A new endpoint, shown with its secret this once. ``flagged`` marks the one of the command line."""
    secret = secret or f"whsec_{random_text(32)}"
    endpoint: Json = {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": params.get("api_version"),
        "application": None,
        "created": tx.now,
        "description": params.get("description") or None,
        "enabled_events": params["enabled_events"],
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "status": "enabled",
        "url": params["url"],
    }
    tx.add(endpoint, {"secret": secret, "flagged": flagged})
    return {**endpoint, "secret": secret}


def ensure(tx: Transaction, url: str, secret: str) -> str:
    """Make sure that the command line's endpoint has this URL and secret and gets everything; returns its id.

    An older one is changed in place, so that what is still queued for it goes to the new address.
    """
    for endpoint in tx.all("webhook_endpoint"):
        if tx.private(endpoint["id"]).get("flagged"):
            tx.save({**endpoint, "url": url, "enabled_events": ["*"], "status": "enabled"})
            tx.save_private(endpoint["id"], {"secret": secret, "flagged": True})
            return str(endpoint["id"])
    return str(create(tx, {"url": url, "enabled_events": ["*"]}, secret, flagged=True)["id"])


def get(tx: Transaction, endpoint_id: str) -> Json:
    """An endpoint that is not deleted; raises ApiError 404."""
    endpoint = tx.find("webhook_endpoint", endpoint_id)
    if endpoint is None or endpoint.get("deleted"):
        raise no_such("webhook endpoint", endpoint_id)
    return endpoint


def delete(tx: Transaction, endpoint: Json) -> Json:
    """Remove an endpoint and whatever was queued for it."""
    stub = {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}
    tx.save(stub)
    tx.sql("UPDATE object SET gone = 1 WHERE id = ?", endpoint["id"])
    tx.sql("UPDATE delivery SET state = 'failed' WHERE endpoint = ? AND state = 'pending'", endpoint["id"])
    return stub
