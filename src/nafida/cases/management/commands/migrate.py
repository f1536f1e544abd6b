from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from nafida.cases.journal import SEALED, seal


class Command(migrate.Command):
    """Django's own, and then the refusals: a migration that rebuilds a table on SQLite drops its triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        if set(SEALED) <= set(connection.introspection.table_names()):
            seal(connection)
