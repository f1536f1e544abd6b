"""The list of cases: what is in it, in which order, and at what cost."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.deadlines import note_due
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
    note_due(case)


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
    assert listed(agent, "?state=answered&pile=all") == [answered.reference]
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
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    "query",
    [
        "?pile=nothing",
        "?after=x",
        "?after=1~2~3",
        "?after=0~2026-01-01~1",
        "?service=x",
        "?officer=x",
        "?from=1",
        "?q=a&q=b",
    ],
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
    assert "Nothing on your desk" in page.content.decode()


def test_urgent_ones_come_before_all_others(agent: User) -> None:
    late, urgent = factories.report("pavement"), factories.report("pavement", urgent=True)
    make_late(late)
    assert listed(agent) == [urgent.reference, late.reference]


def test_the_list_can_be_read_by_receipt(agent: User) -> None:
    old = factories.report("light-out", at=factories.days_ago(3))
    new = factories.report("pavement")
    assert listed(agent, "?order=newest") == [new.reference, old.reference]
    assert listed(agent, "?order=oldest") == [old.reference, new.reference]


def test_mine_and_nobodys_and_soon_and_unseen_are_piles_of_their_own(agent: User) -> None:
    mine, other = factories.report(), factories.report("pavement", at=factories.days_ago(1))
    actions.assign_case(mine, by=factories.on_desk(agent, mine), to=agent)
    Case.objects.filter(pk=other.pk).update(next_due_at=timezone.now() + timedelta(hours=1))
    assert listed(agent, "?pile=mine") == [mine.reference]
    assert listed(agent, "?pile=unassigned") == [other.reference]
    assert listed(agent, "?pile=soon") == [other.reference]
    actions.show_words(other, by=factories.on_desk(agent, other))
    assert listed(agent, "?pile=to_see") == [mine.reference]


def test_each_tab_tells_how_many_lie_there(agent: User) -> None:
    for case in (factories.report(), factories.report(), factories.report()):
        actions.assign_case(case, by=factories.on_desk(agent, case), to=agent)
    factories.report()
    told = re.sub(r"\s+", " ", browser(agent).get("/en/desk/").content.decode())
    assert 'Mine <bdi class="count">3</bdi>' in told
    assert 'To do <bdi class="count">4</bdi>' in told


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("service=pavement", "pavement"),
        ("urgent=1", "urgent"),
        ("channel=phone", "phone"),
        ("officer=nobody&service=pavement", "pavement"),
        ("from=2000-01-01&to=2000-01-02", None),
        ("state=in_hand", None),
        ("body=commune-ahfir", None),
        ("commune=02.113.01.01", None),
    ],
)
def test_a_filter_in_the_address_lets_through_its_own(agent: User, query: str, finds: str | None) -> None:
    made = {
        "pavement": factories.report("pavement"),
        "urgent": factories.report(urgent=True),
        "phone": factories.report(channel="phone"),
    }
    assert listed(agent, f"?{query}") == ([made[finds].reference] if finds else [])


def test_a_filter_that_holds_is_a_chip_that_takes_it_away(agent: User, case: Case) -> None:
    told = browser(agent).get("/en/desk/?pile=late&service=pavement&urgent=1&order=newest").content.decode()
    assert 'class="chip" href="?pile=late&amp;order=newest&amp;urgent=1"' in told
    assert 'class="chip" href="?pile=late&amp;order=newest&amp;service=pavement"' in told


def test_pages_go_on_from_what_runs_to_what_stands_still(agent: User) -> None:
    made = [factories.report(point=False) for _ in range(52)]
    for case in made[:30]:
        actions.ask_citizen(case, by=factories.on_desk(agent, case), text="Which side?")
    first = browser(agent).get("/en/desk/").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    rest = SHOWN.findall(browser(agent).get("/en/desk/" + following[1].replace("&amp;", "&")).content.decode())
    shown = SHOWN.findall(first)
    assert set(shown[:22]) == {case.reference for case in made[30:]}
    assert sorted(shown + rest) == sorted(case.reference for case in made)


def test_the_places_of_a_page_are_told_for_a_map(agent: User, case: Case) -> None:
    told = browser(agent).get("/en/desk/").content.decode()
    points = json.loads(told.split('id="points" type="application/json">')[1].split("</script>")[0])
    assert [point["key"] for point in points] == [case.reference]
    assert abs(points[0]["lat"] - case.report.lat) < 1e-9
