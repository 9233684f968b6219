"""Ids in addresses: what no row can have as its id is no address of ours."""

from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, Map, ValidationError

from portal.db import LARGEST_ID


class IdConverter(IntegerConverter):
    """A whole number up to the largest id; PostgreSQL would not take the question for a larger one."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)

    def to_python(self, value: str) -> int:
        """Give the id in an address; raises NotFound for one that no row can have."""
        try:
            return int(super().to_python(value))
        except ValidationError:
            # Left to Werkzeug, an address with a page and a form would answer that it is only looked at.
            raise NotFound from None
