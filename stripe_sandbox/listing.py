"""Lists with Stripe's cursors (Stripe: api/pagination): newest first, ``starting_after`` goes on to older objects,
``ending_before`` to the page just newer than a cursor."""

import json
from typing import Any

from stripe_sandbox.errors import exclusive, no_such
from stripe_sandbox.store import Json, Transaction

Filter = tuple[str, tuple[Any, ...]]
_BOUNDS = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def field_filters(params: Json, *names: str) -> list[Filter]:
    """Filters for parameters that must equal a field of the same name."""
    return [(f"json_extract(body, '$.{name}') = ?", (params[name],)) for name in names if name in params]


def page(tx: Transaction, kind: str, url: str, params: Json, filters: list[Filter]) -> Json:
    """One page of the objects of a kind that pass every filter, as Stripe's list object."""
    where = ["kind = ?", "NOT gone"]
    values: list[Any] = [kind]
    for bound, moment in params.get("created", {}).items():
        filters = [*filters, (f"created {_BOUNDS[bound]} ?", (moment,))]
    backwards = "ending_before" in params
    if backwards and "starting_after" in params:
        raise exclusive("ending_before", "starting_after")
    for cursor, sign in (("ending_before", ">"), ("starting_after", "<")):
        if cursor in params:
            filters = [*filters, (f"seq {sign} ?", (_place(tx, kind, params[cursor], cursor),))]
    for sql, more in filters:
        where.append(sql)
        values += more
    limit = params.get("limit", 10)
    order = "ASC" if backwards else "DESC"
    # The texts joined here are this package's own; every value is bound.
    statement = f"SELECT body FROM object WHERE {' AND '.join(where)} ORDER BY seq {order} LIMIT ?"  # noqa: S608
    found = [json.loads(row["body"]) for row in tx.sql(statement, *values, limit + 1)]
    data = found[:limit]
    return as_list(data[::-1] if backwards else data, url, has_more=len(found) > limit)


def slice_of(items: list[Json], url: str, params: Json) -> Json:
    """One page of a short list that is already in its order, such as a session's line items."""
    if "ending_before" in params and "starting_after" in params:
        raise exclusive("ending_before", "starting_after")
    limit = params.get("limit", 10)
    places = {item["id"]: index for index, item in enumerate(items)}
    for cursor in ("ending_before", "starting_after"):
        if cursor in params and params[cursor] not in places:
            raise no_such("item", params[cursor], param=cursor, status=400)
    if "ending_before" in params:
        newer = items[: places[params["ending_before"]]]
        return as_list(newer[-limit:], url, has_more=len(newer) > limit)
    start = places[params["starting_after"]] + 1 if "starting_after" in params else 0
    return as_list(items[start : start + limit], url, has_more=len(items) > start + limit)


def as_list(data: list[Json], url: str, has_more: bool) -> Json:
    """Stripe's list object."""
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _place(tx: Transaction, kind: str, object_id: str, param: str) -> int:
    row = tx.sql("SELECT seq FROM object WHERE id = ? AND kind = ?", object_id, kind).fetchone()
    if row is None:
        raise no_such(kind, object_id, param=param, status=400)
    return int(row["seq"])
