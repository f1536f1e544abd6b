"""Tricks that take two steps: clocks under merge, split, return, question, extension; and what is dated back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.actor import Actor
from nafida.cases.closing import close_answered
from nafida.cases.deadlines import days_used
from nafida.cases.life import NotAllowed, Outcome, State
from nafida.cases.models import Case, Deadline
from nafida.services.models import Service
from nafida.territory.models import Body
from tests.factories import coordinator, days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def clock(case: Case, name: str = "citizen") -> Deadline:
    return case.deadlines.unmet().get(name=name)


@pytest.fixture
def agent(berkane: None) -> Actor:
    return on_desk(officer(), report())


def test_a_late_case_merged_into_one_whose_citizen_is_asked_is_late_at_once(agent):
    fresh, late = report(), report(at=days_ago(40))
    actions.ask_citizen(fresh, by=agent, text="أين؟")
    actions.merge_case(late, by=agent, into=fresh)
    assert clock(fresh).stopped_at is None
    assert fresh in Case.objects.overdue()


def test_a_body_that_merges_its_old_case_into_a_new_one_keeps_its_own_clock_too(agent):
    fresh, old = report(), report(at=days_ago(40))
    start = clock(old, "body").starts_at
    actions.merge_case(old, by=agent, into=fresh)
    assert clock(fresh, "body").starts_at == start


def test_a_case_cannot_be_merged_into_one_of_another_body(agent):
    theirs = report(body=Body.objects.get(code="triffa"))
    with pytest.raises(NotAllowed):
        actions.merge_case(report(), by=agent, into=theirs)


def test_a_body_that_splits_a_case_for_itself_has_had_both_as_long(agent):
    case = report(at=days_ago(40))
    twin = actions.split_case(case, by=agent, service=Service.objects.get(code="bin"), body=case.body, text="x")
    assert clock(twin, "body").starts_at == clock(case, "body").starts_at
    other = Body.objects.get(code="triffa")
    for_them = actions.split_case(case, by=agent, service=Service.objects.get(code="bin"), body=other, text="x")
    assert clock(for_them, "body").starts_at == for_them.received_at


def test_a_body_that_gets_a_case_back_has_only_the_days_left_that_it_had_not_used(agent):
    case = report(at=days_ago(40))
    limit = case.service.working_days
    triffa = Body.objects.get(code="triffa")
    case = actions.transfer_case(case, by=agent, to=triffa, text="لهم")
    case = actions.transfer_case(case, by=on_desk(officer("triffa"), case), to=agent.body, text="لكم")
    assert days_used(case, agent.body) > limit
    assert clock(case, "body").working_days == 0
    assert clock(case, "body").due_at - timezone.now() < timedelta(days=1)


def test_days_under_an_open_question_are_not_counted_as_used(agent):
    case = report(at=days_ago(40))
    actions.ask_citizen(case, by=agent, text="أين؟", at=days_ago(40))
    actions.transfer_case(case, by=agent, to=Body.objects.get(code="triffa"), text="لهم")
    assert days_used(case, agent.body) <= 1


def test_a_shorter_limit_that_ran_out_before_the_question_ends_the_pause(agent):
    case = report("pavement", at=days_ago(14))
    actions.ask_citizen(case, by=agent, text="أين؟", at=days_ago(4))
    assert clock(case).stopped_at is not None
    actions.change_service(case, by=agent, service=Service.objects.get(code="manhole"))
    assert case in Case.objects.overdue()


def test_a_longer_limit_lengthens_each_clock_by_as_much(agent):
    case = report(at=days_ago(2))
    triffa = Body.objects.get(code="triffa")
    Service.objects.filter(pk=case.service_id).update(working_days=30)
    case = actions.transfer_case(case, by=agent, to=triffa, text="لهم")
    citizens, bodies = clock(case).working_days, clock(case, "body").working_days
    actions.extend_limit(case, by=on_desk(coordinator(), case), working_days=citizens + 5, text="أشغال")
    assert (clock(case).working_days, clock(case, "body").working_days) == (citizens + 5, bodies + 5)


def test_a_reopened_case_warns_anew(agent):
    case = report(at=days_ago(40))
    case.deadlines.update(told_level=100, next_alarm_at=None)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    actions.reopen_case(case, text="لا")
    assert clock(case, "body").next_alarm_at is not None


def test_nothing_can_be_dated_before_what_has_happened(agent):
    case = report(at=days_ago(10))
    actions.take_in_hand(case, by=agent, at=days_ago(3))
    with pytest.raises(ValueError, match="before"):
        actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم", at=days_ago(5))


def test_not_ours_is_no_answer_it_is_a_transfer_that_names_whose(agent):
    case = report()
    for do in (actions.answer_case, actions.close_case):
        with pytest.raises(NotAllowed):
            do(case, by=agent, outcome=Outcome.NOT_OURS, text="ليس لنا")


def test_a_case_is_not_passed_on_to_a_body_that_has_ended(agent):
    Body.objects.filter(code="triffa").update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.transfer_case(report(), by=agent, to=Body.objects.get(code="triffa"), text="لهم")


def test_a_case_is_split_only_for_a_body_and_a_service_that_take_cases(agent):
    case, stop = report(), Service.objects.filter(danger="stop").first() or Service(pk=0, kind="other")
    police = Body.objects.to_call().first()
    with pytest.raises(NotAllowed):
        actions.split_case(case, by=agent, service=stop, body=case.body, text="x")
    with pytest.raises(NotAllowed):
        actions.split_case(case, by=agent, service=Service.objects.get(code="bin"), body=police, text="x")


def test_the_clock_closes_only_what_was_answered_thirty_days_ago_when_it_looks_again(agent, monkeypatch):
    case = report(at=days_ago(50))
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم", at=days_ago(40))
    stale = Case.objects.filter(pk=case.pk)
    list(stale)
    actions.reopen_case(case, text="لا")
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    monkeypatch.setattr(Case.objects, "filter", lambda **wanted: stale)
    assert close_answered(timezone.now()) == 0
    assert Case.objects.get(pk=case.pk).state == State.ANSWERED


def test_only_who_handles_cases_of_the_body_is_given_one(agent):
    case = report()
    for stranger in (officer("triffa"), officer("commune-aklim", "administrator"), officer(is_active=False)):
        with pytest.raises(NotAllowed):
            actions.assign_case(case, by=agent, to=stranger)
