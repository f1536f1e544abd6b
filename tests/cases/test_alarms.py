from datetime import timedelta

import pytest

from nafida.cases import actions
from nafida.cases.alarms import recompute_deadlines, sound_alarms
from nafida.cases.models import Event
from nafida.mail.models import Letter
from nafida.territory.actions import override_day
from tests.factories import body, days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def levels(case) -> list[int]:
    alarms = case.events.filter(what="alarmed").order_by("seq")
    return [event.facts["level"] for event in alarms if event.facts["body"]]


def sound_until(case, share: float) -> None:
    clock = case.deadlines.get(name="body")
    sound_alarms(clock.starts_at + (clock.due_at - clock.starts_at) * share)


def test_the_clock_warns_at_half_four_fifths_and_the_end():
    case = report()
    for share in (0.4, 0.5, 0.6, 0.8, 1, 1.2):
        sound_until(case, share)
    assert levels(case) == [50, 80, 100]


def test_a_second_clock_at_the_same_moment_says_nothing_more():
    case = report()
    sound_until(case, 0.5)
    sound_until(case, 0.5)
    assert levels(case) == [50]


def test_after_a_night_without_clock_only_the_last_level_is_told():
    case = report()
    sound_until(case, 2)
    assert levels(case) == [100]


def test_an_answered_case_warns_no_more():
    case = report()
    actions.answer_case(case, by=on_desk(officer(), case), outcome="done", text="تم")
    sound_until(case, 2)
    assert levels(case) == []


def test_an_open_question_silences_the_alarm_until_it_is_answered():
    case = report()
    actions.ask_citizen(case, by=on_desk(officer(), case), text="أين؟")
    sound_until(case, 2)
    assert levels(case) == []
    actions.reply_to_question(case, text="هنا")
    sound_until(case, 2)
    assert levels(case) == [100]


def test_at_the_end_the_body_is_warned_and_the_one_above_hears_of_it(work):
    body("commune-aklim", email="aklim@example.org")
    body("governorate", email="governor@example.org")
    case = report(email="")
    work()
    sound_until(case, 1)
    work()
    told = {letter.to: letter.purpose for letter in Letter.objects.filter(purpose__in=("alarm", "escalation"))}
    assert told == {"aklim@example.org": "alarm", "governor@example.org": "escalation"}


def test_a_holiday_announced_later_moves_the_due_date_and_is_recorded(work):
    case = report(at=days_ago(0))
    before = case.deadlines.get(name="citizen").due_at
    override_day(before.date(), is_working=False, names={"ar": "عطلة"}, source="بلاغ", by=officer())
    recompute_deadlines.enqueue()
    work()
    after = case.deadlines.get(name="citizen").due_at
    assert after >= before + timedelta(days=1)
    assert Event.objects.filter(case=case, what="recomputed").count() == 2


def test_the_citizens_clock_tells_only_its_end():
    case = report()
    sound_until(case, 0.9)
    assert [event.facts["body"] for event in case.events.filter(what="alarmed")] == [case.body_id]
    sound_until(case, 1)
    told = [(event.facts["level"], event.facts["body"]) for event in case.events.filter(what="alarmed", seq__gt=2)]
    assert sorted(told, key=str) == [(100, case.body_id), (100, None)]
