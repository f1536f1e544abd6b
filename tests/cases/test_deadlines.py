from datetime import date

import pytest

from nafida.cases.deadlines import alarm_at, due_at
from nafida.territory.calendars import Calendar, end_of_day_utc
from tests.factories import utc

WEEK = frozenset(range(5))
PLAIN = Calendar(WEEK, {}, {})


@pytest.mark.parametrize(
    ("days", "due"),
    [(1, date(2026, 11, 23)), (5, date(2026, 11, 27)), (6, date(2026, 11, 30)), (10, date(2026, 12, 4))],
)
def test_working_days_are_counted_from_the_day_after(days: int, due: date):
    friday = utc(2026, 11, 20, 9)
    assert due_at(PLAIN, friday, days) == end_of_day_utc(due)


def test_holidays_do_not_count_and_an_override_brings_a_day_back():
    calendar = Calendar(WEEK, {date(2026, 11, 23): "x", date(2026, 11, 24): "y"}, {date(2026, 11, 24): True})
    assert due_at(calendar, utc(2026, 11, 20), 1) == end_of_day_utc(date(2026, 11, 24))


def test_a_question_asked_and_answered_on_one_day_wins_nothing():
    pause = (utc(2026, 11, 23, 8), utc(2026, 11, 23, 20))
    assert due_at(PLAIN, utc(2026, 11, 20), 3, [pause]) == due_at(PLAIN, utc(2026, 11, 20), 3)


def test_whole_working_days_inside_a_pause_are_given_back():
    pause = (utc(2026, 11, 23), utc(2026, 11, 26))  # Tuesday and Wednesday lie whole inside
    assert due_at(PLAIN, utc(2026, 11, 20), 3, [pause]) == end_of_day_utc(date(2026, 11, 27))


def test_a_pause_over_the_weekend_alone_wins_nothing():
    pause = (utc(2026, 11, 20, 20), utc(2026, 11, 23, 6))
    assert due_at(PLAIN, utc(2026, 11, 19), 3, [pause]) == due_at(PLAIN, utc(2026, 11, 19), 3)


def test_alarms_lie_between_start_and_end():
    start, end = utc(2026, 11, 20), utc(2026, 11, 30)
    assert [alarm_at(start, end, level) for level in (50, 80, 100)] == [
        utc(2026, 11, 25),
        utc(2026, 11, 28),
        utc(2026, 11, 30),
    ]
