"""A queued SQLite file of a test's own: these tests need several connections and real transactions."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from nafida.sqlite.base import DatabaseWrapper
from tests.sqlite.writer import connect

Connect = Callable[..., DatabaseWrapper]


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A database file with the table `line(id, who)`."""
    path = tmp_path / "queued.sqlite3"
    with django_db_blocker.unblock():
        connection = connect(path)
        connection.cursor().execute("CREATE TABLE line (id INTEGER PRIMARY KEY, who INTEGER UNIQUE)")
        connection.close()
        yield path


@pytest.fixture
def opened(file: Path) -> Iterator[Connect]:
    """`opened(**options)` is a new connection to the file, closed when the test ends."""
    connections: list[DatabaseWrapper] = []

    def open_one(**options: object) -> DatabaseWrapper:
        connections.append(connect(file, **options))
        connections[-1].inc_thread_sharing()
        return connections[-1]

    yield open_one
    for connection in connections:
        connection.close()
