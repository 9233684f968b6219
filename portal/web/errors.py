"""Pages for requests that went wrong: what happened, and what to do next, without asking the database."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

# What an answer must keep beside its page: what is allowed here, and when to come back.
KEPT_HEADERS = ("Allow", "Retry-After")


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """A title, what happened, and what the reader can do next."""

    title: str
    happened: str
    next: str


def init_errors(app: Flask) -> None:
    """Answer every HTTP error of the app, and every exception nobody expected, with a page of our own."""
    app.register_error_handler(HTTPException, show_error)


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Answer with the page of an error."""
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    response = make_response(render_template("errors/error.html", code=code, words=words_for(code)), code)
    given: dict[str, Any] = dict(error.get_headers())
    response.headers.update({name: given[name] for name in KEPT_HEADERS if name in given})
    return response


def words_for(code: int) -> ErrorWords:
    """Give the words for an HTTP status from 400 up, in the reader's language."""
    known = _client_words() | _server_words()
    return known.get(code) or (known[400] if code < 500 else known[500])


def _client_words() -> dict[int, ErrorWords]:
    return {
        400: ErrorWords(
            _("We could not read that request"),
            _("Something in it was missing or not in the form we expect. Nothing was saved."),
            _("Go back, reload the page, and try once more."),
        ),
        403: ErrorWords(
            _("This is not open to you"),
            _("The page may belong to somebody else, or the request came from another site."),
            _("If you came from a form, open the page anew and send it from there."),
        ),
        404: ErrorWords(
            _("There is no such page"),
            _("The address may be mistyped, or the page was taken down."),
            _("The campaigns page lists everything that is open now."),
        ),
        405: ErrorWords(
            _("This address works another way"),
            _("It can't be opened like this. Nothing was saved."),
            _("Go back and use the button or link on the page."),
        ),
        410: ErrorWords(
            _("This is no longer here"),
            _("The link has been used up, has expired, or what it led to is gone."),
            _("If you expected something else here, write to the group."),
        ),
        413: ErrorWords(
            _("That was too much at once"),
            _("What was sent is larger than this site takes. Nothing was saved."),
            _("Go back and send a shorter text."),
        ),
        422: ErrorWords(
            _("Something needs another look"),
            _("What was sent could not be taken as it was. Nothing was saved."),
            _("Go back, look through what you entered, and send it again."),
        ),
        429: ErrorWords(
            _("That was a lot of attempts"),
            _("To keep misuse out, this site takes only so many in a short time. Nothing was charged."),
            _("Wait a minute, then try again."),
        ),
    }


def _server_words() -> dict[int, ErrorWords]:
    return {
        500: ErrorWords(
            _("Something broke on our side"),
            _("It is not your doing."),
            _(
                "Try again in a few minutes. If you were giving, look at your mail first: a gift that was paid "
                "is confirmed there."
            ),
        ),
        503: ErrorWords(
            _("We can't answer right now"),
            _("A part that this page needs is busy or away. Nothing was charged."),
            _("Try again in a minute."),
        ),
    }
