"""The store of files: each under the SHA-256 of its bytes, so that the same file is kept once and never changes.

Write before the transaction that names the file, never inside it; what no row names is swept by its age.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}", re.ASCII)
_UNFINISHED = "unfinished"


def keep(data: bytes, suffix: str) -> str:
    """Store bytes durably and return their name: 64 hexadecimal digits and the suffix (".jpg").

    When this returns, the file survives a power cut. Keeping the same bytes again is cheap and makes them young
    again, so that the sweeper leaves them. Raises ValueError for a bad suffix, OSError when the disk refuses.
    """
    name = name_of(data, suffix)
    path = path_of(name)
    try:
        os.utime(path)
    except FileNotFoundError:
        _write(path, data)
    return name


def name_of(data: bytes, suffix: str) -> str:
    """The name under which these bytes are kept."""
    return hashlib.sha256(data).hexdigest() + suffix


def open_kept(name: str) -> BinaryIO:
    """A kept file, open for reading. Raises ValueError for what is no name, FileNotFoundError when it is gone."""
    return path_of(name).open("rb")


def path_of(name: str) -> Path:
    """Where a file of this name stands, if it is kept. Raises ValueError for what is no name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a kept file: {name!r}")
    return Path(settings.FILES) / name[:2] / name[2:4] / name


def remove(name: str, *, unused_for: timedelta = timedelta(0)) -> bool:
    """Remove a file unless somebody kept it again within `unused_for`; False when it stays or was gone before."""
    path = path_of(name)
    try:
        if _age(path) < unused_for:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def all_kept() -> Iterator[tuple[str, timedelta]]:
    """Every kept file: its name and the time since it was last kept."""
    for path in Path(settings.FILES).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if _NAME.fullmatch(path.name):
            try:
                yield path.name, _age(path)
            except FileNotFoundError:
                continue


def remove_unfinished(*, older_than: timedelta) -> int:
    """Remove what writers that died have left half written; returns how many. For the sweeper."""
    removed = 0
    for path in (Path(settings.FILES) / _UNFINISHED).glob("*"):
        try:
            if _age(path) >= older_than:
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def _write(path: Path, data: bytes) -> None:
    unfinished = Path(settings.FILES) / _UNFINISHED
    unfinished.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=unfinished)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # The names must survive too: the file's in its folder, and new folders in theirs.
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _age(path: Path) -> timedelta:
    return timedelta(seconds=max(0.0, time.time() - path.stat().st_mtime))
