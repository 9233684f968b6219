"""The whole database, to be held against itself."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.db import db

Rows = dict[str, list[dict[str, Any]]]


def all_rows(app: Flask) -> Rows:
    """Give every row of every table, each table in an order that only its rows decide."""
    with app.app_context():
        return {
            table.name: sorted((dict(row._mapping) for row in db.session.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }
