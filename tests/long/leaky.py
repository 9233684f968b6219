"""A site with every hole that the scanner is sent to look for: who finds nothing here looks at nothing."""

import sqlite3
from pathlib import Path

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

PAGE = """<!doctype html><title>Leaky</title>
<a href="/say?word=hello">Say</a> <a href="/find?name=Ada">Find</a> <a href="/go?to=/">Go</a>
<a href="/read?file=a">Read</a>
<form method="post" action="/keep"><input name="note"><button>Keep</button></form>"""


def make_leaky_site() -> Flask:
    """Give the site as a Flask app."""
    app = Flask(__name__)
    for view in (home, say, find, go, read, keep):
        method = "POST" if view is keep else "GET"
        app.add_url_rule("/" if view is home else f"/{view.__name__}", view_func=view, methods=[method])
    return app


def home() -> ResponseReturnValue:
    """Set a cookie that scripts can read, and no header that forbids anything."""
    return PAGE, {"Set-Cookie": "known=1; Path=/"}


def say() -> ResponseReturnValue:
    """Write into the page what the address says."""
    return f"<p>{request.args.get('word', '')}</p>"


def find() -> ResponseReturnValue:
    """Put what the address says into a statement, and show what the database says to it."""
    statement = f"SELECT name FROM (SELECT 'Ada' AS name) WHERE name = '{request.args.get('name', '')}'"
    try:
        return str(sqlite3.connect(":memory:").execute(statement).fetchall())
    except sqlite3.Error as error:
        return f"sqlite3.OperationalError: {error}", 500


def go() -> ResponseReturnValue:
    """Lead wherever the address says."""
    return redirect(request.args.get("to", "/"))


def read() -> ResponseReturnValue:
    """Show a file of this computer."""
    file = Path("/nothing", request.args.get("file", ""))
    return file.read_text() if file.is_file() else "Nothing."


def keep() -> ResponseReturnValue:
    """Take a form from anywhere."""
    return "Kept."
