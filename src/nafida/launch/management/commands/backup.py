"""`manage backup FILE`, also `./nafida backup FILE`."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nafida.launch.archive import write_archive


class Command(BaseCommand):
    help = "Write the database and the files of the data folder into one file, while everything runs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the tar file to make; it must not exist yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        began = datetime.now(UTC)
        try:
            damaged = write_archive(file)
        except FileExistsError as problem:
            raise CommandError(f"{file} exists already; a backup is never written over another.") from problem
        except OSError as problem:
            raise CommandError(f"{file} cannot be written ({problem.strerror}).") from problem
        settings.BACKUP_MARK.write_text(f"{began.isoformat()}\n")
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes")
        if damaged:
            listed = ", ".join(damaged[:5])
            raise CommandError(f"All is backed up, but {len(damaged)} files are not what their names say: {listed}")
