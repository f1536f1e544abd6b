"""A process that writes: `python -m tests.sqlite.writer FILE WHO TIMES` adds TIMES rows, one by one."""

import sys
from pathlib import Path

from django.conf import settings
from django.db import ConnectionHandler

from nafida.sqlite.base import DatabaseWrapper


def connect(path: Path | str, **options: object) -> DatabaseWrapper:
    """A new connection to the file `path`; `options` change or add to OPTIONS."""
    careless = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF"
    known = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": careless}
    database = {"ENGINE": "nafida.sqlite", "NAME": path, "OPTIONS": {**known, **options}}
    return ConnectionHandler({"default": database})["default"]


def add(connection: DatabaseWrapper, who: int) -> None:
    """Read, then write, under one BEGIN: what fails in SQLite when two do it at the same time."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM line")
        cursor.execute("INSERT INTO line (who) VALUES (%s)", [who])
    connection.commit()
    connection.set_autocommit(True)


if __name__ == "__main__":
    settings.configure(USE_TZ=True)
    file, first, times = sys.argv[1:]
    writer = connect(Path(file))
    for number in range(int(first), int(first) + int(times)):
        add(writer, number)
        with writer.cursor() as cursor:
            cursor.execute("UPDATE line SET who = who WHERE who = %s", [number])
    writer.close()
