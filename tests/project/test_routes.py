"""Routes: each is declared for somebody, named plainly, and walked through by the tests beside this one."""

import re

import pytest
from flask import Flask

from portal.web.access import ACCESS
from tests.foundation.pages import PageClient
from tests.project.walk import VISITS

PLAIN = re.compile(r"/|(/([a-z0-9]+(-[a-z0-9]+)*|<(\w+:)?[a-z_]+>|\.well-known))+(\.(csv|png|svg|txt|xml))?")


def test_every_route_declares_for_whom_it_is(app: Flask) -> None:
    assert _endpoints(app) == set(ACCESS)


def test_every_route_is_walked_through(app: Flask) -> None:
    assert _endpoints(app) == {visit.endpoint for visit in VISITS}


def test_addresses_are_plain_words_with_hyphens(app: Flask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if not PLAIN.fullmatch(rule.rule)] == []


def test_a_view_is_named_after_its_endpoint(app: Flask) -> None:
    wrong = [
        e for e, view in app.view_functions.items() if e != "static" and not e.endswith(f".{view.__name__}")
    ]
    assert wrong == []


def test_nothing_that_is_only_looked_at_can_be_posted_to_and_the_other_way_round(app: Flask) -> None:
    mixed = [rule.rule for rule in app.url_map.iter_rules() if {"GET", "POST"} <= (rule.methods or set())]
    assert mixed == []


@pytest.mark.parametrize("path", ["/campaigns/", "/privacy/", "/s/"])
def test_an_address_has_one_spelling(page: PageClient, path: str) -> None:
    assert page.get(path).status == 404


def _endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}
