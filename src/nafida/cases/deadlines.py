"""The clocks of a case: when they run out, when they stand still, when they warn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from nafida.cases.models import Case, Deadline, DeadlineName, Pause
from nafida.cases.readings import Reading
from nafida.cases.rows import insert
from nafida.territory.calendars import Calendar, calendar, end_of_day_utc, local_day
from nafida.territory.models import Body

# Per cent of the time: a body is warned, warned again, and at the end the one above hears of it. The citizen's clock
# tells only its end: as long as a case stays where it came in, it says the same as the body's.
ALARMS: dict[str, tuple[int, ...]] = {DeadlineName.BODY: (50, 80, 100), DeadlineName.CITIZEN: (100,)}

_PAUSES = Reading(Pause, lambda case: Pause.objects.filter(case=case))


def due_at(
    days: Calendar, starts_at: datetime, working_days: int, pauses: Iterable[tuple[datetime, datetime]] = ()
) -> datetime:
    """The last instant (UTC) of the working day on which the limit runs out.

    The day of the start does not count. A working day that lies whole inside a pause does not count either;
    a question asked and answered on one day therefore wins nothing. Pure: same input, same answer.
    """
    paused = _days_of(pauses)
    day, counted = local_day(starts_at), 0
    while counted < working_days:
        day += timedelta(days=1)
        counted += _counts(days, day, paused)
    return end_of_day_utc(day)


def _days_of(pauses: Iterable[tuple[datetime, datetime]]) -> list[tuple[date, date]]:
    return [(local_day(start), local_day(end)) for start, end in pauses]


def _counts(days: Calendar, day: date, paused: list[tuple[date, date]]) -> bool:
    return days.is_working(day) and not any(start < day < end for start, end in paused)


def alarm_at(starts_at: datetime, due: datetime, level: int) -> datetime:
    """When `level` per cent of the time between start and end have passed."""
    return starts_at + (due - starts_at) * level / 100


def next_alarm(deadline: Deadline) -> datetime | None:
    """When this clock warns next; None when it stands still, has ended, or has told everything."""
    if deadline.met_at or deadline.left_at or deadline.stopped_at:
        return None
    for level in ALARMS[deadline.name]:
        if level > deadline.told_level:
            return alarm_at(deadline.starts_at, deadline.due_at, level)
    return None


def first_clocks(case: Case, *, first_sent: datetime, body_since: datetime, days: int, basis: str) -> list[Deadline]:
    """Both clocks of a case not yet written: the citizen's from the first sending, the body's since it had it.

    The case learns when the first of them runs out.
    """
    clocks = [
        new_clock(case, DeadlineName.CITIZEN, None, first_sent, days, basis),
        new_clock(case, DeadlineName.BODY, case.body, body_since, days, basis),
    ]
    case.next_due_at = min(clock.due_at for clock in clocks)
    return clocks


def start_clocks(case: Case, clocks: list[Deadline]) -> None:
    """Write the clocks of a case that has just been written itself. One statement."""
    for clock in clocks:
        clock.case = case
    insert(*clocks)


def note_due(case: Case) -> None:
    """Keep with the case when its first running clock runs out: lists of the desk are ordered by it."""
    running = case.deadlines.running().order_by("due_at").values_list("due_at", flat=True)
    case.next_due_at = running.first()
    Case.objects.filter(pk=case.pk).update(next_due_at=case.next_due_at)


def new_clock(
    case: Case, name: DeadlineName, body: Body | None, starts_at: datetime, days: int, basis: str
) -> Deadline:
    """An unsaved clock with its due date and first alarm."""
    clock = Deadline(case=case, name=name, body=body, starts_at=starts_at, working_days=days, basis=basis)
    clock.due_at = due_at(calendar(), starts_at, days)
    clock.next_alarm_at = next_alarm(clock)
    return clock


def hand_over(case: Case, *, to: Body, at: datetime) -> None:
    """End the clock of the body that had the case and start its successor's; the citizen's goes on.

    A body that gets the case back has only those days left that it had not used before.
    """
    case.deadlines.unmet().filter(name=DeadlineName.BODY).update(left_at=at, next_alarm_at=None)
    days = max(case.service.working_days - days_used(case, to), 0)
    new_clock(case, DeadlineName.BODY, to, at, days, case.service.limit_source).save()
    note_due(case)


def days_used(case: Case, body: Body) -> int:
    """How many working days a body has had the case before it handed it on, open questions left out."""
    pauses = [(pause.from_at, pause.to_at) for pause in case.pauses.all() if pause.to_at]
    days, paused, used = calendar(), _days_of(pauses), 0
    for clock in case.deadlines.filter(name=DeadlineName.BODY, body=body).exclude(left_at=None):
        day, last = local_day(clock.starts_at), local_day(clock.left_at or clock.starts_at)
        while day < last:
            day += timedelta(days=1)
            used += _counts(days, day, paused)
    return used


def meet(case: Case, *, at: datetime) -> None:
    """The body has answered: its clock and the citizen's stop for good unless the case is reopened."""
    resume(case, at=at)
    case.deadlines.unmet().update(met_at=at, next_alarm_at=None)
    note_due(case)


