"""The raw floor: the statements of real filings, replayed through the driver alone with fresh unique values."""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection

from nafida.cases.models import Case
from nafida.sqlite.queue import Queue

ONE_STATEMENT = re.compile(r"\s*(\w+)")
CASE_KEY = object()
"""Stands for the primary key that the INSERT of the case has just given."""


class Statement(NamedTuple):
    sql: str
    parameters: list[Any]
    in_transaction: bool

    @property
    def verb(self) -> str:
        found = ONE_STATEMENT.match(self.sql)
        return found.group(1).upper() if found else ""


@contextmanager
def captured() -> Iterator[list[Statement]]:
    """Everything that Django sends to the database meanwhile, but COMMIT, and on PostgreSQL but BEGIN."""
    seen: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        seen.append(Statement(sql, list(parameters or ()), connection.in_atomic_block))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(listen):
        yield seen


@dataclass(frozen=True)
class Script:
    """What one filing sends: reads before its transaction, then the writes. Values are as they were captured,
    functions draw a fresh one, CASE_KEY stands for the new case."""

    before: list[tuple[str, list[Any]]]
    inside: list[tuple[str, list[Any]]]

    @property
    def count(self) -> int:
        """All statements, BEGIN and COMMIT among them."""
        return len(self.before) + len(self.inside) + 2


def capture(file_one: Callable[[], Case]) -> Script:
    """The script of a filing, from two that differ in nothing but what must be unique, and the time."""
    with captured() as first:
        one = file_one()
    with captured() as second:
        other = file_one()
    if [step.sql for step in first] != [step.sql for step in second]:
        # Every few seconds one filing looks whether the province has changed: not these two again.
        return capture(file_one)
    before, inside = [], []
    for step, again in zip(first, second, strict=True):
        if step.verb == "BEGIN":
            continue
        fresh = [
            _fresh(mine, theirs, one, other) for mine, theirs in zip(step.parameters, again.parameters, strict=True)
        ]
        (inside if step.in_transaction else before).append((step.sql, fresh))
    return Script(before, inside)


def _fresh(value: Any, again: Any, one: Case, other: Case) -> Any:
    """How a value is made anew for each replay; what nothing wants unique stays as it was."""
    if value == again:
        return value
    if isinstance(value, list):  # a column of several rows, on PostgreSQL
        return [_fresh(mine, theirs, one, other) for mine, theirs in zip(value, again, strict=True)]
    if (value, again) == (one.pk, other.pk):
        return CASE_KEY
    if (value, again) == (one.reference, other.reference):
        return lambda: secrets.token_hex(5)[:9]  # as long, and never drawn twice: nobody here draws again
    if isinstance(value, UUID):
        return uuid4
    if isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value):
        return lambda: uuid4().hex
    return value


def filled(parameters: Sequence[Any], case_key: int | None) -> list[Any]:
    """The parameters of one replay."""
    return [_filled(value, case_key) for value in parameters]


def _filled(value: Any, case_key: int | None) -> Any:
    if isinstance(value, list):
        return filled(value, case_key)
    if value is CASE_KEY:
        return case_key
    return value() if callable(value) else value


class SQLiteFloor:
    """sqlite3 with the installation's own settings, in the same fair queue of writers."""

    def __init__(self, script: Script) -> None:
        options = settings.DATABASES["default"]["OPTIONS"]
        name = str(settings.DATABASES["default"]["NAME"])
        self.before, self.inside = (
            [(_qmarks(sql), values) for sql, values in part] for part in (script.before, script.inside)
        )
        self.raw = sqlite3.connect(name, isolation_level=None, timeout=options["timeout"])
        self.raw.executescript(options["init_command"] + ";PRAGMA foreign_keys=ON")
        self.queue = Queue(settings.DATABASES["default"]["NAME"], options["timeout"])

    def file(self) -> None:
        for sql, values in self.before:
            self.raw.execute(sql, filled(values, None)).fetchall()
        self.queue.enter()
        try:
            self.raw.execute("BEGIN IMMEDIATE")
            case_key = None
            for sql, values in self.inside:
                answer = self.raw.execute(sql, filled(values, case_key)).fetchall()
                case_key = case_key or answer[0][0]
            self.raw.execute("COMMIT")
        finally:
            self.queue.leave()


class PostgreSQLFloor:
    """psycopg as it comes, preparing what is sent again and again."""

    def __init__(self, script: Script) -> None:
        self.before, self.inside = script.before, script.inside
        self.raw = psycopg.connect(_address(), autocommit=True)

    def file(self) -> None:
        for sql, values in self.before:
            self.raw.execute(sql, filled(values, None)).fetchall()
        with self.raw.transaction():
            case_key = None
            for sql, values in self.inside:
                cursor = self.raw.execute(sql, filled(values, case_key))
                answer = cursor.fetchall() if cursor.description else []
                case_key = case_key or answer[0][0]


def floor_of(script: Script) -> SQLiteFloor | PostgreSQLFloor:
    """The floor under the installation's database."""
    return SQLiteFloor(script) if connection.vendor == "sqlite" else PostgreSQLFloor(script)


def _qmarks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def _address() -> str:
    known = connection.get_connection_params()
    wanted = {"host", "port", "user", "password", "dbname"}
    return psycopg.conninfo.make_conninfo(**{name: text for name, text in known.items() if name in wanted})
