"""What conftest.py promises to every test."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.mail import mailers
from django.db import connection
from django.tasks import task

from nafida.mail.backend import OutboxBackend


@task(queue_name="slow", priority=10)
def fail() -> None:
    raise RuntimeError("as it should")


@task(priority=1)
def last() -> str:
    return "done"


@task(priority=50)
def first() -> None:
    last.enqueue()


@pytest.mark.django_db
def test_work_runs_what_the_queue_holds_and_what_that_enqueues(work: Callable[..., list[str]]) -> None:
    first.enqueue()
    last.enqueue()
    assert [path.rpartition(".")[2] for path in work()] == ["first", "last", "last"]
    assert work() == []


@pytest.mark.django_db
def test_work_tells_of_a_task_that_fails(work: Callable[..., list[str]]) -> None:
    fail.enqueue()
    with pytest.raises(AssertionError, match="as it should"):
        work()


@pytest.mark.django_db
def test_work_goes_on_after_a_failed_task_when_told_so(work: Callable[..., list[str]]) -> None:
    fail.enqueue()
    last.enqueue()
    assert len(work(allow_failures=True)) == 2


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    wanted = os.environ.get("NAFIDA_TEST_DB", "sqlite")
    assert connection.vendor == wanted
    if wanted == "sqlite":
        assert Path(connection.settings_dict["NAME"]).parent == settings.DATA
        assert connection.cursor().execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.django_db
@pytest.mark.parametrize("time", [1, 2])
def test_the_cache_is_open_to_tests_and_empty_at_their_start(time: int) -> None:
    assert caches["default"].add("seen", time)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_the_cache_is_empty_after_a_test_with_real_transactions(time: int) -> None:
    assert caches["default"].add("seen", time)


def test_letters_go_through_our_own_outbox() -> None:
    assert isinstance(mailers["default"], OutboxBackend)
