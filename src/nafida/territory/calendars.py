"""Which days are working days, and when a day ends. The core knows no database."""

import datetime as dt
import zoneinfo
from bisect import bisect
from collections.abc import Container, Mapping

from django.conf import settings

from nafida.packs.pack import load_pack

from .fresh import Fresh
from .models import DayOverride, WorkingWeek
from .public_holidays import holidays_of

ONE_DAY = dt.timedelta(days=1)
LAST_SECOND = dt.time(23, 59, 59)


type Weekdays = Container[int]


class Calendar:
    """A working week (weekdays, Monday 0), the holidays that interrupt it, and the days decided otherwise.

    `overrides` says of a day whether it is a working day, and wins over both. `weeks` are the weeks that hold
    instead of the first, each from its day on.
    """

    def __init__(
        self,
        weekdays: Weekdays,
        holidays: Container[dt.date],
        overrides: Mapping[dt.date, bool],
        weeks: Mapping[dt.date, Weekdays] | None = None,
    ) -> None:
        weeks = weeks or {}
        self._starts = sorted(weeks)
        self._weeks = [weekdays, *(weeks[start] for start in self._starts)]
        if not all(any(weekday in week for weekday in range(7)) for week in self._weeks):
            raise ValueError("A week without a working day never ends a deadline.")
        self._holidays = holidays
        self._overrides = overrides

    def week_on(self, day: dt.date) -> Weekdays:
        """The weekdays (Monday 0) of the week that holds on `day`."""
        return self._weeks[bisect(self._starts, day)]

    def is_working(self, day: dt.date) -> bool:
        decided = self._overrides.get(day)
        if decided is not None:
            return decided
        return day.weekday() in self.week_on(day) and day not in self._holidays

    def add_working_days(self, start: dt.date, days: int) -> dt.date:
        """The working day on which `days` working days after `start` have come; `start` itself is not counted.

        With 0: `start`, or the next working day if it is none. ValueError if `days` is negative.
        """
        if days < 0:
            raise ValueError(f"Not a number of days to add: {days}.")
        day, left = (start, days) if days else (start - ONE_DAY, 1)
        while left:
            day += ONE_DAY
            left -= self.is_working(day)
        return day

    def working_days_between(self, a: dt.date, b: dt.date) -> int:
        """How many working days come after `a`, up to and including `b`; negative when `b` is the earlier one."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working(a + ONE_DAY * n) for n in range(1, (b - a).days + 1))


def _build_calendar() -> Calendar:
    pack = load_pack(settings.PACK)
    overrides = dict(DayOverride.objects.values_list("day", "is_working"))
    weeks = {week.starts_on: week.days for week in WorkingWeek.objects.all()}
    return Calendar(pack.weekdays, holidays_of(settings.PACK), overrides, weeks)


_calendar = Fresh("days", _build_calendar)


def calendar() -> Calendar:
    """The calendar of the installation."""
    return _calendar.get()


def forget_calendar() -> None:
    """Look at once, in this process, whether weeks or days have changed: what recomputes due dates begins with this."""
    _calendar.forget()


def time_zone() -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def local_day(at: dt.datetime) -> dt.date:
    """The day it is in the province at that instant (aware)."""
    return at.astimezone(time_zone()).date()


def end_of_day_utc(day: dt.date) -> dt.datetime:
    """The last second of that day in the province (23:59:59 there), as an instant in UTC."""
    return dt.datetime.combine(day, LAST_SECOND, time_zone()).astimezone(dt.UTC)


def start_of_day_utc(day: dt.date) -> dt.datetime:
    """The first instant of that day in the province, in UTC."""
    return dt.datetime.combine(day, dt.time.min, time_zone()).astimezone(dt.UTC)
