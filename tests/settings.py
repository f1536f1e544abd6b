"""Settings of a test run: the house's own over a fresh data folder, on the database NAFIDA_TEST_DB.

That is sqlite (default) or postgresql.
What a test starts as a process of its own finds the same folder and the same database in the environment.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

_OURS = "NAFIDA_TEST_FOLDER"
_kind = os.environ.get("NAFIDA_TEST_DB", "sqlite")
if _kind not in ("sqlite", "postgresql"):
    raise SystemExit(f"NAFIDA_TEST_DB must be sqlite or postgresql, not {_kind!r}")


def _remove(folder: str, pid: int) -> None:
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


def _stop(stop: Callable[[Popen[str]], None], keeper: Popen[str], pid: int) -> None:
    if os.getpid() == pid:
        stop(keeper)


if _OURS not in os.environ:
    _folder = tempfile.mkdtemp(prefix="nafida-test-")
    atexit.register(_remove, _folder, os.getpid())
    for _name in [name for name in os.environ if name.startswith("NAFIDA_") and name != "NAFIDA_TEST_DB"]:
        del os.environ[_name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {_OURS: _folder, "NAFIDA_DATA": _folder, "NAFIDA_SECRET_KEY": "of this test run only"}
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")
    if _kind == "postgresql":
        from tests import postgres

        _keeper, os.environ["DATABASE_URL"] = postgres.start()
        atexit.register(_stop, postgres.stop, _keeper, os.getpid())

from nafida.settings import *  # noqa: E402, F403
from nafida.settings import DATABASES, STORAGES  # noqa: E402

# Tests write the very database that the settings name, so that a process started by a test finds it.
# The cache's own file has no table of an app, so it needs no migrations.
for _alias, _database in DATABASES.items():
    _database["TEST"] = {"NAME": str(_database["NAME"]), "MIGRATE": _alias == "default"}
    if _database["ENGINE"] == "nafida.sqlite":
        _careful = _database["OPTIONS"]["init_command"]
        _careless = _careful.replace("synchronous=FULL", "synchronous=OFF")
        _database["OPTIONS"] = {**_database["OPTIONS"], "init_command": _careless}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
