"""The daily letter of a body: what is new, due and late, once a working day, and nothing when there is nothing."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.letters import digest
from nafida.cases.letters.digest import write_digests, write_open_cases
from nafida.cases.models import BodyLink, Digest
from nafida.mail.models import Letter
from nafida.territory.calendars import calendar, local_day, start_of_day_utc
from tests.factories import body, by_link, days_ago, officer, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]

AKLIM = "aklim@example.org"


def eight(days: int = 1) -> datetime:
    """Shortly after eight on a working day to come."""
    day = calendar().add_working_days(local_day(timezone.now()), days)
    return start_of_day_utc(day) + timedelta(hours=8, minutes=1)


def daily(rhythm: str = "daily", **fields: Any) -> None:
    body("commune-aklim", email=AKLIM, letter_rhythm=rhythm, language="fr", **fields)


def letters(purpose: str = "digest") -> list[Letter]:
    return list(Letter.objects.filter(to=AKLIM, purpose=purpose).order_by("pk"))


def links(text: str) -> list[str]:
    return re.findall(r"/desk/answer/([\w-]+)/", text)


def test_a_body_that_wants_one_letter_a_day_gets_its_cases_at_eight_with_a_link_each(work):
    daily()
    cases = [report(), report()]
    work()
    assert letters("body") == []
    assert write_digests(eight()) == 1
    (letter,) = letters()
    assert letter.subject == "2 signalements à voir aujourd’hui"
    assert {BodyLink.objects.by_token(token).case for token in links(letter.text)} == set(cases)


def test_the_first_daily_letter_lists_what_came_over_a_long_weekend(monkeypatch):
    monkeypatch.setattr(digest, "SOON", 0)
    daily()
    case = report(at=eight() - timedelta(days=4))
    write_digests(eight())
    assert [BodyLink.objects.by_token(token).case for token in links(letters()[0].text)] == [case]


def test_an_urgent_case_never_waits_for_the_daily_letter(work):
    daily()
    report(urgent=True)
    work()
    assert len(letters("body")) == 1


def test_who_wants_both_gets_both(work):
    daily("both")
    report()
    work()
    assert len(letters("body")) == 1
    assert write_digests(eight()) == 1


def test_once_a_day_however_often_the_clock_asks():
    daily()
    report()
    assert [write_digests(eight()) for _ in range(3)] == [1, 0, 0]
    assert len(letters()) == 1


def test_two_clocks_at_once_write_one():
    daily()
    case = report()
    now = eight()
    Digest.objects.create(body=case.body, day=local_day(now), at=now)
    assert digest.write_digest(case.body_id, now) is False
    assert letters() == []


def test_nothing_new_due_or_late_is_no_letter_and_nothing_is_asked_again_that_day(work):
    daily()
    assert write_digests(eight()) == 0
    assert Digest.objects.get().letter is None
    report()
    assert write_digests(eight()) == 0


@pytest.mark.parametrize("hour", [0, 7])
def test_nothing_leaves_before_eight(hour):
    daily()
    report()
    now = start_of_day_utc(local_day(eight())) + timedelta(hours=hour, minutes=59)
    assert write_digests(now) == 0
    assert not Digest.objects.exists()


def test_nothing_leaves_on_a_day_off():
    daily()
    report()
    day = local_day(timezone.now())
    while calendar().is_working(day):
        day += timedelta(days=1)
    assert write_digests(start_of_day_utc(day) + timedelta(hours=9)) == 0


def test_what_was_told_is_told_again_only_when_it_is_due_or_late(monkeypatch):
    monkeypatch.setattr(digest, "SOON", 0)
    daily()
    report()
    report(at=days_ago(90))
    write_digests(eight(1))
    write_digests(eight(2))
    first, second = letters()
    assert len(links(first.text)) == 2
    assert "En retard (1)" in second.text
    assert len(links(second.text)) == 1


def test_a_case_the_body_has_worked_on_comes_with_its_next_link(work):
    daily()
    case = report()
    write_digests(eight(1))
    since = timezone.now()
    actions.take_in_hand(case, by=by_link(case))
    work()
    assert letters("body") == []
    found = digest._sorted(case.body, since, timezone.now())
    assert found == {"late": [], "due": [], "new": [], "next": [case]}


def test_what_is_open_is_read_at_once_before_anything_is_written(django_assert_num_queries):
    daily()
    cases = [report() for _ in range(5)]
    with django_assert_num_queries(1):
        found = digest._sorted(cases[0].body, timezone.now() - timedelta(minutes=1), timezone.now())
    assert found["new"] == cases


def test_a_body_with_officers_gets_no_daily_letter():
    daily()
    officer()
    report()
    assert write_digests(eight()) == 0


def test_a_body_that_gets_an_address_learns_once_what_is_with_it_already():
    body("commune-aklim", email=AKLIM, language="fr")
    cases = [report(), report()]
    for _ in range(2):
        write_open_cases.call(cases[0].body_id, "mark")
    (letter,) = letters("open")
    assert len(set(links(letter.text))) == 2
    assert letter.subject == "2 signalements vous sont confiés"


def test_many_open_cases_are_told_in_several_letters(monkeypatch):
    monkeypatch.setattr(digest, "MOST", 2)
    body("commune-aklim", email=AKLIM)
    for _ in range(3):
        case = report()
    write_open_cases.call(case.body_id, "mark")
    assert [len(links(letter.text)) for letter in letters("open")] == [2, 1]
