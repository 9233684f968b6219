"""Campaign pages: the same bytes for everyone, kept until something that a reader could see has changed.

A kept page is answered in front of Flask: sessions and limits cost more than rendering it would, and it needs none.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, current_app, make_response, render_template, request
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from portal.clock import now
from portal.db import db, reading_only
from portal.domain.campaigns.errors import NoSuchCampaign
from portal.domain.campaigns.queries import (
    CampaignPage,
    PageVersion,
    find_page_version,
    get_campaign_page,
    list_campaigns,
)
from portal.domain.donations.queries import names_shown
from portal.domain.donations.rules import LONGEST_MESSAGE
from portal.domain.events.queries import list_coming_shifts
from portal.domain.people.rules import LONGEST_NAME
from portal.languages import LANGUAGES
from portal.web.forms import GiveForm
from portal.web.kept import Body, Headers, body_of_text
from portal.web.presets import presets

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_PAGES_KEPT = 64
FOLDER = "/campaigns/"
# Where Flask leaves a page in a request's environment.
RENDERED = "lantern.rendered_page"
# What is made anew for each answer; a cookie would be one reader's.
OF_ONE_FORM = frozenset(
    ("content-type", "content-length", "content-encoding", "cache-control", "vary", "etag", "set-cookie")
)
# Templates of the parts that are the same until the campaign's page_version moves.
PARTS = ("head", "opening", "article", "fresh_form", "pass_on")
MOST_SHIFTS_SHOWN = 6
KeptKey = tuple[PageVersion, date]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A rendered page under all that its bytes depend on within one process.

    `until` is when the first of its shifts begins, from when on it is listed no more. `headers` are those that the app
    puts on every answer.
    """

    key: KeptKey
    until: datetime | None
    body: Body
    headers: Headers = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and until when it is true: when the first of the shifts in it begins."""

    html: str
    until: datetime | None


class KeptPages:
    """Answers for campaign pages that are still true, and hands every other request on to the app.

    One page is kept for each slug and language; the least asked for make room.
    """

    def __init__(self, app: "WSGIApplication", livemode: bool) -> None:
        self.app, self.livemode = app, livemode
        self.engine: Engine | None = None
        self._pages: OrderedDict[tuple[str, str], KeptPage] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        # Lantern's addresses begin at the root. A prefix that a request brings along would get into links that are
        # kept for everyone.
        environ["SCRIPT_NAME"] = ""
        if not path.startswith(FOLDER) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.app(environ, start_response)
        slug = path.removeprefix(FOLDER)
        page = self.find(slug, _language_of(environ))
        if page is not None:
            return _answer(page, environ, start_response)
        return self.app(environ, self._keeping(slug, environ, start_response))

    def _keeping(
        self, slug: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "StartResponse":
        """Keep the page that the app renders, once everything that adds headers to an answer had its turn."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            page: KeptPage | None = environ.get(RENDERED)
            if page is not None:
                beside = tuple(pair for pair in headers if pair[0].lower() not in OF_ONE_FORM)
                self.keep(slug, replace(page, headers=beside))
            return start_response(status, headers, *rest)

        return start

    def find(self, slug: str, language: str = "") -> KeptPage | None:
        """Give the slug's page in a language, "" for the original's, if it is still true."""
        with self._lock:
            page = self._pages.get((slug, language))
            if page is None or self.engine is None:
                return None
            self._pages.move_to_end((slug, language))
        try:
            version = _find_version(self.engine, slug, self.livemode)
        except SQLAlchemyError:
            return None  # Flask will meet the same trouble, and has a page for it.
        if version is None or (page.until is not None and now() >= page.until):
            return None
        return page if page.key == _key(version) else None

    def keep(self, slug: str, page: KeptPage) -> None:
        """Keep a page in place of the slug's earlier one."""
        with self._lock:
            self._pages[slug, page.language] = page
            self._pages.move_to_end((slug, page.language))
            while len(self._pages) > MOST_PAGES_KEPT:
                self._pages.popitem(last=False)


def init_pages(app: Flask) -> None:
    """Let an app's campaign pages be kept and answered in front of it."""
    kept = KeptPages(app.wsgi_app, app.config["LIVEMODE"])
    app.extensions["lantern.kept_pages"] = app.wsgi_app = kept  # type: ignore[method-assign]


def render_campaign(
    slug: str, form: GiveForm | None = None, status: int = 200, refused: str = ""
) -> Response:
    """Answer with a campaign's page; with a form a fresh one that shows its entries and errors and is not kept.

    So is one that says why something was `refused`. Aborts with 404 where readers find no campaign of this slug.
    """
    language = _language_of(request.environ)
    if form is not None or refused:
        response = make_response(_render(campaign_page_or_404(slug, language), form, refused).html, status)
        # One reader's entries, yet not no-store: the browser's way back would then lose them all.
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    kept: KeptPages = current_app.extensions["lantern.kept_pages"]
    kept.engine = db.engine
    campaign_page = campaign_page_or_404(slug, language)
    rendered = _render(campaign_page, None)
    # What the page itself was made of, so that it is never kept under news that it does not tell.
    page = _make_page(campaign_page, rendered)
    request.environ[RENDERED] = page
    code, headers, body = page.body.form_for(request.environ)
    return Response(body, code, headers)


