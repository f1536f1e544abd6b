"""`./nafida manage rebuild_search`: what cases are found by, made anew from what is told of them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from nafida.cases.models.columns import COLUMNS
from nafida.reports.words import index_all


class Command(BaseCommand):
    help = "Makes the words that cases are found by, and the database's index of them, anew."

    def handle(self, *args: Any, **options: Any) -> None:
        done = index_all()
        for column in COLUMNS:
            column.rebuild(connection)
        print(f"{done} cases can be found.")
