"""How templates say money, days and countries, and where they find static files and drawings' lights."""

import math
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_skeleton, get_timezone_location
from babel.numbers import format_decimal, get_currency_symbol
from flask import Flask, Response, current_app, request
from flask_babel import format_date, get_locale, get_translations, gettext
from markupsafe import Markup, escape

from portal.domain.campaigns.queries import CampaignPage
from portal.money import Money, format_money, minor_digits

A_YEAR = 365 * 24 * 3600
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def init_filters(app: Flask) -> None:
    """Give the app's templates their filters and globals, and its named static files a year in caches."""
    app.jinja_env.filters.update(
        money=money,
        sign=sign,
        day=day,
        told_day=told_day,
        country=country,
        language=language,
        city=city,
        local=local,
        clock=clock,
        number=number,
    )
    app.jinja_env.filters.update(weekday=weekday, moment=moment, date_of=date_of)
    app.jinja_env.globals.update(
        static_url=static_url,
        light_field=light_field,
        get_locale=get_locale,
        minor_digits=minor_digits,
        hours=hours,
        lang_of=lang_of,
        spoken=spoken,
        own_name=own_name,
    )

    @lru_cache(maxsize=4096)
    def translated(_locale: Locale | None, text: str) -> str:
        return str(get_translations().ugettext(text))

    # In place of Flask-Babel's own, which finds its way to the catalog for each of a page's hundred texts.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: translated(get_locale(), text),
        ngettext=lambda one, many, count: get_translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.after_request(_send_static_file)


def money(value: Money, *, short: bool = False) -> str:
    """Say an amount in the reader's language, €1,000.00; `short` leaves out decimals of only zeros, €1,000."""
    return format_money(value, str(get_locale()), whole_short=short)


def sign(currency: str) -> str:
    """Give a currency's sign in the reader's language: € for EUR."""
    return str(get_currency_symbol(currency, locale=get_locale()))


def day(value: date, *, short: bool = False) -> str:
    """Say a day in full, in the reader's language: 22 November 2026; `short` cuts its month: 22 Nov 2026."""
    if short:
        return format_date(value, "d MMM y" if get_locale().language == "en" else "medium")
    return format_date(value, "d MMMM y" if get_locale().language == "en" else "long")


def told_day(words: str) -> str:
    """Say a day or a month that is written as 2025-03-14 or 2025-03 in full; any other words as they are."""
    try:
        if len(words) == len("2025-03"):
            return format_date(date.fromisoformat(f"{words}-01"), "MMMM y")
        return day(date.fromisoformat(words))
    except ValueError:
        return words


def country(code: str) -> str:
    """Name a country by its two letters, in the reader's language; the letters where it has no name."""
    return str(get_locale().territories.get(code, code))


def language(code: str) -> str:
    """Name a language by its code, in the reader's language; the code where it has no name."""
    return str(get_locale().languages.get(code, code))


def lang_of(page: CampaignPage, text: str | None) -> Markup:
    """Give the attribute that says in which language a text of a story is; none for the page's own."""
    # A code of our own list.
    return Markup(f' lang="{page.language}"') if text in page.translated else Markup()  # noqa: S704


def spoken(page: CampaignPage, text: str | None) -> Markup:
    """Give a text of a story to stand within a sentence of the page's own language."""
    return (
        Markup("<span{}>{}</span>").format(lang_of(page, text), text)
        if text in page.translated
        else escape(text)
    )


def own_name(code: str) -> str:
    """Name a language as its speakers do: 한국어; "" is the reader's own."""
    locale = Locale.parse(code) if code else get_locale()
    return str(locale.get_language_name(locale))


def number(value: int) -> str:
    """Say a whole number as the reader's language groups its digits: 24,900,000."""
    return str(format_decimal(value, locale=get_locale()))


