"""What the settings promise about the SQLite files, asked of the files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from nafida.sqlite.base import file_of
from nafida.sqlite.router import CacheRouter
from tests.sqlite.writer import connect

ASK = """
import django; django.setup()
from django.db import connections
for alias in ("default", "cache"):
    with connections[alias].cursor() as cursor:
        for name in ("journal_mode", "synchronous", "temp_store", "busy_timeout", "foreign_keys"):
            print(alias, name, cursor.execute(f"PRAGMA {name}").fetchone()[0])
    print(alias, "queue", connections[alias].queue is not None, connections[alias].transaction_mode)
"""
FULL, OFF, MEMORY = 2, 0, 2


@pytest.fixture
def answers(tmp_path: Path) -> set[str]:
    """What an installation with default settings says about its two files."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"NAFIDA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "nafida.settings"}
    out = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True).stdout
    return set(out.splitlines())


def test_the_main_file_survives_a_power_cut_and_queues_its_writers(answers: set[str]) -> None:
    assert answers >= {
        "default journal_mode wal",
        f"default synchronous {FULL}",
        f"default temp_store {MEMORY}",
        "default busy_timeout 20000",
        "default foreign_keys 1",
        "default queue True IMMEDIATE",
    }


def test_the_cache_file_is_quick_and_has_no_queue(answers: set[str]) -> None:
    assert answers >= {"cache journal_mode wal", f"cache synchronous {OFF}", "cache queue False IMMEDIATE"}


def test_a_memory_database_has_no_queue() -> None:
    connection = connect(":memory:")
    connection.get_connection_params()
    assert connection.queue is None


def test_an_sqlite_address_names_its_file() -> None:
    assert file_of("file:/data/a.sqlite3?mode=rw") == file_of("/data/a.sqlite3") == Path("/data/a.sqlite3")


def test_no_table_of_an_app_goes_to_the_cache_file() -> None:
    router = CacheRouter()
    assert router.allow_migrate("cache", "cases") is False
    assert router.allow_migrate("default", "cases") is None


def test_the_cache_goes_to_the_database_that_the_settings_name() -> None:
    router = CacheRouter()
    assert router.allow_migrate(settings.CACHE_DATABASE, "django_cache") is True
    assert router.allow_migrate("elsewhere", "django_cache") is False
