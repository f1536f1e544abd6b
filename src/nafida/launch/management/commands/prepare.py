"""`manage prepare`: bring a data folder to what the sources need. Run by `up` before anything else."""

import hashlib
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nafida.launch.archive import write_archive
from nafida.launch.handback import hand_back_tasks

COPIES_KEPT = 5


class Command(BaseCommand):
    help = "Migrate, collect the pages' files, set up the province, hand back unfinished tasks."
    requires_system_checks = []  # it says in one line each what Django says in many

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := [found.msg for found in run_checks() if found.is_serious() and not found.is_silenced()]:
            sys.exit("\n".join(wrong))
        if copy := copy_before_migrating():
            self.stderr.write(f"nafida: the database was copied to {copy} before it is changed.")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", database=settings.CACHE_DATABASE, verbosity=0)
        collect_static()
        try:
            call_command("setup_province", province=settings.PROVINCE)
        except CommandError as refusal:
            sys.exit(str(refusal))
        ready, failed = hand_back_tasks()
        if ready or failed:
            self.stderr.write(f"nafida: {ready} unfinished tasks go back to the queue, {failed} are set aside.")


def copy_before_migrating() -> Path | None:
    """Copy an existing database when migrations are pending; gives the copy, or None without need."""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return None
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    folder = settings.DATA / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = f"before-migrate-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    if connection.vendor == "sqlite":
        copy = folder / f"{stem}.sqlite3"
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
            database.execute("VACUUM INTO ?", [str(copy)])
    else:
        copy = folder / f"{stem}.tar"
        write_archive(copy, with_files=False)
    copy.chmod(0o600)
    for old in sorted(folder.glob("before-migrate-*"))[:-COPIES_KEPT]:
        old.unlink()
    return copy


def collect_static() -> None:
    """Collect, hash and compress the pages' files, unless they are the ones collected last."""
    stamp = settings.STATIC_ROOT / ".made-from"
    wanted = static_fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    try:
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    except ValueError as problem:  # a style sheet names a file that is not there
        raise CommandError(f"The pages' files cannot be collected: {problem}") from problem
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def static_fingerprint() -> str:
    """A digest of the names, sizes and times of every file that collectstatic would look at."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
