"""What a backup brings back is what was there: every row, every file, and what guards them."""

import hashlib
import sqlite3
import stat
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from .conftest import Installation, closing_database, free_port

PICTURE = b"what a citizen sent"
NAME = hashlib.sha256(PICTURE).hexdigest()
FILL = """
from django.contrib.auth.models import Group
from nafida.people.trail import Traced, trace
for number in range(30):
    trace(Traced.TASK_RETRIED, task=f"tab\\tline\\nback\\\\slash {number} نافذة")
Group.objects.bulk_create(Group(name=str(number)) for number in range(9))
Group.objects.filter(name__gt="5").delete()
"""
NEXT = """
from django.contrib.auth.models import Group
print(Group.objects.create(name="next").pk)
"""
FORGE = """
from django.db import IntegrityError
from nafida.people.models import Trace
try:
    Trace.objects.update(what="forged")
except IntegrityError:
    print("refused")
"""


def shell(installation: Installation, code: str) -> str:
    answer = installation.run("manage", "shell", "--verbosity", "0", "-c", code)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def rows(installation: Installation) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the cache's, in an order of their own."""
    url = installation.environment.get("DATABASE_URL")
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    if not url:
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_stat1'"
    with closing(psycopg.connect(url) if url else sqlite3.connect(installation.folder / "nafida.sqlite3")) as database:
        tables = sorted(name for (name,) in database.execute(names).fetchall())
        found = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    found.pop("cache_entries", None)
    return {name: sorted(each, key=repr) for name, each in found.items()}


@pytest.fixture(scope="module")
def original(installation: Installation) -> Installation:
    """The real province, some rows that are hard to carry, and a picture."""
    installation.folder.mkdir()
    prepared = installation.run("manage", "prepare")
    assert prepared.returncode == 0, prepared.stderr
    shell(installation, FILL)
    (installation.folder / "files" / NAME[:2]).mkdir(parents=True)
    (installation.folder / "files" / NAME[:2] / NAME).write_bytes(PICTURE)
    return installation


@pytest.fixture(scope="module")
def backup(original: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "nafida.tar"
    made = original.run("backup", str(file))
    assert made.returncode == 0, made.stderr
    return file


@pytest.fixture(scope="module")
def restored(original: Installation, backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Another machine that the backup was restored on."""
    base = tmp_path_factory.mktemp("restored")
    environment = {**original.environment, "NAFIDA_DATA": str(base / "var")}
    with closing_database(environment):
        own = Installation(base / "var", free_port(), base / "log", environment)
        answer = own.run("restore", str(backup))
        assert (answer.returncode, answer.stderr) == (0, "")
        yield own


@pytest.fixture
def other(original: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Another machine: an empty folder and an empty database."""
    environment = {**original.environment, "NAFIDA_DATA": str(tmp_path / "var")}
    with closing_database(environment):
        yield Installation(tmp_path / "var", free_port(), tmp_path / "log", environment)


def test_a_restored_installation_equals_its_original_row_by_row(original: Installation, restored: Installation) -> None:
    before, after = rows(original), rows(restored)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert len(before["people_trace"]) >= 30


def test_files_and_the_secret_key_come_back(original: Installation, restored: Installation) -> None:
    assert (restored.folder / "files" / NAME[:2] / NAME).read_bytes() == PICTURE
    key = restored.folder / "secret_key"
    assert key.read_text() == (original.folder / "secret_key").read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_after_a_restore_new_rows_get_the_numbers_they_would_have_got(restored: Installation) -> None:
    assert shell(restored, NEXT) == "10"


def test_after_a_restore_history_is_still_refused_any_change(restored: Installation) -> None:
    assert shell(restored, FORGE) == "refused"


def test_a_backup_is_for_its_owner_alone(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_is_never_written_over_another(original: Installation, backup: Path) -> None:
    again = original.run("backup", str(backup))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_a_file_that_is_not_what_its_name_says_is_reported(original: Installation, tmp_path: Path) -> None:
    wrong = original.folder / "files" / ("0" * 64)
    wrong.write_bytes(b"something else")
    made = original.run("backup", str(tmp_path / "nafida.tar"))
    wrong.unlink()
    assert made.returncode == 1
    assert "0" * 64 in made.stderr
    assert (tmp_path / "nafida.tar").exists()


def test_a_folder_that_is_not_empty_is_left_alone(original: Installation, backup: Path) -> None:
    refused = original.run("restore", str(backup))
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr


def test_force_replaces_what_is_there_and_keeps_the_files(backup: Path, restored: Installation) -> None:
    (restored.folder / "own").write_text("mine")
    again = restored.run("restore", str(backup), "--force")
    assert (again.returncode, again.stderr) == (0, "")
    assert [path.read_text() for path in restored.folder.glob("backups/before-restore-*/own")] == ["mine"]
    assert not (restored.folder / "own").exists()


def test_a_damaged_backup_touches_nothing(backup: Path, other: Installation, tmp_path: Path) -> None:
    with tarfile.open(backup) as tar:
        place = tar.getmember(f"folder/files/{NAME[:2]}/{NAME}").offset_data
    damaged = bytearray(backup.read_bytes())
    damaged[place] ^= 1
    (tmp_path / "damaged.tar").write_bytes(damaged)
    refused = other.run("restore", str(tmp_path / "damaged.tar"))
    assert refused.returncode == 1
    assert "is not what was backed up" in refused.stderr
    assert [path.name for path in other.folder.iterdir()] == [".lock"]


def test_something_else_is_not_a_backup(other: Installation, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar", "w"):
        pass
    refused = other.run("restore", str(tmp_path / "other.tar"))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


def copies(installation: Installation) -> list[str]:
    return sorted(path.name for path in installation.folder.glob("backups/before-migrate-*"))


def test_nothing_is_copied_when_no_migration_is_pending(restored: Installation) -> None:
    assert restored.run("manage", "prepare").returncode == 0
    assert copies(restored) == []


def test_the_database_is_copied_before_it_is_migrated_and_five_copies_are_kept(restored: Installation) -> None:
    (restored.folder / "backups").mkdir(exist_ok=True)
    old = [f"before-migrate-2020010{day}T000000Z.tar" for day in range(1, 6)]
    for name in old:
        (restored.folder / "backups" / name).touch()
    assert restored.run("manage", "migrate", "sessions", "zero").returncode == 0
    prepared = restored.run("manage", "prepare")
    assert prepared.returncode == 0, prepared.stderr
    assert "was copied to" in prepared.stderr
    kept = copies(restored)
    assert kept[:4] == old[1:]
    assert len(kept) == 5
