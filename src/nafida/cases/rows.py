"""New rows of what a citizen waits for, written with as little ado as the driver allows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

type Fields = list[models.Field[Any, Any]]
"""Those that have a value to send, in the order of the statement."""


def insert(*rows: models.Model) -> None:
    """Write new rows of one model in one statement: the values, keys and errors of `save(force_insert=True)`.

    Django puts its statement together anew for every row, at several times the cost of sending it; this one is put
    together once a process. For plain tables only: no signal is sent, and no default is left to the database.
    """
    database = connections[DEFAULT_DB_ALIAS]
    model = type(rows[0])
    statement, fields = _statement(model, len(rows), database.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), database) for row in rows for field in fields]
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        keys = cursor.fetchall() if model._meta.auto_field else [(row.pk,) for row in rows]
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, database.alias


@cache
def _statement(model: type[models.Model], count: int, vendor: str) -> tuple[str, Fields]:
    """INSERT of so many rows, and the fields whose values it wants; it gives back the keys that the database draws."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    drawn = model._meta.auto_field
    fields = [field for field in model._meta.local_concrete_fields if field is not drawn]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    returning = f" RETURNING {quote(str(drawn.column))}" if drawn else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {places}{returning}", fields
