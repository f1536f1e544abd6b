"""The rows of a PostgreSQL database, out and in, over the connection there is: no pg_dump is needed.

Taken are the tables of all models and the record of migrations; what a database builds beside them (indexes
for search, triggers, cache) is made again by `manage migrate`.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

_COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_BLOCK = 1 << 20


def model_tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    names = {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    return sorted(names | {MigrationRecorder.Migration._meta.db_table})


def dump(scratch: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """Each table as (table, columns, rows, sequences) and a file with its rows, all of one moment."""
    own: BaseDatabaseWrapper = connection.copy()
    with closing(own), transaction_of(own), own.cursor() as cursor:
        existing = set(own.introspection.table_names(cursor))
        for table in model_tables():
            if table not in existing:
                continue
            quoted = own.ops.quote_name(table)
            cursor.execute(_COLUMNS, [quoted])
            columns = [name for (name,) in cursor.fetchall()]
            listed = ", ".join(own.ops.quote_name(column) for column in columns)
            path = scratch / "rows.copy"
            with path.open("wb") as file, cursor.copy(f"COPY {quoted} ({listed}) TO STDOUT") as rows:
                for block in rows:
                    file.write(block)
            count = cursor.rowcount
            yield (
                {
                    "table": table,
                    "columns": columns,
                    "rows": count,
                    "sequences": _sequences(own, table, columns),
                },
                path,
            )


class transaction_of:  # reads as a verb, like transaction.atomic
    """One read-only REPEATABLE READ transaction on a connection that nobody else uses."""

    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self.own = own

    def __enter__(self) -> None:
        self.own.ensure_connection()
        with self.own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def __exit__(self, *problem: object) -> None:
        with self.own.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _sequences(own: BaseDatabaseWrapper, table: str, columns: list[str]) -> list[list[Any]]:
    """(column, last value, whether it was given out) of each sequence; never behind the snapshot's rows."""
    found = []
    with own.cursor() as cursor:
        for column in columns:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [own.ops.quote_name(table), column])
            (sequence,) = cursor.fetchone()
            if sequence:
                cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
                found.append([column, *cursor.fetchone()])
    return found


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def clear() -> None:
    """Drop every table, and with them their triggers and sequences."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, names))} CASCADE")


def unknown_migrations(recorded: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that the sources at hand do not have: the rows come from a newer Nafida."""
    nodes = MigrationLoader(None).graph.nodes  # without a connection: nothing may be made before all is verified
    return sorted(key for key in recorded if key not in nodes)


def migrate_to(recorded: list[tuple[str, str]]) -> None:
    """Make the tables as they were when these migrations, and no others, had been applied."""
    executor = MigrationExecutor(connection)
    known = set(recorded)
    graph = executor.loader.graph
    ends = [key for key in recorded if not any(child.key in known for child in graph.node_map[key].children)]
    executor.migrate(ends)


@transaction.atomic
def load(tables: list[tuple[dict[str, Any], IO[bytes]]]) -> None:
    """Fill the tables, all or none, and set their sequences. Raises ValueError when rows are missing."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(quote(each['table']) for each, _ in tables)}")
        for each, file in tables:
            listed = ", ".join(quote(column) for column in each["columns"])
            with cursor.copy(f"COPY {quote(each['table'])} ({listed}) FROM STDIN") as rows:
                while block := file.read(_BLOCK):
                    rows.write(block)
            cursor.execute(f"SELECT count(*) FROM {quote(each['table'])}")
            if cursor.fetchone() != (each["rows"],):
                raise ValueError(f"the rows of {each['table']} did not all arrive")
            for column, value, called in each["sequences"]:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                    [quote(each["table"]), column, value, called],
                )
