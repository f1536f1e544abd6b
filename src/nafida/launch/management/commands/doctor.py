"""`manage doctor`, also `./nafida doctor`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone, translation

from nafida.desk.readiness import Finding, Grade, examine


class Command(BaseCommand):
    help = "Say whether this installation may be opened to citizens. Exit code 1 when something must be done first."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override("en"):
                found = examine(timezone.now())
        except DatabaseError as problem:
            raise CommandError(f"The database is not set up: start ./nafida up once. ({problem})") from problem
        for each in found:
            self.stdout.write(line_of(each))
        counts = {grade: sum(each.grade == grade for each in found) for grade in Grade}
        self.stdout.write(", ".join(f"{count} {grade}" for grade, count in counts.items()))
        if counts[Grade.MUST]:
            sys.exit(1)


def line_of(found: Finding) -> str:
    remedy = f" {found.remedy}" if found.remedy else ""
    return f"{found.grade:5} {found.subject}: {found.sentence}{remedy}"
