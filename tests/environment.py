"""The environment of a test run: a data folder of its own, and the database that NAFIDA_TEST_DB names.

What a test starts as a process of its own inherits all of it: the same folder, the same database, the house's code.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgres

KIND = "NAFIDA_TEST_DB"
FOLDER = "NAFIDA_TEST_FOLDER"
PREFIX = "nafida-test-"
SOURCE = Path(__file__).resolve().parents[1] / "src"


def prepare() -> None:
    """Set the environment up, unless a test run has done so. SystemExit for an unknown database."""
    kind = os.environ.get(KIND, "sqlite")
    if kind not in ("sqlite", "postgresql"):
        raise SystemExit(f"{KIND} must be sqlite or postgresql, not {kind!r}")
    if FOLDER in os.environ:
        return
    _sweep()
    _forget_the_shell()
    folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
    keeper = None
    os.environ |= {FOLDER: folder, "NAFIDA_DATA": folder, "NAFIDA_SECRET_KEY": "of this test run only"}
    os.environ["PYTHONPATH"] = os.pathsep.join([str(SOURCE), str(SOURCE.parent)])
    if kind == "postgresql":
        keeper, os.environ["DATABASE_URL"] = postgres.start()
    atexit.register(_clear, folder, keeper, os.getpid())


def _forget_the_shell() -> None:
    """Settings of whoever started the run are not those of the tests."""
    for name in [*os.environ]:
        if name == "DATABASE_URL" or (name.startswith("NAFIDA_") and name != KIND):
            del os.environ[name]


def _clear(folder: str, keeper: postgres.Keeper | None, pid: int) -> None:
    """At the end of the run; a forked child ends too, and must leave it alone."""
    if os.getpid() == pid:
        if keeper is not None:
            postgres.stop(keeper)
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
