"""`manage hand_back_tasks [--worker-id ID]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nafida.launch.handback import hand_back_tasks


class Command(BaseCommand):
    help = "Give the unfinished tasks of a worker that has ended, or of all, back to the queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--worker-id", help="the worker that has ended")

    def handle(self, *args: Any, worker_id: str | None, **options: Any) -> None:
        ready, failed = hand_back_tasks(worker_id)
        if ready or failed:
            self.stderr.write(f"nafida: {ready} unfinished tasks go back to the queue, {failed} are set aside.")
