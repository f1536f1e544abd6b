"""`manage restore FILE [--force]`, also `./nafida restore FILE`."""

import tarfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nafida.launch.environment import Refusal
from nafida.launch.restoring import restore


class Command(BaseCommand):
    help = "Bring back what a backup holds, into an empty data folder (and an empty PostgreSQL database)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file made by backup")
        parser.add_argument("--force", action="store_true", help="replace what is there (the files go to backups/)")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        try:
            restore(file, force=force)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except (ValueError, tarfile.TarError) as problem:
            raise CommandError(f"{file} cannot be restored: {problem}.") from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename or file}: {problem.strerror}.") from problem
        self.stdout.write(f"{file} is restored.")
