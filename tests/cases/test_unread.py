"""“Nobody reads this mail”: noticed after five working days or when letters come back, told once, over when read."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from nafida.cases.letters.unread import bodies_nobody_reads, notice_silences
from nafida.cases.models import BodyLink
from nafida.mail.actions import open_letter
from nafida.mail.models import Letter
from nafida.mail.standing import note_failure
from nafida.territory.calendars import calendar, local_day, start_of_day_utc
from tests.factories import body, coordinator, officer, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]

AKLIM = "aklim@example.org"


def after(working_days: int) -> datetime:
    day = calendar().add_working_days(local_day(timezone.now()), working_days)
    return start_of_day_utc(day) + timedelta(hours=9)


def silent() -> list[tuple[str, str]]:
    return [(row.body.code, row.why) for row in bodies_nobody_reads()]


@pytest.fixture
def letter(work) -> Letter:
    """What a body without officers was written about a report."""
    body("commune-aklim", email=AKLIM)
    report()
    work()
    return Letter.objects.get(to=AKLIM, state="sent")


def test_five_working_days_unopened_and_nobody_reads_it(letter):
    notice_silences(after(5))
    assert silent() == []
    notice_silences(after(6))
    assert silent() == [("commune-aklim", "unread")]


def test_whoever_coordinates_is_told_once(letter, work):
    somebody = coordinator()
    for days in (6, 7, 8):
        notice_silences(after(days))
    assert Letter.objects.filter(to=somebody.email, purpose="unread").count() == 1


def test_a_letter_that_was_opened_is_read(letter):
    open_letter(letter.pk, timezone.now())
    notice_silences(after(9))
    assert silent() == []


def test_a_silence_ends_with_a_click_and_the_next_one_is_another(letter, work):
    somebody = coordinator()
    notice_silences(after(6))
    open_letter(letter.pk, timezone.now())
    notice_silences(after(6))
    assert silent() == []
    report()
    work()
    notice_silences(after(7))
    assert silent() == [("commune-aklim", "unread")]
    assert Letter.objects.filter(to=somebody.email, purpose="unread").count() == 2


def test_who_answers_by_a_link_reads_even_if_no_click_was_seen(letter):
    BodyLink.objects.update(used_at=timezone.now())
    notice_silences(after(9))
    assert silent() == []


def test_officers_who_sign_in_read_on_the_desk(letter):
    somebody = officer()
    notice_silences(after(6))
    assert silent() == [("commune-aklim", "unread")]
    somebody.last_login = timezone.now()
    somebody.save()
    notice_silences(after(6))
    assert silent() == []


def test_letters_that_come_back_are_noticed_at_once(letter):
    note_failure(AKLIM, permanent=True, at=timezone.now())
    notice_silences(timezone.now())
    assert silent() == [("commune-aklim", "bounced")]


def test_another_address_starts_anew(letter):
    note_failure(AKLIM, permanent=True, at=timezone.now())
    notice_silences(timezone.now())
    body("commune-aklim", email="other@example.org")
    notice_silences(timezone.now())
    assert silent() == []
