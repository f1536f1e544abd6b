"""What a worker does for the post office."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.tasks import TaskContext, task

from .carriers import FolderCarrier
from .delivery import try_letter


@task(queue_name="default", priority=50, takes_context=True)
def deliver(context: TaskContext, letter_id: int, attempt: int) -> None:
    """Try number ``attempt`` at a letter. Running it again, or twice, sends nothing twice."""
    try_letter(letter_id, attempt, task_id=context.task_result.id)


@task(queue_name="slow")
def forget_file(message_id: str) -> None:
    """Remove the .eml file of an erased letter."""
    FolderCarrier(Path(settings.MAIL_FOLDER)).forget(message_id)
