import datetime as dt

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from nafida.territory.actions import drop_override, override_day, set_week
from nafida.territory.calendars import (
    Calendar,
    calendar,
    end_of_day_utc,
    forget_calendar,
    local_day,
    start_of_day_utc,
)
from nafida.territory.models import Area, DayOverride, Territory, draw_stamp
from nafida.territory.public_holidays import holidays_of

WEEK = frozenset(range(5))
FRIDAY, SATURDAY, MONDAY = dt.date(2026, 11, 20), dt.date(2026, 11, 21), dt.date(2026, 11, 23)
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))


def test_a_weekend_and_a_holiday_do_not_count() -> None:
    week = Calendar(WEEK, {MONDAY}, {})
    assert not week.is_working(SATURDAY)
    assert not week.is_working(MONDAY)
    assert week.add_working_days(FRIDAY, 1) == dt.date(2026, 11, 24)


def test_an_override_wins_over_the_week_and_over_a_holiday() -> None:
    decided = {SATURDAY: True, MONDAY: True, FRIDAY: False}
    week = Calendar(WEEK, {MONDAY}, decided)
    assert [week.is_working(day) for day in (FRIDAY, SATURDAY, MONDAY)] == [False, True, True]


def test_the_first_day_is_not_counted() -> None:
    assert Calendar(WEEK, (), {}).add_working_days(MONDAY, 5) == dt.date(2026, 11, 30)


def test_no_days_after_a_holiday_is_the_next_working_day() -> None:
    week = Calendar(WEEK, (), {})
    assert week.add_working_days(SATURDAY, 0) == MONDAY
    assert week.add_working_days(MONDAY, 0) == MONDAY


@given(days, st.integers(1, 90))
def test_counting_back_gives_the_days_that_were_added(start: dt.date, count: int) -> None:
    week = Calendar(WEEK, holidays_of(settings.PACK), {})
    due = week.add_working_days(start, count)
    assert week.is_working(due)
    assert week.working_days_between(start, due) == count
    assert week.working_days_between(due, start) == -count


def test_a_week_without_work_is_refused() -> None:
    with pytest.raises(ValueError, match="without a working day"):
        Calendar((), (), {})


def test_another_week_holds_from_its_first_day_on() -> None:
    week = Calendar(WEEK, (), {}, {SATURDAY: {5, 6}, MONDAY: {0}})
    working = [week.is_working(FRIDAY + dt.timedelta(days=number)) for number in range(5)]
    assert working == [True, True, True, True, False]


def test_a_later_week_without_work_is_refused_too() -> None:
    with pytest.raises(ValueError, match="without a working day"):
        Calendar(WEEK, (), {}, {MONDAY: ()})


@pytest.mark.parametrize("weekdays", ["", "10", "00", "7", "0 1", "x"])
def test_weekdays_are_digits_in_order(province: Area, weekdays: str) -> None:
    with pytest.raises(ValidationError):
        set_week(MONDAY, weekdays=weekdays, source="x", by=None)


def test_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        Calendar(WEEK, (), {}).add_working_days(MONDAY, -1)


def test_the_installation_knows_the_holidays_of_its_country(province: Area) -> None:
    assert not calendar().is_working(dt.date(2026, 11, 18))
    assert not calendar().is_working(dt.date(2027, 1, 14))
    assert calendar().is_working(dt.date(2026, 11, 19))
    assert calendar().add_working_days(dt.date(2026, 11, 13), 3) == dt.date(2026, 11, 19)


def test_an_announced_feast_moves_the_holiday(province: Area) -> None:
    estimated, real = dt.date(2025, 6, 6), dt.date(2025, 6, 9)
    assert not calendar().is_working(estimated)
    override_day(estimated, is_working=True, names={}, source="Announcement of 27 May 2025", by=None)
    override_day(real, is_working=False, names={"fr": "Aïd Al-Adha"}, source="Announcement of 27 May 2025", by=None)
    assert calendar().is_working(estimated)
    assert not calendar().is_working(real)
    assert DayOverride.objects.get(day=real).name_fr == "Aïd Al-Adha"


def test_an_override_may_be_changed_and_dropped(province: Area) -> None:
    for is_working in (True, False):
        override_day(SATURDAY, is_working=is_working, names={}, source="Circular 1", by=None)
        assert calendar().is_working(SATURDAY) is is_working
    override_day(SATURDAY, is_working=True, names={}, source="Circular 2", by=None)
    drop_override(SATURDAY, by=None)
    assert not calendar().is_working(SATURDAY)


def test_an_override_made_by_another_process_is_noticed(province: Area) -> None:
    assert not calendar().is_working(SATURDAY)
    DayOverride.objects.create(day=SATURDAY, is_working=True, source="Circular 3")
    Territory.objects.update(days=draw_stamp())
    forget_calendar()
    assert calendar().is_working(SATURDAY)


@pytest.mark.parametrize(
    ("day", "french", "arabic"),
    [
        (dt.date(2026, 3, 20), "Aïd Al-Fitr (estimé)", "عيد الفطر (تقديري)"),
        (dt.date(2026, 5, 27), "Aïd Al-Adha (estimé)", "عيد الأضحى (تقديري)"),
        (dt.date(2026, 6, 16), "1er Moharram (estimé)", "فاتح محرم (تقديري)"),
        (dt.date(2026, 8, 25), "Aïd Al Mawlid (estimé)", "عيد المولد النبوي (تقديري)"),
        (dt.date(2026, 11, 6), "Marche verte", "ذكرى المسيرة الخضراء"),
    ],
)
def test_holidays_carry_the_names_used_in_the_country(day: dt.date, french: str, arabic: str) -> None:
    names = holidays_of(settings.PACK).names(day)
    assert (names["fr"], names["ar"]) == (french, arabic)


def test_two_feasts_on_one_day_are_both_named() -> None:
    years = [holidays_of(settings.PACK).in_year(year) for year in range(2024, 2032)]
    both = [names for year in years for names in year.values() if ";" in names["fr"]]
    assert both
    assert all("Aïd" in names["fr"] or "Moharram" in names["fr"] for names in both)


def test_a_working_day_has_no_name() -> None:
    assert holidays_of(settings.PACK).names(MONDAY) == {}


def test_a_deadline_ends_with_the_day_of_the_province() -> None:
    assert end_of_day_utc(dt.date(2027, 7, 1)) == dt.datetime(2027, 7, 1, 23, 59, 59, tzinfo=dt.UTC)
    assert end_of_day_utc(dt.date(2026, 7, 1)) == dt.datetime(2026, 7, 1, 22, 59, 59, tzinfo=dt.UTC)
    assert start_of_day_utc(dt.date(2026, 7, 1)) == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)


def test_an_instant_belongs_to_the_day_it_is_in_the_province() -> None:
    assert local_day(dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)
    assert local_day(dt.datetime(2027, 6, 30, 23, 30, tzinfo=dt.UTC)) == dt.date(2027, 6, 30)
