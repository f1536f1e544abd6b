"""Bringing back what an archive holds."""

import os
import shutil
import tarfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from nafida.launch import postgresql
from nafida.launch.archive import read_about, read_json, verify
from nafida.launch.environment import LOCK_NAME, Refusal, lock_folder


def restore(source: Path, *, force: bool = False) -> None:
    """Restore an archive into the data folder and the database of the settings, and migrate it.

    Raises `Refusal` when the folder is in use, or something is there and `force` is not given; ValueError
    when the archive is damaged or of another kind. Nothing is touched before the whole archive has been
    verified.
    """
    folder: Path = settings.DATA
    lock = lock_folder(folder)
    try:
        with tarfile.open(source) as tar:
            about = read_about(tar)
            _check(about)
            verify(tar)
            _refuse_unless_empty(folder, force)
            _bring_files(tar, folder)
            if about["database"] == "postgresql":
                _bring_rows(tar, [(app, name) for app, name in about["migrations"]])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", database=settings.CACHE_DATABASE, verbosity=0)
    finally:
        os.close(lock)


def _check(about: dict[str, Any]) -> None:
    if about["database"] != connection.vendor:
        raise ValueError(f"it holds a {about['database']} database, and DATABASE_URL asks for {connection.vendor}")
    if unknown := postgresql.unknown_migrations((app, name) for app, name in about["migrations"]):
        raise ValueError(f"it was made by a newer Nafida (migration {'.'.join(unknown[0])})")


def _contents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name not in (LOCK_NAME, "backups", ".restoring"))


def _refuse_unless_empty(folder: Path, force: bool) -> None:
    connections.close_all()
    if not force and _contents(folder):
        raise Refusal(f"The data folder {folder} is not empty; --force replaces what is there.")
    if not force and connection.vendor == "postgresql" and not postgresql.is_empty():
        raise Refusal("The database of DATABASE_URL is not empty; --force replaces what is there.")


def _bring_files(tar: tarfile.TarFile, folder: Path) -> None:
    """Unpack beside the folder's contents, set those aside, and move the new ones to their place."""
    staging = folder / ".restoring"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    members = [member for member in tar.getmembers() if member.name.startswith("folder/")]
    tar.extractall(staging, members=members, filter="data")
    (staging / "folder").mkdir(exist_ok=True)
    if "database.sqlite3" in tar.getnames():
        tar.extract("database.sqlite3", staging, filter="data")
        (staging / "database.sqlite3").rename(staging / "folder" / Path(settings.DATABASES["default"]["NAME"]).name)
    if old := _contents(folder):
        aside = folder / "backups" / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        aside.mkdir(mode=0o700, parents=True)
        for path in old:
            path.rename(aside / path.name)
    for path in sorted((staging / "folder").iterdir()):
        path.rename(folder / path.name)
    shutil.rmtree(staging)


def _bring_rows(tar: tarfile.TarFile, recorded: list[tuple[str, str]]) -> None:
    postgresql.clear()
    postgresql.migrate_to(recorded)
    with ExitStack() as stack:
        tables: list[tuple[dict[str, Any], IO[bytes]]] = []
        for each in read_json(tar, "tables.json"):
            file = tar.extractfile(f"tables/{each['table']}.copy")
            assert file is not None  # verified: every member is a file
            tables.append((each, stack.enter_context(file)))
        postgresql.load(tables)
