"""Who may talk to the stand-in."""

import base64

import pytest
import stripe

from tests.sandbox.live import StandIn


@pytest.mark.parametrize(
    "key", ["sk_test_51Habc", "sk_live_51Habc", "rk_test_1", "sk_test_sandbox", "pk_test_sandbox_1"]
)
def test_other_keys_are_refused_as_stripe_does(stand_in: StandIn, key: str) -> None:
    client = stripe.StripeClient(key, base_addresses={"api": stand_in.base_url})
    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key provided: ") as refusal:
        client.v1.balance.retrieve()
    assert refusal.value.http_status == 401
    assert refusal.value.json_body["error"]["type"] == "invalid_request_error"
    assert key not in str(refusal.value)


def test_no_key_is_refused(stand_in: StandIn) -> None:
    answer = stand_in.get("/v1/balance")
    assert (answer.status, "You did not provide an API key" in answer.text) == (401, True)
    assert answer.headers["www-authenticate"] == 'Basic realm="Stripe"'


def test_a_key_may_come_as_basic_authorization(stand_in: StandIn) -> None:
    good = base64.b64encode(f"{stand_in.api_key}:".encode()).decode()
    assert stand_in.get("/v1/balance", {"Authorization": f"Basic {good}"}).status == 200
    bad = base64.b64encode(b"sk_test_other:").decode()
    assert stand_in.get("/v1/balance", {"Authorization": f"Basic {bad}"}).status == 401
    assert stand_in.get("/v1/balance", {"Authorization": "Basic ///"}).status == 401


def test_an_unknown_address_needs_a_key_too(stand_in: StandIn) -> None:
    assert stand_in.get("/v1/rabbits").status == 401


@pytest.mark.parametrize(
    "host", ["stripe.evil.example", "192.168.1.10:80", "0.0.0.0:80", "localhost.evil.example"]
)
@pytest.mark.parametrize("path", ["/v1/balance", "/_sandbox/", "/c/pay/cs_test_1"])
def test_a_host_that_is_not_this_machine_is_refused(stand_in: StandIn, host: str, path: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {stand_in.api_key}"}
    assert stand_in.get(path, headers).status == 403


@pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1", "[::1]:80", "127.0.0.9"])
def test_every_name_of_this_machine_is_taken(stand_in: StandIn, host: str) -> None:
    assert stand_in.get("/_sandbox/health", {"Host": host}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_the_panel_takes_no_changes_from_other_sites(stand_in: StandIn, headers: dict[str, str]) -> None:
    answer = stand_in.post("/_sandbox/clock", {"advance": "60"}, headers)
    assert answer.status == 403


# A browser sends "null" from the panel itself: its pages say `no-referrer`.
@pytest.mark.parametrize("origin", ["null", "its own"])
def test_the_panel_takes_changes_from_its_own_page(stand_in: StandIn, origin: str) -> None:
    headers = {
        "Sec-Fetch-Site": "same-origin",
        "Origin": stand_in.base_url if origin == "its own" else origin,
    }
    assert stand_in.post("/_sandbox/clock", {"advance": "60"}, headers).status == 303


@pytest.mark.parametrize("step", ["-5", "nan", "inf", "soon", ""])
def test_the_clock_goes_forward_only(stand_in: StandIn, step: str) -> None:
    assert stand_in.post("/_sandbox/clock", {"advance": step}).status == 400


def test_the_panel_shows_what_happened(stand_in: StandIn, client: stripe.StripeClient) -> None:
    client.v1.customers.create({"name": "Kim"})
    page = stand_in.get("/_sandbox/")
    assert page.status == 200
    assert "customer.created" in page.text
    assert page.text.count("<h1") == 1


def test_panel_buttons_on_nothing_say_so(stand_in: StandIn) -> None:
    assert stand_in.post("/_sandbox/events/evt_no/resend").status == 404
    assert stand_in.post("/_sandbox/sessions/cs_no/expire").status == 404
    assert stand_in.post("/_sandbox/sessions/cs_no/debit", {"outcome": "fail"}).status == 404
    assert stand_in.post("/_sandbox/sessions/cs_no/debit", {"outcome": "maybe"}).status == 400
    assert stand_in.get("/c/pay/cs_no").status == 404
