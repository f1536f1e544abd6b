"""Tasks whose worker has ended go back to the queue."""

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

MOST_CLAIMS = 5


@transaction.atomic
def hand_back_tasks(worker_id: str | None = None) -> tuple[int, int]:
    """Hand back what the worker left running, or what any worker did; gives (made ready, set aside).

    Only for workers whose process has ended, never by age: a long task is not a lost one. A task that has
    ended `MOST_CLAIMS` workers becomes FAILED, where people see it.
    """
    ready = failed = 0
    for task in _left_running():
        if worker_id is not None and (not task.worker_ids or task.worker_ids[-1] != worker_id):
            continue
        if len(task.worker_ids) < MOST_CLAIMS:
            task.status = TaskResultStatus.READY
            ready += 1
        else:
            task.status = TaskResultStatus.FAILED
            task.finished_at = timezone.now()
            task.exception_class_path = "builtins.ChildProcessError"
            task.traceback = f"Its worker ended while it ran, {len(task.worker_ids)} times.\n"
            failed += 1
        task.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    return ready, failed


def _left_running() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.running().select_for_update()
