"""Customers."""

import pytest
import stripe


def test_a_customer_can_be_made_changed_and_read(client: stripe.StripeClient) -> None:
    made = client.v1.customers.create(
        {"email": "kim@example.org", "name": "Kim", "metadata": {"person": "7", "kept": "x"}}
    )
    client.v1.customers.update(
        made.id,
        {"name": "", "phone": "123", "address": {"city": "Seoul"}, "metadata": {"person": "", "new": "y"}},
    )
    read = client.v1.customers.retrieve(made.id)
    assert (read.email, read.name, read.phone, read.address.city) == ("kim@example.org", None, "123", "Seoul")
    assert read.metadata.to_dict() == {"kept": "x", "new": "y"}


def test_a_change_tells_what_was_there_before(client: stripe.StripeClient) -> None:
    made = client.v1.customers.create({"email": "kim@example.org"})
    client.v1.customers.update(made.id, {"email": "lee@example.org"})
    event = client.v1.events.list({"type": "customer.updated"}).data[0]
    assert event.data.previous_attributes.to_dict() == {"email": "kim@example.org"}
    assert event.data.object["email"] == "lee@example.org"


def test_customers_are_found_by_address(client: stripe.StripeClient) -> None:
    kim = client.v1.customers.create({"email": "kim@example.org"})
    client.v1.customers.create({"email": "lee@example.org"})
    assert [c.id for c in client.v1.customers.list({"email": "kim@example.org"})] == [kim.id]


def test_a_deleted_customer_leaves_a_stub(client: stripe.StripeClient) -> None:
    made = client.v1.customers.create({"email": "kim@example.org"})
    assert client.v1.customers.delete(made.id).deleted
    assert client.v1.customers.retrieve(made.id).to_dict() == {
        "id": made.id,
        "object": "customer",
        "deleted": True,
    }
    assert not client.v1.customers.list().data
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.customers.update(made.id, {"name": "Kim"})
    assert refusal.value.code == "resource_missing"


def test_an_address_that_is_none_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.customers.create({"email": "kim"})
    assert (refusal.value.code, refusal.value.param) == ("email_invalid", "email")
