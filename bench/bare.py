"""What the portal is measured against: a Flask app with one page and nothing around it.

One indexed SELECT through sqlite3, about 150 escaped substitutions, and as many bytes as the campaign page has.
A browser asks for gzip, so it compresses when asked, as a bare app with a compressing extension would: level 6.
"""

import gzip
import os
import random
import sqlite3

from flask import Flask, Response, render_template, request
from jinja2 import DictLoader

GIFTS = 36
GZIP_LEVEL = 6  # what zlib and the compressing extensions take when nothing is said

PAGE = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="description" content="{{ summary }}"></head>
<body><h1>{{ title }}</h1><p>{{ summary }}</p><p>{{ received }} of {{ goal }}</p>
<ul>{% for gift in gifts %}
<li id="gift-{{ gift.id }}"><b>{{ gift.name }}</b> gave {{ gift.amount }}: {{ gift.message }}</li>{% endfor %}</ul>
"""


def create_app() -> Flask:
    """Give the app; the page's size and the database's place come from the environment."""
    app = Flask(__name__)
    database = sqlite3.connect(os.environ["BENCH_DATABASE"], isolation_level=None, check_same_thread=False)
    database.row_factory = sqlite3.Row
    # A loader, and not a template as a string, which Flask would compile anew for every answer.
    app.jinja_loader = DictLoader({"page.html": PAGE + _filling(int(os.environ["BENCH_PAGE_BYTES"]) - 4_000)})
    gifts = [
        {"id": n, "name": f"Ada & Kim {n}", "amount": f"€{n}.00", "message": 'For <you> & "them"'}
        for n in range(GIFTS)
    ]

    @app.get("/campaigns/<slug>")
    def show(slug: str) -> Response:
        row = database.execute("SELECT * FROM campaign WHERE slug = ?", (slug,)).fetchone()
        html = render_template("page.html", lang="en", gifts=gifts, **row).encode()
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return Response(html)
        zipped = gzip.compress(html, GZIP_LEVEL)
        return Response(zipped, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})

    return app


def _filling(length: int) -> str:
    """Give prose of this length that compresses about as well as words do, the same in every process."""
    dice = random.Random(1)  # noqa: S311  (words for a page, no secret)
    words = ["".join(dice.choices("abcdefghijklmnoprstuwy", k=dice.randint(2, 9))) for _ in range(400)]
    text = ""
    while len(text) < length:
        text += "<p>" + " ".join(dice.choices(words, k=60)) + "</p>\n"
    return text[: max(length, 0)]


def make_database(path: str) -> None:
    """Make the database that the app reads."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE campaign (slug TEXT UNIQUE, title, summary, received, goal)")
        row = ("the-way-out", "A way & out", "Two <lines> of summary.", "€1,000.00", "€5,000.00")
        database.execute("INSERT INTO campaign VALUES (?, ?, ?, ?, ?)", row)
    database.close()
