"""The queue of tasks in the database, named by settings.TASKS."""

from typing import Any

from django.tasks import Task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from nafida.cases.rows import insert


class Queue(DatabaseBackend):
    """django-tasks-db's queue; its row is written fast, because people wait for the transaction it stands in.

    No signal is sent: only a line for debugging would hear it.
    """

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        row: DBTaskResult[..., Any] = DBTaskResult(
            id=self._get_id(),
            args_kwargs=normalize_json({"args": args, "kwargs": kwargs}),
            priority=task.priority,
            task_path=task.module_path,
            queue_name=task.queue_name,
            run_after=task.run_after or get_date_max(),
            backend_name=self.alias,
        )
        insert(row)
        return row.task_result
