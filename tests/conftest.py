"""What every test may ask for, and what holds for all of them."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from nafida import settings as house_settings
from nafida.cases.journal import seal, unseal
from nafida.cases.standing import forget_standing
from nafida.reports.mass import forget_mass
from nafida.territory.calendars import forget_calendar
from nafida.territory.ground import forget_ground
from nafida.territory.installed import forget_names
from nafida.territory.landmarks import forget_landmarks
from nafida.territory.locate import forget_places
from tests.factories import plant_province

ENDLESS = 10_000
"""Tasks after which a queue counts as one that never empties."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may touch the database may touch the cache's too."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and {"db", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ())):
            continue
        facts = {"databases": "__all__", **(marker.kwargs if marker else {})}
        item.add_marker(pytest.mark.django_db(*(marker.args if marker else ()), **facts), append=False)


@pytest.fixture(scope="session", autouse=True)
def our_outbox(django_test_environment: None) -> None:
    """Letters go through our own outbox: Django's test environment has put its own list in its place."""
    django_settings.MAILERS = house_settings.MAILERS


@pytest.fixture(scope="session", autouse=True)
def lifted_refusals() -> Iterator[None]:
    """A test with real transactions empties all tables at its end: lift the refusals just for that.

    The cache's table is no model's, so that emptying leaves it alone: it is cleared here.
    """
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lifted_flush(case: TransactionTestCase) -> None:
        unseal(connections["default"])
        try:
            flush(case)
            caches["default"].clear()
        finally:
            seal(connections["default"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_flush)
        yield


@pytest.fixture(autouse=True)
def own_language() -> None:
    """No test speaks the language that another left active."""
    translation.deactivate()


class Queue:
    """The task queue, run in this process by the worker's own code."""

    def __init__(self) -> None:
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
            excluded_queue_names=[],
        )

    def claim(self) -> DBTaskResult | None:
        """The task that a worker would take next, taken."""
        with exclusive_transaction():
            task = DBTaskResult.objects.ready().get_locked()
            if task is not None:
                task.claim(self.worker.worker_id)
        return task

    def drain(self, *, allow_failures: bool = False) -> list[str]:
        """Run what is ready, and what that enqueues, until nothing is; the paths of the tasks in order.

        Raises AssertionError with the traceback of the first task that fails.
        """
        done: list[str] = []
        while (task := self.claim()) is not None:
            self.worker.run_task(task)
            done.append(task.task_path)
            assert allow_failures or task.status != "FAILED", f"{task.task_path} failed:\n{task.traceback}"
            assert len(done) < ENDLESS, f"the queue does not empty; the last task was {task.task_path}"
        return done


@pytest.fixture
def work(db: None) -> Callable[..., list[str]]:
    """`work()` does what the workers would do; with `allow_failures=True` a failed task does not stop it."""
    return Queue().drain


def forget_territory() -> None:
    """What this process keeps of the tables is looked at anew: the tables are another test's."""
    of_the_territory = (forget_places, forget_calendar, forget_names, forget_landmarks, forget_ground)
    for forget in (*of_the_territory, forget_mass, forget_standing):
        forget()


@pytest.fixture
def berkane(db: None) -> Iterator[None]:
    """The real Province of Berkane with its bodies and services."""
    plant_province()
    forget_territory()
    yield
    forget_territory()