def leave(case: Case, *, at: datetime) -> None:
    """The case goes on in another one: its clocks end, neither met nor missed."""
    case.deadlines.unmet().update(left_at=at, next_alarm_at=None)
    note_due(case)


def unmeet(case: Case) -> None:
    """Reopened: the same clocks run on from their first start, as if nobody had answered, and warn anew."""
    case.deadlines.filter(left_at=None).update(met_at=None, told_level=0)
    recompute(case)


def take_over(case: Case, *, gone: Case) -> None:
    """The earlier start and the shorter limit win: on the citizen's clock, and on that of a body that had both."""
    for clock in gone.deadlines.unmet():
        for stays in case.deadlines.unmet().filter(name=clock.name, body=clock.body):
            stays.starts_at = min(stays.starts_at, clock.starts_at)
            stays.working_days = min(stays.working_days, clock.working_days)
            stays.save(update_fields=["starts_at", "working_days"])
    recompute(case)


def pause(case: Case, *, at: datetime) -> None:
    """Stand still while the citizen is asked. A clock that has run out already stays late."""
    if not case.pauses.filter(to_at=None).exists():
        Pause.objects.create(case=case, from_at=at)
        recompute(case)


def resume(case: Case, *, at: datetime) -> None:
    """Run on; what stood still is given back in whole working days."""
    if case.pauses.filter(to_at=None).update(to_at=at):
        recompute(case)


def recompute(case: Case) -> list[tuple[Deadline, datetime]]:
    """Compute the clocks that nobody has met anew; returns those that moved with the due date they had."""
    days, pauses = calendar(), list(case.pauses.order_by("from_at", "pk"))
    moved = []
    for clock in case.deadlines.unmet():
        before = clock.due_at
        clock.due_at, clock.stopped_at = _course(days, clock, pauses)
        clock.next_alarm_at = next_alarm(clock)
        clock.save(update_fields=["due_at", "stopped_at", "next_alarm_at"])
        if clock.due_at != before:
            moved.append((clock, before))
    note_due(case)
    return moved


def _course(days: Calendar, clock: Deadline, pauses: list[Pause]) -> tuple[datetime, datetime | None]:
    """When a clock runs out, and since when it stands still.

    A pause counts for a clock only if it had not run out when the question was put.
    """
    counted: list[tuple[datetime, datetime]] = []
    due = due_at(days, clock.starts_at, clock.working_days)
    for pause in pauses:
        if not clock.starts_at <= pause.from_at < due:
            continue
        if pause.to_at is None:
            return due, pause.from_at
        counted.append((pause.from_at, pause.to_at))
        due = due_at(days, clock.starts_at, clock.working_days, counted)
    return due, None


def paused_days(case: Case, at: datetime) -> int:
    """How many whole days the clocks have stood still in all, an open question included."""
    return sum(((pause.to_at or at) - pause.from_at).days for pause in _PAUSES.of(case.pk))
