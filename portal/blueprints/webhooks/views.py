"""What the payment provider tells us: signed, stored once, applied, answered so that it tries again on failure."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from portal.domain.donations.errors import DonationUnknown, OtherLivemode
from portal.extensions import csrf
from portal.payments.intake import NotAnEvent, take_event
from portal.payments.stripe_gateway import BadSignature, get_gateway, verify_signature

bp = Blueprint("webhooks", __name__)


@bp.post("/webhooks/stripe")
@csrf.exempt
def stripe() -> ResponseReturnValue:
    """Take an event: 200 done or not for us, 400 not to be trusted, 409 too early, 500 try again."""
    payload = request.get_data()
    try:
        verify_signature(
            payload, request.headers.get("Stripe-Signature", ""), current_app.config["STRIPE_WEBHOOK_SECRET"]
        )
        take_event(get_gateway(), payload, current_app.config["LIVEMODE"])
    except BadSignature as error:
        return {"error": f"The signature does not hold: {error}. Check STRIPE_WEBHOOK_SECRET."}, 400
    except NotAnEvent as error:
        return {"error": f"{error}"}, 400
    except OtherLivemode as error:
        kind = "live" if error.livemode else "test"
        return {"error": f"This is a {kind} event, and this portal runs with the other kind of key."}, 400
    except DonationUnknown as error:
        return {"error": f"No donation here knows {error.session_id} yet. Try again later."}, 409
    except Exception:
        current_app.logger.exception("an event could not be applied; it is kept, and tried again")
        return {"error": "The event is kept but could not be applied. Try again later."}, 500
    return {"received": True}
