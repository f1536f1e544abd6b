"""Dates and distances in time, as the public reads them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.template import Context, Template
from django.utils import translation

from nafida.ui import moments

EVENING = datetime(2026, 11, 20, 18, 4, tzinfo=UTC)
MOROCCAN = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
]


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "20 نونبر 2026، 18:04"), ("fr", "20 novembre 2026, 18:04"), ("en", "20 November 2026, 18:04")],
)
def test_a_moment_is_written_in_words_with_western_digits(language, words):
    with translation.override(language):
        assert moments.moment_in_words(EVENING) == words


def test_arabic_months_have_their_moroccan_names():
    with translation.override("ar"):
        written = [moments.day_in_words(date(2026, month, 20)) for month in range(1, 13)]
    assert written == [f"20 {name} 2026" for name in MOROCCAN]


@pytest.mark.parametrize("month_format", ["F", "E", "M", "b"])
def test_every_way_django_writes_a_month_agrees_in_arabic(month_format):
    drawn = Template("{% for day in days %}{{ day|date:form }} {% endfor %}")
    days = [date(2026, month, 20) for month in range(1, 13)]
    with translation.override("ar"):
        assert drawn.render(Context({"days": days, "form": month_format})).split() == MOROCCAN


@pytest.mark.parametrize(("language", "words"), [("fr", "1er janvier 2026"), ("ar", "1 يناير 2026")])
def test_the_first_of_a_month_is_said_as_people_say_it(language, words):
    with translation.override(language):
        assert moments.day_in_words(date(2026, 1, 1)) == words
        assert "11 " in moments.day_in_words(date(2026, 1, 11))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "منذ يوم"),
        (2, "منذ يومين"),
        (3, "منذ 3 أيام"),
        (10, "منذ 10 أيام"),
        (11, "منذ 11 يوما"),
        (99, "منذ 99 يوما"),
        (100, "منذ 100 يوم"),
        (103, "منذ 103 أيام"),
    ],
)
def test_arabic_counts_days_in_all_its_plurals(days, words):
    with translation.override("ar"):
        assert moments.distance_in_words(EVENING, EVENING + timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=-59), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(minutes=-1), "il y a 1 minute"),
        (timedelta(hours=-23, minutes=-59), "il y a 23 heures"),
        (timedelta(days=-2), "il y a 2 jours"),
        (timedelta(days=-730), "il y a 2 ans"),
        (timedelta(hours=3), "dans 3 heures"),
        (timedelta(days=1), "dans 1 jour"),
    ],
)
def test_a_distance_takes_the_largest_unit_that_fits(ahead, words):
    with translation.override("fr"):
        assert moments.distance_in_words(EVENING + ahead, EVENING) == words


def test_filters_give_machines_the_exact_time_in_the_zone_of_the_place(settings):
    page = Template(
        "{% load nafida %}{{ at|moment }}|{{ at|day }}|{{ at|ago }}|{{ none|moment }}{{ none|day }}{{ none|ago }}"
    )
    with translation.override("fr"):
        html = page.render(
            Context({"at": datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=2))), "none": None})
        )
    stamps = re.findall(r'datetime="([^"]+)"', html)
    assert stamps == ["2026-11-20T21:30:00+00:00", "2026-11-20", "2026-11-20T21:30:00+00:00"]
    assert html.endswith("</time>|")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_digit_is_ever_other_than_western(language):
    with translation.override(language):
        texts = moments.moment_in_words(EVENING) + moments.distance_in_words(EVENING, EVENING + timedelta(days=45))
    assert not re.search(r"[٠-٩۰-۹]", texts)
