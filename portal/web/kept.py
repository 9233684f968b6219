"""What is the same for everyone, as bytes: made once, kept under what it depends on, sent plain or compressed."""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request
from flask_babel import get_locale
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HTML = "text/html; charset=utf-8"
# A cache may have it, and asks each time whether it is still true.
ASK_AGAIN = "no-cache"
MOST_BODIES_KEPT = 256
EXTENSION = "lantern.kept_bodies"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent to everyone alike; `zipped` is None for what compressing makes no smaller."""

    plain: bytes
    zipped: bytes | None
    tag: str
    content_type: str
    caching: str

    def form_for(self, environ: "WSGIEnvironment") -> tuple[int, Headers, bytes]:
        """Choose among the plain bytes, the compressed ones, and word that they have not changed."""
        zipped = self.zipped if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else None
        # A strong tag names bytes, and the two forms are not the same bytes.
        etag = f'"{self.tag}"' if zipped is None else f'"{self.tag}-gzip"'
        headers: Headers = (
            ("Content-Type", self.content_type),
            ("Cache-Control", self.caching),
            ("ETag", etag),
        )
        if self.zipped is not None:
            headers = (*headers, ("Vary", "Accept-Encoding"))
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            return 304, headers, b""
        if zipped is None:
            return 200, headers, self.plain
        return 200, (*headers, ("Content-Encoding", "gzip")), zipped


def body_of_text(text: str, content_type: str = HTML) -> Body:
    """Give the body of a text that every cache asks for again."""
    plain = text.encode()
    # No time in the gzip header: the same text is the same bytes in every process.
    return Body(plain, gzip.compress(plain, 9, mtime=0), _tag_of(plain), content_type, ASK_AGAIN)


def body_of_bytes(plain: bytes, content_type: str, caching: str) -> Body:
    """Give the body of something that is compressed already, such as a picture."""
    return Body(plain, None, _tag_of(plain), content_type, caching)


class Shelf:
    """Bodies under their names, each with what it depends on; the least asked for make room."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[object, tuple[object, Body]] = OrderedDict()
        self._lock = Lock()

    def find(self, name: object, version: object) -> Body | None:
        """Give what was kept under this name, if it was made under this version."""
        with self._lock:
            made_under, body = self._bodies.get(name, (None, None))
            if body is None or made_under != version:
                return None
            self._bodies.move_to_end(name)
            return body

    def keep(self, name: object, version: object, body: Body) -> Body:
        """Keep a body in place of the name's earlier one, and give it."""
        with self._lock:
            self._bodies[name] = version, body
            self._bodies.move_to_end(name)
            while len(self._bodies) > MOST_BODIES_KEPT:
                self._bodies.popitem(last=False)
        return body


def init_kept(app: Flask) -> None:
    """Give the app its shelf."""
    app.extensions[EXTENSION] = Shelf()


def answer_kept(name: tuple[str, ...], version: object, make: Callable[[], Body]) -> Response:
    """Answer with what is kept under this name, language and version, or with what `make` gives."""
    shelf: Shelf = current_app.extensions[EXTENSION]
    place = (*name, str(get_locale()))
    return answer(shelf.find(place, version) or shelf.keep(place, version, make()))


def answer(body: Body) -> Response:
    """Answer with a body in the form that this request asks for."""
    code, headers, data = body.form_for(request.environ)
    return Response(data, code, list(headers))


def _tag_of(plain: bytes) -> str:
    return blake2b(plain, digest_size=12).hexdigest()


@lru_cache(maxsize=128)
def _takes_gzip(accept_encoding: str) -> bool:
    return parse_accept_header(accept_encoding, Accept).quality("gzip") > 0
