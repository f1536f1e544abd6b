"""`./nafida manage import_landmarks FILE.csv`: mosques, schools, markets, hamlets… that people name."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nafida.territory.actions import add_landmarks
from nafida.territory.landmark_rows import BadRows, read_rows


class Command(BaseCommand):
    help = "Adds the landmarks of a CSV file (UTF-8), all of them or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                rows = read_rows(lines)
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{file} cannot be read: {wrong}") from wrong
        except BadRows as bad:
            raise CommandError(f"Nothing was added.\n{bad}") from bad
        print(f"{add_landmarks(rows, by=None)} landmarks added.")
