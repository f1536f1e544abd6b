"""Dates and times in the words of the active language, always with Western digits."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY, YEAR = 60, 3600, 86400, 365 * 86400


def local(value: datetime) -> datetime:
    """The aware moment in the zone of the installation."""
    return value.astimezone(timezone.get_default_timezone())


def day_in_words(value: date | datetime) -> str:
    """«20 نونبر 2026», "20 novembre 2026"; the first of a month as the language says it ("1er")."""
    return _with_first_of_month(value, "DATE_FORMAT")


def moment_in_words(value: datetime) -> str:
    """«20 نونبر 2026، 18:04», "20 novembre 2026, 18:04", in local time."""
    return _with_first_of_month(value, "DATETIME_FORMAT")


def distance_in_words(value: datetime, now: datetime | None = None) -> str:
    """How long ago, or how long until: «منذ يومين», "il y a 2 jours", "in 3 hours".

    Whole units, rounded down, in the largest unit that fits; days count 24 hours up to a year.
    """
    ahead = (value - (now or timezone.now())) // timedelta(seconds=1)
    seconds = abs(ahead)
    if seconds < MINUTE:
        return _("just now")
    unit = next(unit for unit in (YEAR, DAY, HOUR, MINUTE) if seconds >= unit)
    return _counted(unit, seconds // unit, ahead > 0, get_language())


@lru_cache(maxsize=4096)
def _counted(unit: int, count: int, ahead: bool, language: str | None) -> str:
    """Lists say the same distances again and again; `language` is the active one."""
    return {MINUTE: _minutes, HOUR: _hours, DAY: _days, YEAR: _years}[unit](count, ahead)


def _with_first_of_month(value: date | datetime, style: str) -> str:
    if isinstance(value, datetime):
        value = local(value).replace(second=0, microsecond=0, tzinfo=None)
    return _written(value, style, get_language())


@lru_cache(maxsize=4096)
def _written(value: date | datetime, style: str, language: str | None) -> str:
    """Lists say the same moments again and again; `value` is local and in whole minutes, `language` the active one."""
    words = date_format(value, style)
    return words.replace("1", pgettext("first day of a month", "1"), 1) if value.day == 1 else words


def _minutes(count: int, ahead: bool) -> str:
    if ahead:
        return ngettext("in %(count)d minute", "in %(count)d minutes", count) % {"count": count}
    return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}


def _hours(count: int, ahead: bool) -> str:
    if ahead:
        return ngettext("in %(count)d hour", "in %(count)d hours", count) % {"count": count}
    return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}


def _days(count: int, ahead: bool) -> str:
    if ahead:
        return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}
    return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}


def _years(count: int, ahead: bool) -> str:
    if ahead:
        return ngettext("in %(count)d year", "in %(count)d years", count) % {"count": count}
    return ngettext("%(count)d year ago", "%(count)d years ago", count) % {"count": count}
