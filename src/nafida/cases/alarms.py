"""The clock's alarms: at 50 and 80 per cent of the time, and when it has run out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.tasks import task

from nafida.cases import deadlines
from nafida.cases.actions.holding import hold
from nafida.cases.actor import CLOCK
from nafida.cases.batches import BATCH, one_by_one
from nafida.cases.journal import Happened, record, stamp
from nafida.cases.models import Case, Deadline
from nafida.territory.calendars import forget_calendar


def sound_alarms(now: datetime) -> int:
    """Record each alarm that is due, once, however many clocks run; returns how many. A transaction each."""
    due = Deadline.objects.running().filter(next_alarm_at__lte=now).order_by("next_alarm_at")
    return one_by_one(due.values_list("pk", flat=True)[:BATCH], lambda key: _sound(key, now))


@transaction.atomic
def _sound(deadline_id: int, now: datetime) -> bool:
    clock = Deadline.objects.select_related("case").get(pk=deadline_id)
    case = hold(clock.case)
    clock.refresh_from_db()
    if clock.next_alarm_at is None or clock.next_alarm_at > now:
        return False
    # After a night without a clock the last level reached is told, not each that was missed.
    levels = deadlines.ALARMS[clock.name]
    passed = [level for level in levels if deadlines.alarm_at(clock.starts_at, clock.due_at, level) <= now]
    clock.told_level = passed[-1]
    clock.next_alarm_at = deadlines.next_alarm(clock)
    clock.save(update_fields=["told_level", "next_alarm_at"])
    facts: dict[str, Any] = {"deadline": clock.pk, "level": clock.told_level, "body": clock.body_id}
    record(case, Happened.ALARMED, by=CLOCK, at=now, **facts)
    return True


@task(queue_name="slow")
def recompute_deadlines(after: int = 0) -> None:
    """A holiday has changed: compute the clocks of open cases anew, 500 cases a task, in the order of their keys."""
    forget_calendar()
    cases = list(Case.objects.open().filter(pk__gt=after).order_by("pk")[:BATCH])
    for case in cases:
        recompute_case(case)
    if len(cases) == BATCH:
        recompute_deadlines.enqueue(after=cases[-1].pk)


@transaction.atomic
def recompute_case(case: Case) -> None:
    """Compute the clocks of one case anew and record each that moved."""
    case = hold(case)
    for clock, before in deadlines.recompute(case):
        facts: dict[str, Any] = {"deadline": clock.pk, "due_from": stamp(before), "due_to": stamp(clock.due_at)}
        record(case, Happened.RECOMPUTED, by=CLOCK, **facts)
