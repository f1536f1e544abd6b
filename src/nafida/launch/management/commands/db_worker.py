"""`manage db_worker`: the worker of django-tasks-db, made safe against the signal that ends it.

The original leaves by SystemExit whenever no task is running in its own eyes. Between the claim of a task and
its first line that is wrong, and SystemExit inside a task makes it FAILED. This one only ever stops taking
tasks; whoever cannot wait uses SIGKILL, and the task is handed back.
"""

import logging
import signal
from types import FrameType
from typing import Any

from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands import db_worker as original


class Worker(original.Worker):
    """A worker that ends between two tasks, never within one."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False

    def configure_signals(self) -> None:
        super().configure_signals()
        # SIGQUIT keeps its meaning: it ends the process at once, as SIGKILL does.
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)


class Command(original.Command):
    help = "Work off the tasks of one queue."

    def configure_logging(self, verbosity: int) -> None:
        """Failures only; with --verbosity 2 every task."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            for name in (TASKS_LOGGER, "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.WARNING)

    def handle(self, *, verbosity: int, queue_name: str, exclude_queues: str, reload: bool, **options: Any) -> None:
        self.configure_logging(verbosity)
        wanted = {"interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id"}
        worker = Worker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            **{name: options[name] for name in wanted},
        )
        worker.configure_signals()
        worker.run()
