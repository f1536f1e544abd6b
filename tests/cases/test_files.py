"""The store of files: nothing half written, nothing outside its folder, the same bytes once."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from nafida.cases import files

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.txt"


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    with override_settings(FILES=tmp_path / "files"):
        yield tmp_path / "files"


def make_old(name: str, age: timedelta) -> None:
    then = time.time() - age.total_seconds()
    os.utime(files.path_of(name), (then, then))


def test_a_file_is_named_by_the_sha256_of_its_bytes_and_comes_back_whole(store: Path) -> None:
    assert files.keep(b"hello", ".txt") == HELLO
    assert files.path_of(HELLO) == store / "2c" / "f2" / HELLO
    with files.open_kept(HELLO) as kept:
        assert kept.read() == b"hello"


def test_the_same_bytes_are_kept_once() -> None:
    first = files.keep(b"hello", ".txt")
    written = files.path_of(first).stat().st_ino
    assert files.keep(b"hello", ".txt") == first
    assert files.path_of(first).stat().st_ino == written
    assert [name for name, _ in files.all_kept()] == [first]


def test_keeping_again_makes_a_file_young_for_the_sweeper() -> None:
    name = files.keep(b"hello", ".txt")
    make_old(name, timedelta(days=3))
    assert dict(files.all_kept())[name] >= timedelta(days=3)
    files.keep(b"hello", ".txt")
    assert dict(files.all_kept())[name] < timedelta(minutes=1)
    assert not files.remove(name, unused_for=timedelta(days=1))
    assert files.path_of(name).exists()


def test_the_sweeper_removes_an_old_file_and_removing_twice_is_no_error() -> None:
    name = files.keep(b"hello", ".txt")
    make_old(name, timedelta(days=3))
    assert files.remove(name, unused_for=timedelta(days=1))
    assert not files.remove(name)
    with pytest.raises(FileNotFoundError):
        files.open_kept(name)


@pytest.mark.parametrize(
    "name",
    ["", "x", HELLO[:-4], HELLO.upper(), HELLO + "\n", "../" + HELLO, "/etc/passwd", HELLO + "/..", HELLO + ".gz"],
)
def test_what_is_no_name_opens_and_removes_nothing(name: str) -> None:
    for use in (files.path_of, files.open_kept, files.remove):
        with pytest.raises(ValueError, match="not the name"):
            use(name)


@pytest.mark.parametrize("suffix", ["", "jpg", "/../x", ".j/g", ".JPG", "."])
def test_a_bad_suffix_writes_nothing(store: Path, suffix: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        files.keep(b"hello", suffix)
    assert not store.exists()


def test_a_write_that_fails_leaves_nothing_behind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        files.keep(b"hello", ".txt")
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_what_a_dead_writer_left_is_not_listed_and_goes_when_it_is_old(store: Path) -> None:
    files.keep(b"hello", ".txt")
    left = store / "unfinished" / "tmp123"
    left.write_bytes(b"hel")
    assert [name for name, _ in files.all_kept()] == [HELLO]
    assert files.remove_unfinished(older_than=timedelta(hours=1)) == 0
    assert files.remove_unfinished(older_than=timedelta(0)) == 1
    assert not left.exists()


def test_an_empty_store_has_no_files() -> None:
    assert list(files.all_kept()) == []
    assert files.remove_unfinished(older_than=timedelta(0)) == 0
