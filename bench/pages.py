"""The campaign page beside a bare page: kept, rendered each time, and unchanged since it was last asked for."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from bench import bare
from bench.portals import PATH
from bench.rounds import Comparison, Subject
from bench.servers import PAGES, Server, serving

KEPT_BAR, RENDERED_BAR, UNCHANGED_BAR = 1.2, 0.3, 1.0


@contextmanager
def comparisons(
    environment: dict[str, str], folder: Path
) -> Iterator[tuple[list[Comparison], dict[str, Server]]]:
    """Give what is compared, while the servers run, and those whose memory is of interest."""
    with ExitStack() as running:
        kept = running.enter_context(serving("portal:create_app()", PAGES, environment))
        unkept = running.enter_context(serving("bench.unkept:create_app()", PAGES, environment))
        size = len(_ask(kept, "identity").read())
        base = running.enter_context(serving("bench.bare:create_app()", PAGES, _bare_settings(folder, size)))
        # As browsers ask, and once more without compression on both sides.
        bare_page, kept_page = _page("bare page", base, "gzip"), _page("kept page", kept, "gzip")
        unchanged = _page("unchanged page", kept, "gzip", _etag(kept, "gzip"))
        rendered = _page("rendered page", unkept, "gzip")
        bare_plain, plain = _page("bare page", base, "identity"), _page("kept page", kept, "identity")
        found = [
            Comparison("page kept / bare", bare_page, kept_page, KEPT_BAR),
            Comparison("page rendered / bare", bare_page, rendered, RENDERED_BAR),
            Comparison("page kept, no gzip / bare, no gzip", bare_plain, plain, KEPT_BAR),
            Comparison("304 / page kept", kept_page, unchanged, UNCHANGED_BAR),
        ]
        yield found, {"bare page": base, "portal, pages": kept}


def _bare_settings(folder: Path, size: int) -> dict[str, str]:
    database = str(folder / "bare.sqlite3")
    bare.make_database(database)
    return {"BENCH_DATABASE": database, "BENCH_PAGE_BYTES": str(size)}


def _page(name: str, server: Server, encoding: str, etag: str = "") -> Subject:
    head = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n"
    head += f"If-None-Match: {etag}\r\n" if etag else ""
    request = f"{head}\r\n".encode()
    return Subject(name, server, lambda: [request], 304 if etag else 200)


def _etag(server: Server, encoding: str) -> str:
    return str(_ask(server, encoding).headers["ETag"])


def _ask(server: Server, encoding: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", PATH, headers={"Accept-Encoding": encoding})
    return connection.getresponse()
