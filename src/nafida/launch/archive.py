"""One file that holds an installation: its database as of one moment, and the files of its data folder.

A tar archive: `about.json`, then `database.sqlite3` or `tables/<name>.copy` (PostgreSQL's text format), then
`folder/…`, then `manifest.json` with the SHA-256 of every member before it. Made while everything runs: the
files are read after the database, so whatever a row of it names is there, unless it was erased for good in
between.
"""

import hashlib
import io
import json
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from nafida.launch import postgresql
from nafida.launch.environment import LOCK_NAME

FORMAT = 1
# Made again from the sources, or copies of what is here already.
NOT_KEPT = {LOCK_NAME, "backups", "static", "last_backup", ".restoring"}
DATABASE_FILE = re.compile(r"(nafida|cache)\.sqlite3.*")
_BLOCK = 1 << 20
NAMED_BY_CONTENT = re.compile(r"[0-9a-f]{64}")


class _Writer:
    """Adds members to a tar file and remembers the digest of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        member = tarfile.TarInfo(name)
        member.size = size
        member.mode = 0o600
        member.mtime = int(datetime.now(UTC).timestamp())
        reader = _Digesting(source)
        self.tar.addfile(member, reader)  # type: ignore[arg-type]  # it only reads
        self.digests[name] = reader.digest.hexdigest()
        return self.digests[name]

    def add_json(self, name: str, content: Any) -> None:
        text = json.dumps(content, indent=1, sort_keys=True).encode()
        self.add(name, io.BytesIO(text), len(text))


class _Digesting:
    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def write_archive(target: Path, *, with_files: bool = True) -> list[str]:
    """Write the archive, whole or not at all, readable by the owner only.

    Gives the files whose content is not what their SHA-256 name says (kept as they are). Raises
    FileExistsError.
    """
    if target.exists():
        raise FileExistsError(target)
    draft = target.with_name(target.name + ".partial")
    draft.touch(mode=0o600)
    damaged: list[str] = []
    try:
        with tarfile.open(draft, "w") as tar, tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            writer = _Writer(tar)
            writer.add_json("about.json", _about())
            _add_database(writer, Path(scratch))
            if with_files:
                damaged = _add_folder(writer, settings.DATA)
            writer.add_json("manifest.json", writer.digests)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return damaged


def _about() -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "database": connection.vendor,
        "made": datetime.now(UTC).isoformat(),
        "migrations": sorted([app, name] for app, name in applied),
    }


def _add_database(writer: _Writer, scratch: Path) -> None:
    if connection.vendor == "sqlite":
        copy = scratch / "database.sqlite3"
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(copy)) as snapshot:
            source.backup(snapshot)  # all pages in one step: one moment, and in WAL mode nobody waits
        _add_file(writer, copy.name, copy)
        return
    tables = []
    for description, rows in postgresql.dump(scratch):
        _add_file(writer, f"tables/{description['table']}.copy", rows)
        rows.unlink()
        tables.append(description)
    writer.add_json("tables.json", tables)


def _add_file(writer: _Writer, name: str, path: Path) -> str:
    with path.open("rb") as file:
        return writer.add(name, file, path.stat().st_size)


def _add_folder(writer: _Writer, folder: Path) -> list[str]:
    damaged = []
    for path in files_of(folder):
        name = path.relative_to(folder).as_posix()
        try:
            digest = _add_file(writer, f"folder/{name}", path)
        except FileNotFoundError:  # swept while we came to it
            continue
        if NAMED_BY_CONTENT.fullmatch(path.name.partition(".")[0]) and not path.name.startswith(digest):
            damaged.append(name)
    return damaged


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a data folder that belong into an archive beside the database."""
    for top in sorted(folder.iterdir()):
        if top.name in NOT_KEPT or DATABASE_FILE.fullmatch(top.name):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path


def read_about(tar: tarfile.TarFile) -> dict[str, Any]:
    """What the archive says about itself. Raises ValueError when it is none of ours."""
    try:
        about = read_json(tar, "about.json")
        if about["format"] != FORMAT:
            raise ValueError(f"its format is {about['format']}, not {FORMAT}")
    except (KeyError, TypeError, json.JSONDecodeError) as problem:
        raise ValueError("it is not a backup of Nafida") from problem
    return about  # type: ignore[no-any-return]


def read_json(tar: tarfile.TarFile, name: str) -> Any:
    file = tar.extractfile(name)
    if file is None:
        raise KeyError(name)
    return json.load(file)


def _digest_of(file: IO[bytes]) -> str:
    reader = _Digesting(file)
    while reader.read(_BLOCK):
        pass
    return reader.digest.hexdigest()


def verify(tar: tarfile.TarFile) -> None:
    """Raises ValueError when a member is missing, strange or not what its digest says."""
    try:
        expected = read_json(tar, "manifest.json")
    except KeyError as problem:
        raise ValueError("it breaks off before its end") from problem
    found = {}
    for member in tar.getmembers():
        if member.name == "manifest.json":
            continue
        file = tar.extractfile(member) if member.isfile() else None
        if file is None:
            raise ValueError(f"{member.name} is not a file")
        found[member.name] = _digest_of(file)
    if wrong := sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)):
        raise ValueError(f"{wrong[0]} is not what was backed up")
