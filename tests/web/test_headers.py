"""Headers on every answer."""

import pytest
from flask.testing import FlaskClient

from portal.web.headers import security_headers


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/static/lantern.css", "/campaigns"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert directives(headers["Content-Security-Policy"]) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self' https://checkout.stripe.com",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.settings(
    STRIPE_SECRET_KEY="sk_test_sandbox_1",
    STRIPE_API_BASE="http://127.0.0.1:12111/",
    STRIPE_WEBHOOK_SECRET="whsec_1",
)
def test_with_the_stand_in_forms_may_lead_to_it_too(client: FlaskClient) -> None:
    policy = directives(client.get("/").headers["Content-Security-Policy"])

    assert policy["form-action"] == "'self' https://checkout.stripe.com http://127.0.0.1:12111"


@pytest.mark.parametrize(
    ("public_url", "sent"), [("https://circle.example.org", True), ("http://127.0.0.1:5000", False)]
)
def test_only_a_portal_reached_by_https_asks_for_https_for_good(public_url: str, sent: bool) -> None:
    headers = security_headers(public_url=public_url, stripe_api_base="")

    assert ("Strict-Transport-Security" in headers) == sent


@pytest.mark.parametrize("path", ["/", "/campaigns", "/privacy", "/nowhere", "/healthz"])
def test_what_says_nothing_of_caching_is_not_stored(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))  # type: ignore[misc]
