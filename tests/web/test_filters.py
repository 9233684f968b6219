"""Money, days, countries, and the addresses of static files."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from portal.money import Money
from portal.web.filters import A_YEAR, country, day, light_field, money, sign, static_url, told_day


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "said", "said_short"),
    [
        (2_500, "EUR", "en", "€25.00", "€25"),
        (2_590, "EUR", "en", "€25.90", "€25.90"),
        (100_000_000, "EUR", "en", "€1,000,000.00", "€1,000,000"),
        (0, "EUR", "en", "€0.00", "€0"),
        (30_000, "KRW", "en", "₩30,000", "₩30,000"),
        (30_000, "KRW", "ko", "₩30,000", "₩30,000"),
        (12_500, "KWD", "en", "KWD12.500", "KWD12.500"),
    ],
)
def test_money_is_said_in_the_readers_language(
    app: Flask, minor: int, currency: str, locale: str, said: str, said_short: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert money(Money(minor, currency)) == said
        assert money(Money(minor, currency), short=True) == said_short


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025-03-14", "14 March 2025"),
        ("2025-03", "March 2025"),
        ("2025", "2025"),
        ("undated", "undated"),
        ("May 1st", "May 1st"),
    ],
)
def test_a_day_written_in_digits_is_said_in_words_and_words_stay(app: Flask, written: str, said: str) -> None:
    with app.test_request_context():
        assert told_day(written) == said


def test_days_countries_and_signs_are_said_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context():
        assert (day(date(2026, 11, 2)), country("IE"), country("ZZ!"), sign("EUR")) == (
            "2 November 2026",
            "Ireland",
            "ZZ!",
            "€",
        )
        with force_locale("ko"):
            assert (day(date(2026, 11, 2)), country("IE")) == ("2026년 11월 2일", "아일랜드")


def test_a_static_file_asked_for_by_its_digest_may_be_kept_for_a_year(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        address = static_url("lantern.css")

    assert client.get(address).headers["Cache-Control"] == f"public, max-age={A_YEAR}, immutable"
    for stale in ("/static/lantern.css", "/static/lantern.css?v=0123456789ab"):
        assert client.get(stale).headers["Cache-Control"] == "no-cache"
    assert client.get("/static/none.css").headers["Cache-Control"] == "no-store"


def test_style_sheet_is_sent_compressed(client: FlaskClient) -> None:
    answer = client.get("/static/lantern.css", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_field_of_lights_has_a_dot_for_each_place_inside_its_box() -> None:
    dots = re.findall(r"M(-?\d+) (-?\d+)h0", light_field(0, 200, 560, 320))

    assert len(set(dots)) == 200
    assert all(-20 <= int(x) <= 580 and -20 <= int(y) <= 340 for x, y in dots)
    assert light_field(0, 50, 560, 320) + light_field(50, 200, 560, 320) == light_field(0, 200, 560, 320)