def campaign_page_or_404(slug: str, language: str = "") -> CampaignPage:
    """Give what a published campaign's page tells, in a language if it is there in it; aborts with 404 without one."""
    try:
        return get_campaign_page(slug, livemode=current_app.config["LIVEMODE"], language=language)
    except NoSuchCampaign:
        abort(404)


def _find_version(engine: Engine, slug: str, livemode: bool) -> PageVersion | None:
    # A connection of its own: an ORM session would cost more than all the rest of this request.
    with reading_only(), engine.connect() as connection:
        return find_page_version(connection, slug, livemode=livemode)


def _key(version: PageVersion) -> KeptKey:
    return version, now().astimezone(ZoneInfo(version.timezone)).date()


def _make_page(page: CampaignPage, rendered: Rendered) -> KeptPage:
    body = body_of_text(rendered.html)
    return KeptPage(_key(page.version), rendered.until, body, language=page.language)


def _language_of(environ: "WSGIEnvironment") -> str:
    """Give the language that a reader asks for, as Flask would read it; "" for none, or for one not known here."""
    asked = parse_qs(environ.get("QUERY_STRING", "")).get("lang", [""])[0]
    return asked if asked in LANGUAGES else ""


def _answer(page: KeptPage, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    code, headers, body = page.body.form_for(environ)
    length = () if code == 304 else (("Content-Length", str(len(body))),)
    start_response(f"{code} {HTTPStatus(code).phrase}", [*headers, *page.headers, *length])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _render(page: CampaignPage, form: GiveForm | None, refused: str = "") -> Rendered:
    told: dict[str, Any] = {
        "page": page,
        "presets": presets(page.amounts, page.card_fee),
        "longest_name": LONGEST_NAME,
        "longest_message": LONGEST_MESSAGE,
    }
    # One that has ended leads to those that are open, in place of shifts.
    shifts = _shifts(page) if page.ended_on is None else Rendered("", None)
    open_now = [] if page.ended_on is None else list_campaigns(livemode=current_app.config["LIVEMODE"])
    html = render_template(
        "campaigns/show.html",
        group=page.group,
        form=form,
        refused=refused,
        open_now=open_now,
        shown_names=_names(page),
        shifts=shifts.html,
        **_parts(page, told),
        **told,
    )
    return Rendered(html, shifts.until)


def _parts(page: CampaignPage, told: dict[str, Any]) -> dict[str, Markup]:
    """Give the parts of the page that no gift changes, as HTML: rendered once for each version and language."""

    def make() -> dict[str, Markup]:
        # Rendered by templates that escape, so they go into the page as they are.
        return {name: Markup(render_template(f"campaigns/{name}.html", **told)) for name in PARTS}  # noqa: S704

    return _kept_part("words", page, page.campaign.page_version, make)


def _names(page: CampaignPage) -> list[str]:
    """Give the names that givers asked to be shown: looked up once for each total and version."""
    version = page.gifts, page.received.minor, page.campaign.page_version
    livemode = current_app.config["LIVEMODE"]
    return _kept_part("names", page, version, lambda: list(names_shown(page.campaign.id, livemode)))


def _shifts(page: CampaignPage) -> Rendered:
    """Give the part with the campaign's coming shifts: rendered once for each change of them, day and language."""
    moment = now()
    version = page.campaign.help_version, page.campaign.page_version, _key(page.version)[1]

    def make() -> Rendered:
        coming = list_coming_shifts(moment, page.campaign.id, most=MOST_SHIFTS_SHOWN)
        html = render_template("campaigns/shifts.html", shifts=coming)
        return Rendered(Markup(html), coming[0].starts_at if coming else None)  # noqa: S704  (it escapes)

    part = _kept_part("shifts", page, version, make)
    if part.until is not None and moment >= part.until:
        part = _kept_part("shifts", page, (version, part.until), make)
    return part


def _kept_part(name: str, page: CampaignPage, version: Any, make: Callable[[], Part]) -> Part:
    """Give a part of a campaign's page as it was made under this version, or make it."""
    kept: dict[tuple[str, int, str, str], Any] = current_app.extensions.setdefault("lantern.page_parts", {})
    place = name, page.campaign.id, str(get_locale()), page.language
    made_under, part = kept.get(place, (None, None))
    if made_under != version:
        part = make()
        kept[place] = version, part
    return part
