"""Ids in addresses: the largest one that a row can have is taken, and a larger one is no address of ours."""

import re

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from portal.db import LARGEST_ID


def test_no_address_takes_an_id_that_no_row_can_have(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    with_ids = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(with_ids) > 40
    for rule in with_ids:
        method = ({"GET", "POST"} & (rule.methods or set())).pop()
        for name in re.findall(r"<int:(\w+)>", rule.rule):
            largest, larger = (_address(rule.rule, name, ident) for ident in (LARGEST_ID, LARGEST_ID + 1))
            assert addresses.match(largest, method)[0] == rule.endpoint
            with pytest.raises(NotFound):
                addresses.match(larger, method)


@pytest.mark.parametrize("ident", [str(LARGEST_ID + 1), "9" * 5000])
def test_whoever_asks_for_such_an_id_is_told_that_there_is_no_such_page(app: Flask, ident: str) -> None:
    client = app.test_client()
    assert (
        client.get(f"/events/{ident}").status_code == client.get(f"/desk/people/{ident}").status_code == 404
    )


def _address(rule: str, name: str, ident: int) -> str:
    """Give an address with this id in one of its places, and 1 in all others."""
    return re.sub(r"<int:(\w+)>", lambda found: str(ident) if found[1] == name else "1", rule)
