"""On the spot: the round of one's own cases, and one tap for each step."""

import pytest
from django.core import signing
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.models import Case
from nafida.desk.forms.photo import SALT
from nafida.people.models import User
from tests import factories
from tests.desk.conftest import address, browser, fresh, photo, purposes

ROUND = "/en/desk/round/"


def tap(user: User, case: Case, step: str, **said):  # type: ignore[no-untyped-def]
    said.setdefault("version", fresh(case).version)
    return browser(user).post(address(case, f"field/{step}"), said)


def test_on_my_way_plans_today_and_tells_the_citizen_in_their_language(agent: User, case: Case) -> None:
    assert tap(agent, case, "on_my_way")["Location"] == ROUND
    assert (fresh(case).state, fresh(case).planned_on) == ("in_hand", timezone.localdate())
    assert case.messages.get().text == "فريقنا في الطريق إليكم."


def test_a_page_that_stays_is_answered_in_a_word_and_says_so_itself(agent: User, case: Case) -> None:
    client = browser(agent)
    answer = client.post(address(case, "field/on_my_way"), {"version": case.version, "short": "1"})
    assert answer.json() == {"version": fresh(case).version, "open": True}
    assert "notice-success" not in client.get(ROUND).content.decode()
    assert fresh(case).planned_on == timezone.localdate()


def test_done_takes_the_photo_along(agent: User, case: Case) -> None:
    assert tap(agent, case, "done", photo=photo()).status_code == 302
    assert (fresh(case).state, fresh(case).outcome) == ("answered", "done")
    assert case.attachments.get().role == "after"


def test_not_found_is_an_answer(agent: User, case: Case) -> None:
    tap(agent, case, "not_found")
    assert (fresh(case).state, fresh(case).outcome) == ("answered", "not_found")


def test_needs_parts_waits_for_works_and_stops_no_clock(agent: User, case: Case, work) -> None:  # type: ignore[no-untyped-def]
    tap(agent, case, "needs_parts")
    work()
    assert (fresh(case).state, fresh(case).waiting_for) == ("in_hand", "works")
    assert fresh(case).next_due_at == case.next_due_at
    assert "waiting" in purposes(case)


def test_a_tap_about_an_older_state_of_the_case_is_not_done(agent: User, case: Case) -> None:
    actions.take_in_hand(case, by=factories.on_desk(agent, case))
    assert tap(agent, case, "done", version=1).status_code == 409
    assert fresh(case).state == "in_hand"


@pytest.mark.parametrize(("step", "status"), [("fly", 404), ("done", 404)])
def test_no_step_for_strangers_and_no_step_that_is_none(agent: User, case: Case, step: str, status: int) -> None:
    who = agent if step == "fly" else factories.officer("commune-ahfir")
    assert tap(who, case, step).status_code == status


def test_the_round_holds_the_own_open_cases_and_costs_the_same_for_many(
    agent: User, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    theirs = factories.report()
    client = browser(agent)
    with django_assert_max_num_queries(12) as empty:
        client.get(ROUND)
    for _ in range(8):
        mine = factories.report()
        actions.assign_case(mine, by=factories.on_desk(agent, mine), to=agent)
    with django_assert_max_num_queries(len(empty)):
        told = client.get(ROUND).content.decode()
    assert told.count('class="panel stop"') == 8
    assert theirs.reference not in told


def test_a_photo_need_not_be_chosen_again_when_the_form_comes_back(agent: User, case: Case) -> None:
    client, version = browser(agent), case.version
    back = client.post(address(case, "answer"), {"version": version, "outcome": "done", "text": "", "photo": photo()})
    assert back.status_code == 422
    kept = back.content.decode().split('name="kept" value="')[1].split('"')[0]
    client.post(address(case, "answer"), {"version": version, "outcome": "done", "text": "Done.", "kept": kept})
    assert case.attachments.count() == 1


def test_a_photo_that_the_form_was_not_given_is_not_taken(agent: User, case: Case) -> None:
    forged = signing.dumps(["0" * 64 + ".jpg"] * 2 + [1, 1], salt=SALT + "x")
    said = {"version": case.version, "outcome": "done", "text": "Done.", "kept": forged}
    assert browser(agent).post(address(case, "answer"), said).status_code == 302
    assert not case.attachments.exists()
