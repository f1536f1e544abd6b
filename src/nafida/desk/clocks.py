"""The clocks of a case in words: day so-and-so of so many, when they end, when they stood still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nafida.cases.deadlines import paused_days
from nafida.cases.models import Case, Deadline
from nafida.territory.calendars import calendar, local_day
from nafida.ui.moments import day_in_words


@dataclass(frozen=True)
class Clock:
    """One clock as the page shows it; `used` of `days` working days have passed, never more than all."""

    title: str
    sentence: str
    used: int
    days: int
    late: bool
    runs: bool
    warn: float

    @property
    def end(self) -> float:
        """From where on the bar is red: short of full once the limit has passed."""
        return self.days - 0.5 if self.late else self.days


def clocks_of(case: Case, now: datetime) -> list[Clock]:
    """The citizen's clock first, then that of each body in the order in which they had the case."""
    rows = case.deadlines.select_related("body").order_by("-name", "pk")
    return [_clock(row, now) for row in rows]


def pauses_in_words(case: Case, now: datetime) -> list[str]:
    """Each stretch in which the clocks stood still, and how long they did in all."""
    lines = []
    for pause in case.pauses.order_by("from_at"):
        start = day_in_words(pause.from_at)
        if pause.to_at is None:
            lines.append(_("Standing still since %(start)s: the citizen has been asked.") % {"start": start})
        else:
            end = day_in_words(pause.to_at)
            lines.append(_("Stood still from %(start)s to %(end)s.") % {"start": start, "end": end})
    days = paused_days(case, now)
    if days:
        lines.append(ngettext("%(count)d day in all.", "%(count)d days in all.", days) % {"count": days})
    return lines


def _clock(row: Deadline, now: datetime) -> Clock:
    ended = row.met_at or row.left_at
    until = ended or row.stopped_at or now
    left = calendar().working_days_between(local_day(until), local_day(row.due_at))
    late = until > row.due_at and row.left_at is None
    used = max(0, min(row.working_days, row.working_days - left))
    title = _("Since the citizen sent it") if row.body is None else row.body.name
    days = row.working_days
    return Clock(title, _sentence(row, used, late), used, days, late, ended is None, warn=days * 0.8)


def _sentence(row: Deadline, used: int, late: bool) -> str:
    due = day_in_words(row.due_at)
    if row.left_at:
        return _("Passed on to another administration on %(day)s.") % {"day": day_in_words(row.left_at)}
    if row.met_at:
        words = {"day": day_in_words(row.met_at), "due": due}
        if late:
            return _("Answered on %(day)s, after the time limit (%(due)s).") % words
        return _("Answered on %(day)s, within the time limit (%(due)s).") % words
    if late:
        return _("Time limit exceeded: it ended on %(due)s.") % {"due": due}
    words = {"used": str(used), "days": str(row.working_days), "due": due}
    if row.stopped_at:
        return _("Day %(used)s of %(days)s (working days). It stands still until the citizen answers.") % words
    return _("Day %(used)s of %(days)s (working days). It ends on %(due)s.") % words
