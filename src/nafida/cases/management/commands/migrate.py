from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from nafida.cases.journal import SEALED, seal
from nafida.cases.models.columns import COLUMNS


class Command(migrate.Command):
    """Django's own, then refusals and search: a migration that rebuilds a table on SQLite drops its triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        tables = set(connection.introspection.table_names())
        if set(SEALED) <= tables:
            seal(connection)
        for column in COLUMNS:
            if column.table in tables:
                column.lay(connection)
