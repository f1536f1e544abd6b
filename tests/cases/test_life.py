"""The page of life, tried whole: each verb in each state by each quality; and lives drawn at random."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nafida.cases import actions
from nafida.cases.actor import CITIZEN, CLOCK, IMPORTER, REPORTER, Actor
from nafida.cases.checkpoints import verify_journal, write_checkpoint
from nafida.cases.life import MOVES, NotAllowed, Outcome, State, Verb, WaitingFor, Who, lawful
from nafida.cases.models import Case, DeadlineName
from nafida.people.models import User
from tests.cases.doings import DOINGS
from tests.factories import by_link, coordinator, days_ago, officer, report, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


@pytest.fixture
def staff(berkane: None) -> dict[Who, User]:
    return {Who.OFFICER: officer(), Who.COORDINATOR: coordinator()}


def actor(who: Who, case: Case, staff: dict[Who, User]) -> Actor:
    if who in staff:
        body = case.body if who == Who.OFFICER else staff[who].memberships.get().body
        return Actor(who, staff[who], body)
    if who == Who.BODY:
        return by_link(case)
    return {actor.who: actor for actor in (CITIZEN, REPORTER, CLOCK, IMPORTER)}[who]


def case_in(state: State, verb: Verb, agent: Actor) -> Case:
    """A case in that state, prepared so that only the page of life can forbid `verb`."""
    case = report()
    if state == State.IN_HAND:
        actions.take_in_hand(case, by=agent)
    if state == State.ANSWERED:
        actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    if state == State.CLOSED:
        actions.close_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    if verb in (Verb.REPLY, Verb.LAPSE) and state in MOVES[verb].start:
        actions.ask_citizen(case, by=agent, text="أين؟")
    return Case.objects.get(pk=case.pk)


def test_every_verb_has_a_move_and_a_way_to_do_it():
    assert set(MOVES) == set(DOINGS) == set(Verb)


@pytest.mark.parametrize("state", State)
def test_what_the_page_of_life_does_not_name_is_refused_and_what_it_names_is_done(state: State, staff):
    for verb in Verb:
        case = case_in(state, verb, Actor(Who.OFFICER, staff[Who.OFFICER], report().body))
        for who in Who:
            may = verb in lawful(state, who)
            sid = transaction.savepoint_create()
            if may:
                DOINGS[verb](case, actor(who, case, staff))
                assert Case.objects.get(pk=case.pk).state == (MOVES[verb].end or state)
            else:
                with pytest.raises(NotAllowed):
                    DOINGS[verb](case, actor(who, case, staff))
            transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("who", [Who.OFFICER, Who.BODY])
def test_who_acts_for_a_body_must_be_of_the_body_that_has_the_case(who: Who, staff):
    case = report()
    other = report(commune="02.113.01.01")
    assert other.body != case.body
    for stranger in (Actor(who, staff[Who.OFFICER], other.body), Actor(who, staff[Who.OFFICER])):
        with pytest.raises(NotAllowed):
            actions.take_in_hand(case, by=stranger)


def test_a_link_opens_no_other_case_of_its_body():
    first, second = report(), report()
    with pytest.raises(NotAllowed):
        actions.take_in_hand(second, by=by_link(first))


def test_a_merged_case_cannot_be_reopened_but_a_withdrawn_one_can(staff):
    gone, stays = report(), report()
    actions.merge_case(gone, by=actor(Who.OFFICER, gone, staff), into=stays)
    with pytest.raises(NotAllowed):
        actions.reopen_case(gone, text="لا")
    actions.withdraw_case(stays)
    assert actions.reopen_case(stays, text="ما زال").state == State.RECEIVED


def keeps_its_promises(case: Case) -> None:
    """What holds of a case whatever has been done to it."""
    citizens, bodies = (case.deadlines.filter(name=name) for name in (DeadlineName.CITIZEN, DeadlineName.BODY))
    running = bodies.filter(met_at=None, left_at=None)
    assert citizens.get().starts_at <= case.received_at
    assert all(clock.body_id == case.body_id for clock in running)
    assert len(running) == (1 if case.state in (State.RECEIVED, State.IN_HAND) else 0)
    numbers = list(case.events.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, case.version + 1))
    moments = list(case.events.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    asked = case.waiting_for == WaitingFor.CITIZEN
    assert case.pauses.filter(to_at=None).count() == asked
    assert not asked or case.state in (State.RECEIVED, State.IN_HAND)
    assert asked or not case.deadlines.exclude(stopped_at=None).exists()
    ends = case.deadlines.running().order_by("due_at").values_list("due_at", flat=True)
    assert case.next_due_at == ends.first()
    if case.state in (State.ANSWERED, State.CLOSED):
        assert case.outcome
        assert not case.deadlines.exclude(next_alarm_at=None).exists()


STEPS = st.lists(st.tuples(st.sampled_from(list(Verb)), st.sampled_from(list(Who))), min_size=1, max_size=14)
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=25, deadline=None, suppress_health_check=CALM, derandomize=True)
@given(steps=STEPS, age=st.integers(0, 30))
def test_whatever_anybody_does_a_case_keeps_its_promises(steps, age, staff):
    sid = transaction.savepoint_create()
    case = report(at=days_ago(age))
    for verb, who in steps:
        before = Case.objects.get(pk=case.pk)
        try:
            DOINGS[verb](before, actor(who, before, staff))
        except NotAllowed:
            assert Case.objects.get(pk=case.pk).version == before.version
        for each in Case.objects.all():
            keeps_its_promises(each)
    while write_checkpoint(utc(2026, 1, 1)):
        pass
    assert list(verify_journal()) == []
    transaction.savepoint_rollback(sid)
