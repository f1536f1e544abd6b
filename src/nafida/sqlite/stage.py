"""A stage: what is played on it is written into memory, and the house's file is not even locked for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_LAID = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%' OR sql LIKE 'CREATE UNIQUE INDEX%'"


@contextmanager
def stage(copied: Iterable[str]) -> Iterator[None]:
    """Until its end this thread reads and writes a database in memory: all tables, with the rows of those in `copied`.

    Triggers and virtual tables are left out. On another database than SQLite, where writers do not wait for each
    other, nothing is set up: what is played there must be rolled back, which on the stage costs nothing.
    """
    house = connections[DEFAULT_DB_ALIAS]
    if house.vendor != "sqlite":
        yield
        return
    memory = type(house)({**house.settings_dict, "NAME": ":memory:"}, DEFAULT_DB_ALIAS)
    try:
        _lay(house, memory, copied)
        connections[DEFAULT_DB_ALIAS] = memory
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = house
        BaseDatabaseWrapper.close(memory)  # SQLite's own wrapper keeps what stands in memory


def _lay(house: BaseDatabaseWrapper, memory: BaseDatabaseWrapper, copied: Iterable[str]) -> None:
    house.ensure_connection()
    memory.ensure_connection()
    here, there = house.connection, memory.connection
    there.execute("PRAGMA foreign_keys=OFF")  # rows come table by table
    plain = {row[1] for row in here.execute("PRAGMA table_list") if row[2] == "table"}
    rows = [row for row in here.execute(_LAID) if not row[0].startswith("sqlite_")]
    for name, sql in sorted(rows, key=lambda row: "INDEX" in row[1][:20]):
        if name in plain or "INDEX" in sql[:20]:
            there.execute(sql)
    for table in copied:
        _copy(here, there, table)
    there.execute("PRAGMA foreign_keys=ON")


def _copy(here: Any, there: Any, table: str) -> None:
    columns = [row[1] for row in here.execute(f'PRAGMA table_info("{table}")')]
    # A sign in front makes of a column an expression, which the driver hands over as it is stored.
    as_stored = ", ".join(f'+"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    there.executemany(f'INSERT INTO "{table}" VALUES ({places})', here.execute(f'SELECT {as_stored} FROM "{table}"'))
