"""One test per trick by which a body might flatter its clock or its figures."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.alarms import recompute_case
from nafida.cases.life import NotAllowed, Outcome
from nafida.cases.models import Case, Deadline
from nafida.services.models import Service
from nafida.territory.models import Body
from tests import factories
from tests.factories import days_ago, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def clock(case: Case, name: str = "citizen") -> Deadline:
    return case.deadlines.unmet().get(name=name)


def late_case() -> tuple[Case, object]:
    """A case a month old that nobody has touched, and an officer of its body."""
    case = report(at=days_ago(40))
    return case, on_desk(officer(), case)


def test_passing_a_case_on_does_not_restart_the_citizens_clock():
    case, agent = late_case()
    before = clock(case)
    case = actions.transfer_case(case, by=agent, to=Body.objects.get(code="triffa"), text="لهم")
    assert (clock(case).starts_at, clock(case).due_at) == (before.starts_at, before.due_at)
    assert case in Case.objects.overdue()


def test_the_new_body_has_its_own_clock_from_the_day_it_got_the_case_and_the_old_one_keeps_its_delay():
    case, agent = late_case()
    actions.transfer_case(case, by=agent, to=Body.objects.get(code="triffa"), text="لهم")
    new, old = clock(case, "body"), case.deadlines.get(body__code="commune-aklim")
    assert new.body.code == "triffa"
    assert new.due_at > timezone.now()
    assert old.left_at is not None
    assert old.left_at > old.due_at


def test_passing_a_case_back_and_forth_leaves_the_citizens_clock_alone():
    case, agent = late_case()
    due = clock(case).due_at
    triffa = Body.objects.get(code="triffa")
    actions.transfer_case(case, by=agent, to=triffa, text="x")
    other = on_desk(officer("triffa"), Case.objects.get(pk=case.pk))
    actions.transfer_case(case, by=other, to=Body.objects.get(code="commune-aklim"), text="y")
    assert clock(case).due_at == due


def test_another_service_with_a_longer_limit_wins_no_time():
    case, agent = late_case()
    before = clock(case).due_at
    slower = Service.objects.get(code="pavement")
    assert slower.working_days > case.service.working_days
    actions.change_service(case, by=agent, service=slower)
    assert clock(case).due_at == before
    assert clock(case, "body").due_at == before


def test_another_service_with_a_shorter_limit_holds_at_once():
    case = report(at=days_ago(1))
    before = clock(case)
    actions.change_service(case, by=on_desk(officer(), case), service=Service.objects.get(code="manhole"))
    assert clock(case).due_at < before.due_at
    assert clock(case).starts_at == before.starts_at


def test_merging_into_a_younger_case_keeps_the_earliest_date():
    old, agent = late_case()
    young = report()
    actions.merge_case(old, by=agent, into=young)
    assert clock(young).starts_at == old.received_at
    assert young in Case.objects.overdue()


def test_merging_a_younger_case_into_an_older_changes_nothing_for_the_older():
    old, agent = late_case()
    due = clock(old).due_at
    actions.merge_case(report(), by=agent, into=old)
    assert clock(old).due_at == due


def test_a_case_split_off_is_as_old_as_the_first_sending():
    case, agent = late_case()
    twin = actions.split_case(case, by=agent, service=Service.objects.get(code="bin"), body=case.body, text="حاوية")
    assert clock(twin).starts_at == case.received_at
    assert twin in Case.objects.overdue()


def test_answering_anything_and_being_reopened_gives_the_old_clock_back():
    case, agent = late_case()
    due = clock(case).due_at
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    actions.reopen_case(case, text="لم يصلح")
    assert clock(case).due_at == due
    assert case in Case.objects.overdue()


def test_a_question_put_when_the_time_has_run_out_stops_no_clock():
    case, agent = late_case()
    actions.ask_citizen(case, by=agent, text="أين؟")
    assert clock(case).stopped_at is None
    actions.reply_to_question(case, text="هنا")
    assert case in Case.objects.overdue()


def test_only_a_question_pauses_and_a_plan_for_next_year_does_not():
    case = report()
    due, next_year = clock(case).due_at, date(timezone.localdate().year + 1, 12, 1)
    case = actions.plan_works(case, by=on_desk(officer(), case), day=next_year)
    assert (clock(case).due_at, clock(case).stopped_at) == (due, None)


def test_nobody_is_asked_who_left_no_address():
    case = report(email="")
    with pytest.raises(NotAllowed):
        actions.ask_citizen(case, by=on_desk(officer(), case), text="أين؟")


def test_a_longer_limit_needs_the_coordinator_and_a_reason():
    case, agent = late_case()
    with pytest.raises(NotAllowed):
        actions.extend_limit(case, by=agent, working_days=90, text="أشغال")
    boss = on_desk(factories.coordinator(), case)
    actions.extend_limit(case, by=boss, working_days=90, text="أشغال")
    assert clock(case).starts_at == case.received_at
    assert case not in Case.objects.overdue()


def test_a_new_limit_of_a_service_touches_new_cases_only():
    case = report(at=days_ago(3))
    due = clock(case).due_at
    Service.objects.filter(code="light-out").update(working_days=60)
    recompute_case(Case.objects.get(pk=case.pk))
    assert clock(case).due_at == due
    assert clock(report()).working_days == 60


def test_not_ours_must_name_whose():
    case = report()
    agent = on_desk(officer(), case)
    for nobody in (case.body, Body.objects.to_call().first()):
        with pytest.raises(NotAllowed):
            actions.transfer_case(case, by=agent, to=nobody, text="ليس لنا")


def test_closing_without_doing_is_a_figure_of_its_own():
    done, undone = report(), report()
    for case, outcome in ((done, Outcome.DONE), (undone, Outcome.NOT_DONE)):
        actions.close_case(case, by=on_desk(officer(), case), outcome=outcome, text="…")
    assert list(Case.objects.closed_without_done()) == [undone]


def test_closing_needs_an_outcome_and_words():
    case = report()
    agent = on_desk(officer(), case)
    with pytest.raises(NotAllowed):
        actions.close_case(case, by=agent, outcome=Outcome.DONE)
    with pytest.raises(NotAllowed):
        actions.close_case(case, by=agent, text="…")


def test_cases_a_body_filed_with_itself_are_left_out_of_its_figures():
    own = report(filed_by_body=Body.objects.get(code="commune-aklim"))
    citizens, others = report(), report(filed_by_body=Body.objects.get(code="governorate"))
    assert own.body == own.filed_by_body
    assert set(Case.objects.in_figures_of_bodies()) == {citizens, others}


def test_nothing_can_be_dated_in_the_future():
    case = report()
    with pytest.raises(ValueError, match="future"):
        actions.take_in_hand(case, by=on_desk(officer(), case), at=timezone.now() + timedelta(hours=1))
