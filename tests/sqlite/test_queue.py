"""The fair queue of writers."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError

from nafida.sqlite.base import DatabaseWrapper
from nafida.sqlite.queue import Queue
from tests.sqlite.conftest import Connect
from tests.sqlite.writer import add


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def is_free(path: Path) -> bool:
    """Whether a newcomer gets the turn at once."""
    place = Queue(path, timeout=0)
    try:
        place.enter()
    except TimeoutError:
        return False
    finally:
        place.close()
    return True


def wait_in_line(path: Path, name: str, order: list[str]) -> threading.Thread:
    """A thread that writes its name into `order` when its turn comes; returns once it stands in line."""
    place = Queue(path, timeout=20)

    def take_turn() -> None:
        place.enter()
        order.append(name)
        place.close()

    thread = threading.Thread(target=take_turn)
    before = waiting(path)
    thread.start()
    while waiting(path) == before:
        time.sleep(0.001)
    return thread


def waiting(path: Path) -> int:
    """How many stand in line for `.next`, the one who looks included, as the kernel lists its locks."""
    inode = f":{os.stat(f'{path}.next').st_ino} "
    return sum(inode in line for line in Path("/proc/locks").read_text().splitlines())


def test_eight_processes_that_read_then_write_lose_nothing(file: Path, opened: Connect) -> None:
    command = [sys.executable, "-m", "tests.sqlite.writer", str(file)]
    crowd = [subprocess.Popen([*command, str(first), "25"]) for first in range(0, 800, 100)]
    assert [process.wait() for process in crowd] == [0] * 8
    with opened().cursor() as cursor:
        assert cursor.execute("SELECT count(*), count(DISTINCT who) FROM line").fetchone() == (200, 200)


def test_the_turn_goes_in_the_order_of_arrival(file: Path) -> None:
    first = Queue(file, timeout=20)
    first.enter()
    order: list[str] = []
    others = [wait_in_line(file, name, order) for name in "abcde"]
    first.close()
    for thread in others:
        thread.join()
    assert order == list("abcde")


def test_a_transaction_holds_the_turn_until_it_commits(file: Path, opened: Connect) -> None:
    connection = opened()
    begin(connection)
    assert not is_free(file)
    connection.commit()
    assert is_free(file)


def test_the_turn_comes_back_after_a_rollback(file: Path, opened: Connect) -> None:
    connection = opened()
    add(connection, 1)
    begin(connection)
    with pytest.raises(IntegrityError):
        connection.cursor().execute("INSERT INTO line (who) VALUES (1)")
    assert not is_free(file)
    connection.rollback()
    assert is_free(file)


def test_the_turn_comes_back_when_begin_fails(file: Path, opened: Connect) -> None:
    other, connection = opened(fair_queue=False), opened(timeout=0.01)
    begin(other)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(connection)
    assert is_free(file)
    other.rollback()


def test_the_turn_comes_back_when_the_connection_closes_inside_a_transaction(file: Path, opened: Connect) -> None:
    connection = opened()
    begin(connection)
    connection.in_atomic_block = True
    connection.close()
    assert connection.closed_in_transaction
    assert is_free(file)
    with pytest.raises(ProgrammingError):
        connection._commit()
    connection.in_atomic_block = False


def test_a_commit_that_fails_keeps_the_turn_until_its_rollback(file: Path, opened: Connect) -> None:
    connection = opened()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE child (line INTEGER REFERENCES line DEFERRABLE INITIALLY DEFERRED)")
    begin(connection)
    connection.cursor().execute("INSERT INTO child VALUES (404)")
    with pytest.raises(IntegrityError):
        connection.commit()
    assert not is_free(file)
    connection.rollback()
    assert is_free(file)


def test_who_waits_too_long_hears_that_the_database_is_locked(file: Path, opened: Connect) -> None:
    holder, late = opened(), opened(timeout=0.05)
    begin(holder)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(late)
    holder.rollback()
    add(late, 1)
    assert is_free(file)


def test_everybody_in_line_leaves_at_its_own_limit(file: Path) -> None:
    holder, places = Queue(file, timeout=20), [Queue(file, timeout=0.05) for _ in range(4)]
    holder.enter()
    gone: list[bool] = []

    def leave_late(place: Queue) -> None:
        with pytest.raises(TimeoutError):
            place.enter()
        gone.append(place.held)

    threads = [threading.Thread(target=leave_late, args=[place]) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gone == [False] * 4
    holder.close()


def test_a_process_killed_in_a_transaction_gives_its_turn_back(file: Path, opened: Connect) -> None:
    child = os.fork()
    if child == 0:
        try:
            begin(opened())
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    add(opened(), 1)
    assert is_free(file)


def test_a_forked_child_neither_holds_nor_gives_away_its_parents_turn(file: Path) -> None:
    parent = Queue(file, timeout=20)
    parent.enter()
    pipe, end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(end)
            parent.leave()
            os.read(pipe, 1)
        finally:
            os._exit(0)
    assert not is_free(file)
    parent.close()
    assert is_free(file)
    os.close(end)
    os.close(pipe)
    os.waitpid(child, 0)


def test_a_started_program_does_not_inherit_the_turn(file: Path, opened: Connect) -> None:
    connection = opened()
    begin(connection)
    place = connection.queue
    assert place is not None
    assert not any(os.get_inheritable(descriptor) for descriptor in (place._turn, place._next))
    connection.rollback()


def test_the_claim_of_a_task_worker_stands_in_line(file: Path, opened: Connect) -> None:
    worker = opened()
    worker.ensure_connection()
    worker.transaction_mode = "EXCLUSIVE"
    begin(worker)
    assert not is_free(file)
    worker.commit()


def test_a_single_write_stands_in_line_and_a_read_does_not(file: Path, opened: Connect) -> None:
    holder, single = opened(), opened(timeout=0.01)
    begin(holder)
    assert single.cursor().execute("SELECT count(*) FROM line").fetchone() == (0,)
    with pytest.raises(OperationalError, match="database is locked") as refusal:
        single.cursor().execute("INSERT INTO line (who) VALUES (1)")
    assert isinstance(refusal.value.__cause__, TimeoutError)
    holder.rollback()
    single.cursor().execute("INSERT INTO line (who) VALUES (1)")
    assert is_free(file)


def test_a_file_without_queue_has_none(file: Path, opened: Connect) -> None:
    connection = opened(fair_queue=False)
    begin(connection)
    assert connection.queue is None
    assert is_free(file)
    connection.rollback()
