"""Cases that were answered and that nobody reopened are closed by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from nafida.cases.actions import close_case, hold
from nafida.cases.actor import CLOCK
from nafida.cases.batches import BATCH, one_by_one
from nafida.cases.life import State
from nafida.cases.models import Case

REOPENING_TIME = timedelta(days=30)


def close_answered(now: datetime) -> int:
    """Close cases answered thirty days ago, a transaction each; returns how many."""
    ripe = Case.objects.filter(state=State.ANSWERED, answered_at__lte=now - REOPENING_TIME)
    return one_by_one(ripe.order_by("answered_at").values_list("pk", flat=True)[:BATCH], lambda key: _close(key, now))


@transaction.atomic
def _close(case_id: int, now: datetime) -> bool:
    held = hold(Case(pk=case_id))
    if held.state != State.ANSWERED or held.answered_at is None or held.answered_at > now - REOPENING_TIME:
        return False  # reopened since the list was read
    close_case(held, by=CLOCK)
    return True
