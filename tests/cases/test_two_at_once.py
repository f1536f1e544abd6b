"""Two at the same case in the same moment, each with a connection of its own."""

import time
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction

from nafida.cases import actions
from nafida.cases.actor import CITIZEN
from nafida.cases.checkpoints import verify_journal, write_checkpoint
from nafida.cases.journal import Happened
from nafida.cases.letters.writing import Words, write_once
from nafida.cases.life import NotAllowed, Outcome
from nafida.cases.models import BodyLink, Case, Checkpoint
from nafida.mail.models import Letter
from nafida.territory.models import Body
from tests.factories import by_link, officer, on_desk, report, utc

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("berkane")]


def at_once(*doings: Callable[[], object]) -> list[object]:
    """What each returned or raised, all begun together."""
    barrier, results = Barrier(len(doings)), []

    def do(doing: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results.append(doing())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_who_waits_for_a_transfer_finds_the_case_and_is_told_whose_it_is_now():
    case = report()
    agent, triffa = on_desk(officer(), case), Body.objects.get(code="triffa")

    def pass_on() -> None:
        with transaction.atomic():
            actions.transfer_case(case, by=agent, to=triffa, text="لهم")
            time.sleep(0.5)

    def come_late() -> None:
        time.sleep(0.2)
        actions.take_in_hand(case, by=agent)

    results = at_once(pass_on, come_late)
    assert {type(result) for result in results} == {type(None), NotAllowed}


def test_of_two_answers_one_is_given_and_the_other_refused():
    case = report()
    agent = on_desk(officer(), case)
    say = lambda: actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")  # noqa: E731
    results = at_once(say, say)
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    assert case.events.filter(what=Happened.ANSWERED).count() == 1


def test_two_cases_merged_crosswise_leave_one_open():
    first, second = report(), report()
    agent = on_desk(officer(), first)
    results = at_once(
        lambda: actions.merge_case(first, by=agent, into=second),
        lambda: actions.merge_case(second, by=agent, into=first),
    )
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    assert Case.objects.open().count() == 1


def test_a_letter_written_by_two_workers_is_one_letter_with_one_link():
    case = report()
    event = case.events.get()

    def say() -> Words:
        words = Words(subject="x", lines=[BodyLink.draw(case, case.body)])
        time.sleep(0.2)
        return words

    write = lambda: write_once(event, "body", to="a@example.org", language="ar", say=say)  # noqa: E731
    results = at_once(write, write)
    assert not [result for result in results if isinstance(result, Exception)]
    assert (Letter.objects.count(), BodyLink.objects.count()) == (1, 1)


def test_two_clocks_that_seal_at_once_make_one_chain():
    for _number in range(4):
        report()
    at_once(*[lambda: write_checkpoint(utc(2026, 1, 1))] * 2)
    assert Checkpoint.objects.count() >= 1
    assert list(verify_journal()) == []


def test_a_checkpoint_and_two_merges_the_other_way_round_wait_for_nobody_for_ever():
    cases = [report() for _number in range(6)]
    agent = on_desk(officer(), cases[0])
    actions.take_in_hand(cases[0], by=agent)

    def merge_slowly(gone: Case, stays: Case) -> None:
        with transaction.atomic():
            actions.hold(min(gone, stays, key=lambda case: case.pk))
            time.sleep(0.2)
            actions.merge_case(gone, by=agent, into=stays)

    results = at_once(
        lambda: merge_slowly(cases[0], cases[5]),
        lambda: merge_slowly(cases[4], cases[1]),
        lambda: [write_checkpoint(utc(2026, 1, 1)) for _again in range(20)],
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert list(verify_journal()) == []


def test_a_case_supported_by_eight_at_once_counts_eight_and_its_journal_is_whole():
    case = report()
    results = at_once(
        *[lambda device=f"{n:064d}": actions.support_case(case, by=CITIZEN, device=device) for n in range(8)]
    )
    assert results == [True] * 8
    assert case.supports.count() == 8
    assert list(verify_journal()) == []


def test_a_link_of_a_letter_acts_while_an_officer_is_asking():
    case = report()
    agent, body = on_desk(officer(), case), by_link(case)
    at_once(
        lambda: actions.ask_citizen(case, by=agent, text="أين؟"),
        lambda: actions.answer_case(case, by=body, outcome=Outcome.DONE, text="تم"),
    )
    case = Case.objects.get(pk=case.pk)
    assert case.state == "answered"
    assert not case.pauses.filter(to_at=None).exists()
