"""The list of cases: what is in it, in which order, and at what cost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.life import Outcome
from nafida.cases.models import Case, Deadline
from nafida.people.models import User
from tests import factories
from tests.desk.conftest import browser

SHOWN = re.compile(r'href="/en/desk/cases/(\d{9})/"')


def listed(user: User, query: str = "") -> list[str]:
    return SHOWN.findall(browser(user).get(f"/en/desk/{query}").content.decode())


def make_late(case: Case) -> None:
    Deadline.objects.filter(case=case).update(due_at=timezone.now() - timedelta(days=1))


def test_an_officer_sees_the_cases_of_the_own_body_only(agent: User, case: Case) -> None:
    factories.report(commune="02.113.01.01")
    assert listed(agent) == [case.reference]
    assert len(listed(factories.coordinator())) == 2


def test_late_ones_come_first_then_by_due_date(agent: User) -> None:
    now = timezone.now()
    slow = factories.report("pavement")
    quick = factories.report("light-out")
    late = factories.report("pavement", at=now - timedelta(hours=1))
    make_late(late)
    assert listed(agent) == [late.reference, quick.reference, slow.reference]
    assert ">Late<" in browser(agent).get("/en/desk/").content.decode()


def test_each_pile_holds_its_own(agent: User) -> None:
    todo, late, asked, answered = (factories.report() for _ in range(4))
    by = factories.on_desk(agent, todo)
    make_late(late)
    actions.ask_citizen(asked, by=by, text="Which side?")
    actions.answer_case(answered, by=by, outcome=Outcome.DONE, text="Done.")
    assert set(listed(agent)) == {todo.reference, late.reference, asked.reference}
    assert listed(agent, "?pile=late") == [late.reference]
    assert listed(agent, "?pile=waiting") == [asked.reference]
    assert listed(agent, "?pile=answered") == [answered.reference]
    assert len(listed(agent, "?pile=all")) == 4


def test_a_clock_that_stands_still_is_not_late_and_comes_last(agent: User) -> None:
    asked, other = factories.report(), factories.report("pavement")
    actions.ask_citizen(asked, by=factories.on_desk(agent, asked), text="Which side?")
    make_late(asked)
    assert listed(agent) == [other.reference, asked.reference]
    assert listed(agent, "?pile=late") == []


@pytest.mark.parametrize("pile", ["todo", "all"])
def test_pages_of_fifty_show_each_case_once(agent: User, pile: str) -> None:
    made = {factories.report(point=False).reference for _ in range(60)}
    client = browser(agent)
    first = client.get(f"/en/desk/?pile={pile}").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = client.get("/en/desk/" + following[1].replace("&amp;", "&")).content.decode()
    shown = SHOWN.findall(first) + SHOWN.findall(second)
    assert len(SHOWN.findall(first)) == 50
    assert sorted(shown) == sorted(made)
    assert 'rel="next"' not in second


def test_the_list_costs_at_most_ten_statements_however_long(agent: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = browser(agent)
    factories.report(point=False)
    client.get("/en/desk/")
    with django_assert_max_num_queries(10) as few:
        client.get("/en/desk/")
    for _ in range(59):
        factories.report(point=False)
    with django_assert_max_num_queries(10) as many:
        client.get("/en/desk/")
    assert len(few) == len(many)


@pytest.mark.parametrize(
    "query", ["?pile=nothing", "?after=x", "?after=1~2~3", "?pile=all&after=2026-01-01~2026-01-01~1"]
)
def test_a_wrong_word_in_the_address_gets_a_page_that_says_so(agent: User, query: str) -> None:
    assert browser(agent).get(f"/en/desk/{query}").status_code == 400


@pytest.mark.parametrize("written", ["{}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}-{0[6]}{0[7]}{0[8]}"])
def test_a_reference_finds_its_case_however_it_is_typed(agent: User, case: Case, written: str) -> None:
    found = browser(agent).get("/en/desk/", {"q": written.format(case.reference)})
    assert found["Location"] == f"/en/desk/cases/{case.reference}/"


def test_the_own_reference_of_a_body_finds_its_case(agent: User, case: Case) -> None:
    actions.give_body_reference(case, by=factories.on_desk(agent, case), reference="BO-12/26")
    assert browser(agent).get("/en/desk/", {"q": "bo-12/26"}).status_code == 302


def test_a_reference_of_another_body_finds_nothing(case: Case) -> None:
    stranger = browser(factories.officer("commune-ahfir"))
    page = stranger.get("/en/desk/", {"q": case.reference})
    assert page.status_code == 200
    assert "No case on your desk" in page.content.decode()
