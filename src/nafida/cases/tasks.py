"""What the worker does for cases; thin, and safe to do twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils.module_loading import import_string

from nafida.cases.models import Event


@task(priority=60)
def react(event_id: int) -> None:
    """Enqueue, in one transaction, each task that the reactions' table lists for this event of this kind.

    Done twice it enqueues twice; every effect knows by its own key that it has happened.
    """
    event = Event.objects.select_related("case__service").get(pk=event_id)
    table: dict[tuple[str, str], list[Any]] = import_string(settings.CASE_REACTIONS)
    with transaction.atomic():
        for reaction in table.get((event.case.service.kind, event.what), ()):
            reaction.enqueue(event_id)
