"""Whose page sent a form, as browsers of all ages tell it."""

import pytest
from flask import Flask, request

from portal.web.origin import tell_origin

PUBLIC = "https://lantern.example"


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, "own"),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, "own"),
        ({"Sec-Fetch-Site": "cross-site"}, "foreign"),
        ({"Sec-Fetch-Site": "same-site"}, "foreign"),
        ({"Sec-Fetch-Site": "none"}, "foreign"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC}, "foreign"),
        ({"Sec-Fetch-Site": ""}, "foreign"),
        ({"Origin": PUBLIC}, "own"),
        ({"Origin": "http://localhost"}, "foreign"),
        ({"Origin": "http://["}, "foreign"),
        ({"Origin": "https://lantern.example#@evil"}, "foreign"),
        ({"Origin": "https://LANTERN.example"}, "own"),
        ({"Origin": "http://lantern.example"}, "foreign"),
        ({"Origin": "https://lantern.example.evil.example"}, "foreign"),
        ({"Origin": "https://evil.example"}, "foreign"),
        ({"Origin": "null"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_form_s_origin_is_told(app: Flask, headers: dict[str, str], origin: str) -> None:
    with app.test_request_context("/", method="POST", headers=headers):
        assert tell_origin(request, PUBLIC) == origin