def city(timezone: str) -> str:
    """Name a time zone by its city, in the reader's language: Dublin for Europe/Dublin."""
    return str(get_timezone_location(ZoneInfo(timezone), locale=get_locale(), return_city=True))


def local(value: datetime, timezone: str, pattern: str) -> str:
    """Say a part of a moment as clocks and calendars of a zone show it, by a pattern of Unicode's."""
    return format_datetime(value, pattern, tzinfo=ZoneInfo(timezone), locale=get_locale())


def clock(value: datetime, timezone: str) -> str:
    """Say the time of day that clocks of a zone show at a moment: 10:00."""
    return local(value, timezone, "HH:mm")


def weekday(value: datetime, timezone: str) -> str:
    """Say the day that a zone's calendars show at a moment: Saturday 12 December."""
    if get_locale().language == "en":
        return local(value, timezone, "EEEE d MMMM")
    return format_skeleton("MMMMEEEEd", value, ZoneInfo(timezone), locale=get_locale())


def date_of(value: datetime, timezone: str) -> str:
    """Say the day that a zone's calendars show at a moment, with its year: 12 December 2026."""
    return day(value.astimezone(ZoneInfo(timezone)).date())


def moment(value: datetime, timezone: str) -> str:
    """Say a moment in full, with its zone: Saturday 12 December, 10:00, Dublin time."""
    return gettext(
        "%(day)s, %(time)s, %(city)s time",
        day=weekday(value, timezone),
        time=clock(value, timezone),
        city=city(timezone),
    )


def hours(starts_at: datetime, ends_at: datetime, timezone: str) -> str:
    """Say from when to when, as clocks of a zone show it: 10:00 to 12:00, Dublin time."""
    start, end = clock(starts_at, timezone), clock(ends_at, timezone)
    if local(starts_at, timezone, "D") == local(ends_at, timezone, "D"):
        return gettext("%(start)s to %(end)s, %(city)s time", start=start, end=end, city=city(timezone))
    return gettext(
        "%(start)s to %(end)s the next day, %(city)s time", start=start, end=end, city=city(timezone)
    )


def static_url(filename: str) -> str:
    """Give the address of a static file with a digest of its content, so that it may be kept for a year."""
    # What url_for gives too, at a tenth of the price: a page has several of these.
    return f"{request.script_root}{current_app.static_url_path}/{filename}?v={_digest_of(filename)}"


def _digest_of(filename: str) -> str:
    path = Path(current_app.static_folder or "") / filename
    return _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: Path, _changed_at: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def _send_static_file(response: Response) -> Response:
    """Let a file asked for by its digest be kept for good; an old digest names another file."""
    if request.endpoint == "static" and response.status_code in (200, 304):
        named = request.args.get("v") == _digest_of((request.view_args or {})["filename"])
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if named else "no-cache"
    if request.endpoint == "static" and response.status_code == 200:
        # Flask-Compress has no gzip for what is streamed, and our files are small: send them in one piece.
        response.direct_passthrough = False
        content = response.get_data()
        response.close()
        response.set_data(content)
    return response


@lru_cache(maxsize=32)
def light_field(first: int, last: int, width: int, height: int) -> str:
    """Give an SVG path of dots: places `first` to `last` (not included) of a field, from its middle outwards.

    Each dot is a line of no length, for round line caps. The field of all places up to 200 fills the box.
    """
    return "".join(_dot(place, width, height) for place in range(first, last))


def _dot(place: int, width: int, height: int) -> str:
    # Spread as seeds lie in a sunflower, each a little off its place, as windows are in a town at night.
    distance = math.sqrt((place + 0.5) / 200) + 0.02 * math.sin(place * 12.9)
    angle = place * GOLDEN_ANGLE + 0.05 * math.sin(place * 78.2)
    x = width / 2 + distance * math.cos(angle) * width / 2
    y = height / 2 + distance * math.sin(angle) * height / 2
    return f"M{x:.0f} {y:.0f}h0"
