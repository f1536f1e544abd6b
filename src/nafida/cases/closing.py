"""Cases that were answered and that nobody reopened are closed by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from nafida.cases.actions import close_case
from nafida.cases.actor import CLOCK
from nafida.cases.life import NotAllowed, State
from nafida.cases.models import Case

REOPENING_TIME = timedelta(days=30)
BATCH = 500


def close_answered(now: datetime) -> int:
    """Close cases answered thirty days ago, a transaction each; returns how many."""
    ripe = Case.objects.filter(state=State.ANSWERED, answered_at__lte=now - REOPENING_TIME)
    closed = 0
    for case in ripe.order_by("answered_at")[:BATCH]:
        try:
            close_case(case, by=CLOCK)
            closed += 1
        except NotAllowed:
            continue  # reopened since the list was read
    return closed
