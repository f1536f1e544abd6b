import pytest
from django_tasks_db.models import DBTaskResult, get_date_max

from nafida.launch.handback import hand_back_tasks

pytestmark = pytest.mark.django_db


def task(*worker_ids: str, status: str = "RUNNING") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        worker_ids=list(worker_ids),
        task_path="nowhere.at.all",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
    )


def status(row: DBTaskResult) -> str:
    row.refresh_from_db()
    return row.status


def test_what_an_ended_worker_left_running_is_ready_again() -> None:
    row = task("a")
    assert hand_back_tasks("a") == (1, 0)
    assert status(row) == "READY"


def test_tasks_of_living_workers_are_left_alone() -> None:
    row = task("b")
    assert hand_back_tasks("a") == (0, 0)
    assert status(row) == "RUNNING"


def test_a_task_belongs_to_the_worker_that_claimed_it_last() -> None:
    row = task("a", "b")
    hand_back_tasks("a")
    assert status(row) == "RUNNING"


def test_at_the_start_no_worker_lives_and_all_is_handed_back() -> None:
    rows = [task("a"), task("b")]
    assert hand_back_tasks() == (2, 0)
    assert {status(row) for row in rows} == {"READY"}


def test_a_task_that_ended_five_workers_is_set_aside_with_a_reason() -> None:
    row = task("a", "b", "c", "d", "e")
    assert hand_back_tasks("e") == (0, 1)
    assert status(row) == "FAILED"
    assert row.finished_at is not None
    assert "5 times" in row.traceback


@pytest.mark.parametrize("state", ["READY", "SUCCESSFUL", "FAILED"])
def test_a_task_that_does_not_run_keeps_its_state(state: str) -> None:
    row = task("a", status=state)
    hand_back_tasks("a")
    assert status(row) == state
