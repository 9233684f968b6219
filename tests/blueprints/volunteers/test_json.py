"""Bodies that no form sends: JSON, whose values are no texts."""

import pytest

from tests.foundation.pages import PageClient


@pytest.mark.parametrize("body", [b"[1]", b"5", b'"x"', b'{"email": 1}', b'{"email": {"a": 1}}'])
def test_json_is_no_form(page: PageClient, body: bytes) -> None:
    token = page.get("/me").field("csrf_token").get("value") or ""
    answer = page.client.post(
        "/me/link", data=body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 422
