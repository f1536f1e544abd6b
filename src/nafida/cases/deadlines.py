"""The clocks of a case: when they run out, when they stand still, when they warn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from nafida.cases.models import Case, Deadline, DeadlineName, Pause
from nafida.territory.calendars import Calendar, calendar, end_of_day_utc, local_day
from nafida.territory.models import Body

ALARMS = (50, 80, 100)  # per cent of the time, see DESIGN: warn, warn, escalate


def due_at(
    days: Calendar, starts_at: datetime, working_days: int, pauses: Iterable[tuple[datetime, datetime]] = ()
) -> datetime:
    """The last instant (UTC) of the working day on which the limit runs out.

    The day of the start does not count. A working day that lies whole inside a pause does not count either;
    a question asked and answered on one day therefore wins nothing. Pure: same input, same answer.
    """
    paused = [(local_day(start), local_day(end)) for start, end in pauses]
    day, counted = local_day(starts_at), 0
    while counted < working_days:
        day += timedelta(days=1)
        if days.is_working(day) and not any(start < day < end for start, end in paused):
            counted += 1
    return end_of_day_utc(day)


def alarm_at(starts_at: datetime, due: datetime, level: int) -> datetime:
    """When `level` per cent of the time between start and end have passed."""
    return starts_at + (due - starts_at) * level / 100


def next_alarm(deadline: Deadline) -> datetime | None:
    """When this clock warns next; None when it stands still, has ended, or has told everything."""
    if deadline.met_at or deadline.left_at or deadline.stopped_at:
        return None
    for level in ALARMS:
        if level > deadline.told_level:
            return alarm_at(deadline.starts_at, deadline.due_at, level)
    return None


def start_clocks(case: Case, *, at: datetime, first_sent: datetime, days: int, basis: str) -> None:
    """Both clocks of a new case: the citizen's from the first sending, the body's from now. One statement."""
    clocks = [
        new_clock(case, DeadlineName.CITIZEN, None, first_sent, days, basis),
        new_clock(case, DeadlineName.BODY, case.body, at, days, basis),
    ]
    Deadline.objects.bulk_create(clocks)


def new_clock(
    case: Case, name: DeadlineName, body: Body | None, starts_at: datetime, days: int, basis: str
) -> Deadline:
    """An unsaved clock with its due date and first alarm."""
    clock = Deadline(case=case, name=name, body=body, starts_at=starts_at, working_days=days, basis=basis)
    clock.due_at = due_at(calendar(), starts_at, days)
    clock.next_alarm_at = next_alarm(clock)
    return clock


def hand_over(case: Case, *, to: Body, at: datetime) -> None:
    """End the clock of the body that had the case and start its successor's; the citizen's goes on."""
    old = case.deadlines.unmet().filter(name=DeadlineName.BODY)
    days = case.service.working_days
    old.update(left_at=at, next_alarm_at=None)
    clock = new_clock(case, DeadlineName.BODY, to, at, days, case.service.limit_source)
    clock.save()


def meet(case: Case, *, at: datetime) -> None:
    """The body has answered: its clock and the citizen's stop for good unless the case is reopened."""
    resume(case, at=at)
    case.deadlines.unmet().update(met_at=at, next_alarm_at=None)


def unmeet(case: Case) -> None:
    """Reopened: the same clocks run on from their first start, as if nobody had answered."""
    case.deadlines.filter(left_at=None).update(met_at=None)
    recompute(case)


def pause(case: Case, *, at: datetime) -> None:
    """Stand still while the citizen is asked. A clock that has run out already stays late."""
    if case.pauses.filter(to_at=None).exists():
        return
    Pause.objects.create(case=case, from_at=at)
    case.deadlines.running().filter(due_at__gt=at).update(stopped_at=at, next_alarm_at=None)


def resume(case: Case, *, at: datetime) -> None:
    """Run on; what stood still is given back in whole working days."""
    if case.pauses.filter(to_at=None).update(to_at=at):
        case.deadlines.update(stopped_at=None)
        recompute(case)


def recompute(case: Case) -> list[tuple[Deadline, datetime]]:
    """Compute the running clocks anew; returns those that moved with the due date they had."""
    days = calendar()
    pauses = [(pause.from_at, pause.to_at) for pause in case.pauses.all() if pause.to_at]
    moved = []
    for clock in case.deadlines.running():
        # A pause counts for a clock only if it had not run out when the question was put.
        counted: list[tuple[datetime, datetime]] = []
        for start, end in sorted(pauses):
            if start >= clock.starts_at and start < due_at(days, clock.starts_at, clock.working_days, counted):
                counted.append((start, end))
        before = clock.due_at
        clock.due_at = due_at(days, clock.starts_at, clock.working_days, counted)
        clock.next_alarm_at = next_alarm(clock)
        clock.save(update_fields=["due_at", "next_alarm_at", "starts_at", "working_days"])
        if clock.due_at != before:
            moved.append((clock, before))
    return moved


def paused_days(case: Case, at: datetime) -> int:
    """How many whole days the clocks have stood still in all, an open question included."""
    return sum(((pause.to_at or at) - pause.from_at).days for pause in case.pauses.all())
