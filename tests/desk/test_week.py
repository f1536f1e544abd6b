"""The working week, as a coordinator sets it on the desk."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nafida.cases.models import Case
from nafida.people.models import Trace
from nafida.territory.models import WorkingWeek
from tests import factories
from tests.desk.conftest import browser

PAGE = "/en/desk/days/week/"
SOURCE = "Decision 12 of 2 January 2030"
FIVE = "monday tuesday wednesday thursday friday"


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.coordinator())


def set_week(client: Client, starts_on: date, weekdays: str) -> int:
    said = {"starts_on": starts_on.isoformat(), "weekdays": list(weekdays), "source": SOURCE}
    return client.post(PAGE, said).status_code


def due(case: Case) -> date:
    return timezone.localtime(case.deadlines.citizens().get().due_at).date()


def test_a_shorter_week_moves_running_time_limits_and_taking_it_back_moves_them_back(
    client: Client, case: Case, work: Callable[..., list[str]]
) -> None:
    before = due(case)
    assert set_week(client, timezone.localdate(), "0123") == 302
    work()
    assert due(case) > before
    assert case.events.filter(what="recomputed").exists()
    client.post(f"{PAGE}{timezone.localdate().isoformat()}/drop/")
    work()
    assert due(case) == before


def test_a_week_that_begins_after_a_limit_leaves_it_alone(
    client: Client, case: Case, work: Callable[..., list[str]]
) -> None:
    before = due(case)
    set_week(client, before + timedelta(days=1), "01")
    work()
    assert due(case) == before
    assert not case.events.filter(what="recomputed").exists()


def test_the_trail_says_which_week_went_before(client: Client) -> None:
    set_week(client, date(2030, 1, 7), "012345")
    set_week(client, date(2030, 6, 3), "0123")
    told = [line.facts["changes"] for line in Trace.objects.filter(what="setting_changed").order_by("pk")]
    assert told[0]["weekdays"] == [FIVE, FIVE + " saturday"]
    assert told[1]["weekdays"] == [FIVE + " saturday", "monday tuesday wednesday thursday"]
    assert told[1]["starts_on"] == [None, "2030-06-03"]


def test_a_week_taken_back_is_traced(client: Client) -> None:
    set_week(client, date(2030, 1, 7), "012345")
    assert client.post(f"{PAGE}2030-01-07/drop/").status_code == 302
    told = Trace.objects.filter(what="setting_changed").latest("pk").facts["changes"]
    assert told == {"starts_on": ["2030-01-07", None], "weekdays": [FIVE + " saturday", FIVE]}


@pytest.mark.parametrize(("weekdays", "words"), [("", "required"), ("7", "Select a valid choice")])
def test_a_week_without_work_or_with_a_strange_day_is_refused(client: Client, weekdays: str, words: str) -> None:
    said = {"starts_on": "2030-01-07", "weekdays": list(weekdays), "source": SOURCE}
    answer = client.post(PAGE, said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WorkingWeek.objects.exists()


@pytest.mark.parametrize("day", ["nonsense", "2030-05-02"])
def test_a_week_that_was_never_entered_cannot_be_taken_back(client: Client, day: str) -> None:
    assert client.post(f"{PAGE}{day}/drop/").status_code == 404


def test_the_page_says_which_week_holds_today(client: Client) -> None:
    def holding() -> list[bool]:
        return [week["holds"] for week in client.get(PAGE).context["weeks"]]

    assert holding() == [True]
    set_week(client, timezone.localdate(), "0123")
    set_week(client, timezone.localdate() + timedelta(days=9), "01234")
    assert holding() == [False, True, False]
