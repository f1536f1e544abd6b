from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.actor import CLOCK
from nafida.cases.checkpoints import verify_journal
from nafida.cases.lapsing import lapse_questions
from nafida.cases.life import NotAllowed, WaitingFor
from nafida.cases.models import Case, Follower
from nafida.cases.retention import erase_people
from nafida.mail.models import Letter
from nafida.reports.retention import erase_old_reports
from tests.factories import days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def closed(days: float, **fields: object) -> Case:
    """A case that was filed, followed, answered and closed so many days ago."""
    case = report(at=days_ago(days + 2), description="جارتي لا تنام", **fields)
    actions.follow_case(case, email="neighbour@example.org", language="ar", at=days_ago(days + 1))
    agent = on_desk(officer(), case)
    return actions.close_case(case, by=agent, outcome="done", text="تم", at=days_ago(days))


def test_a_year_after_its_closing_nothing_people_told_is_left(work):
    case = closed(366)
    work()
    assert erase_old_reports(timezone.now()) == 1
    case = Case.objects.get(pk=case.pk)
    told = [
        case.contact.email,
        case.report.description,
        case.report.place,
        *case.messages.values_list("text", flat=True),
    ]
    assert set(told) == {""}
    assert not Follower.objects.exists()
    assert set(Letter.objects.values_list("to", flat=True)) == {""}


def test_what_happened_stays_and_still_verifies():
    case = closed(366)
    erase_old_reports(timezone.now())
    assert [event.what for event in case.events.all()] == ["received", "followed", "closed", "erased"]
    assert list(verify_journal()) == []


def test_a_case_closed_lately_keeps_its_words_and_one_erased_is_left_alone():
    closed(300)
    assert erase_old_reports(timezone.now()) == 0
    closed(400)
    assert [erase_old_reports(timezone.now()) for _turn in range(2)] == [1, 0]


def test_the_exact_place_is_kept_only_where_everybody_may_see_it():
    full, coarse = closed(400), closed(400, service="vehicle-left")
    erase_old_reports(timezone.now())
    assert Case.objects.get(pk=full.pk).cell is not None
    gone = Case.objects.get(pk=coarse.pk)
    assert (gone.cell, gone.report.lon, gone.report.lat) == (None, None, None)


def test_an_open_case_is_not_erased():
    with pytest.raises(NotAllowed):
        erase_people(report(), by=CLOCK)


def test_a_question_nobody_answers_for_thirty_days_lets_the_clock_run_on():
    case = report(at=days_ago(32))
    actions.ask_citizen(case, by=on_desk(officer(), case), text="أين؟", at=days_ago(31))
    assert lapse_questions(timezone.now() - timedelta(days=2)) == 0
    assert lapse_questions(timezone.now()) == 1
    case = Case.objects.get(pk=case.pk)
    assert case.waiting_for == WaitingFor.NOBODY
    assert not case.deadlines.exclude(stopped_at=None).exists()
    assert case.pauses.filter(to_at=None).count() == 0
    assert lapse_questions(timezone.now()) == 0


def test_who_leaves_hears_no_more_and_may_come_back():
    case = report()
    follower = actions.confirm_follower(actions.follow_case(case, email="n@example.org", language="ar"))
    actions.leave_case(follower)
    assert not case.followers.filter(left_at=None).exists()
    again = actions.follow_case(case, email="n@example.org", language="ar")
    assert (again.pk, again.confirmed_at, again.left_at) == (follower.pk, None, None)
