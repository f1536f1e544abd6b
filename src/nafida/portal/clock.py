"""The citizen's clock as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nafida.cases.deadlines import paused_days
from nafida.cases.life import State
from nafida.cases.models import Case, Deadline
from nafida.cases.readings import Reading
from nafida.territory.calendars import calendar, local_day
from nafida.ui.moments import day_in_words


@dataclass(frozen=True)
class Clock:
    """`used` of `days` working days for a meter, one sentence, and the whole time beside the time waited."""

    used: int
    days: int
    late: bool
    sentence: str
    both_times: str = ""


_CLOCKS = Reading(Deadline, lambda case: Deadline.objects.citizens().filter(case=case))


def citizens_clock(case: Case) -> Deadline | None:
    """The row of the citizen's clock."""
    return _CLOCKS.one(case.pk)


def clock_of(case: Case, row: Deadline | None, now: datetime) -> Clock | None:
    """The citizen's clock at `now`; None for a case that goes on in another one or was withdrawn."""
    if row is None or row.left_at or (case.state == State.CLOSED and case.answered_at is None):
        return None
    until = row.met_at or row.stopped_at or now
    left = calendar().working_days_between(local_day(until), local_day(row.due_at))
    used = max(0, min(row.working_days, row.working_days - left))
    late = until > row.due_at
    return Clock(used, row.working_days, late, _sentence(row, used, late), _both_times(case, row, now))


def _sentence(row: Deadline, used: int, late: bool) -> str:
    due = day_in_words(row.due_at)
    if row.met_at:
        words = {"day": day_in_words(row.met_at), "due": due}
        if late:
            return _("Answered on %(day)s. The time limit was %(due)s.") % words
        return _("Answered on %(day)s, within the time limit (%(due)s).") % words
    if late:
        return _("The time limit ended on %(due)s without an answer. The authority above has been told.") % {"due": due}
    if row.stopped_at:
        since = {"day": day_in_words(row.stopped_at)}
        rest = _("The clock stands still since %(day)s: the reporter has been asked a question.") % since
    else:
        rest = _("An answer is expected by %(due)s at the latest.") % {"due": due}
    return f"{_day_of_days(used, row.working_days)} {rest}" if used else rest


def _day_of_days(used: int, days: int) -> str:
    words = ngettext("Day %(used)d of %(count)d working day.", "Day %(used)d of %(count)d working days.", days)
    return words % {"used": used, "count": days}


def _both_times(case: Case, row: Deadline, now: datetime) -> str:
    """How long it has taken in all, and how much of that was spent waiting for the citizen."""
    waited = paused_days(case, now)
    if not waited and not row.stopped_at:
        return ""
    whole = (local_day(row.met_at or now) - local_day(row.starts_at)).days
    if not whole:
        return ""
    days = ngettext("%(count)d day since the report was sent", "%(count)d days since the report was sent", whole)
    of_these = ngettext(
        "%(count)d of them waiting for the reporter", "%(count)d of them waiting for the reporter", waited
    )
    return f"{days % {'count': whole}}" + _(", ") + f"{of_these % {'count': waited}}."
