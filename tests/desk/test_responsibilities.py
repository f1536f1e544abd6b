"""Who answers for what where, as an administrator sets it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nafida.people.models import Role, Trace
from nafida.services.check import find_overlaps
from nafida.services.models import Responsibility
from tests import factories
from tests.desk.conftest import browser
from tests.factories import AKLIM

PAGE = "/en/desk/responsibilities/"
TOMORROW = timezone.localdate() + timedelta(days=1)
RULE = {"service": "light-out", "area": AKLIM, "who": "provincial-council", "rank": "1", "source": "decision 3"}


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


def answers(client: Client, day: Any = "") -> str:
    """Who the page says would answer for a dark street in Aklim."""
    page = client.get(PAGE, {"service": "light-out", "commune": AKLIM, "day": day})
    return str(page.context["answer"].body.code)


def council() -> str:
    return str(factories.Body.objects.get(kind="provincial_council").code)


def test_a_rule_holds_from_its_first_day_and_the_page_says_who_would_answer(client: Client) -> None:
    assert client.post(PAGE, {**RULE, "who": council(), "valid_from": TOMORROW}).status_code == 302
    assert (answers(client), answers(client, TOMORROW)) == ("commune-aklim", council())
    assert Trace.objects.get(what="setting_changed").facts["table"] == "services.responsibility"


def test_a_new_case_goes_where_the_rule_says_at_once(client: Client) -> None:
    client.post(PAGE, {**RULE, "who": council()})
    assert factories.report().body.code == council()


def test_a_rule_is_ended_and_stays_to_be_read(client: Client) -> None:
    client.post(PAGE, {**RULE, "who": council()})
    rule = Responsibility.objects.latest("pk")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert client.post(f"{PAGE}{rule.pk}/", {"rank": "1", "valid_to": yesterday}).status_code == 302
    assert answers(client) == "commune-aklim"
    assert Responsibility.objects.get(pk=rule.pk).valid_to == yesterday
    assert "Not today" in client.get(PAGE, {"of": "light-out"}).content.decode()


def test_two_rules_for_the_same_days_are_shown_as_an_overlap(client: Client) -> None:
    client.post(PAGE, {**RULE, "who": council()})
    client.post(PAGE, {**RULE, "who": "kind:commune"})
    assert len(find_overlaps()) == 1
    assert "Two rules at once" in client.get(PAGE).content.decode()


def test_the_rules_of_the_pack_do_not_overlap(client: Client) -> None:
    assert find_overlaps() == []


@pytest.mark.parametrize(
    "said",
    [
        {"who": "nobody"},
        {"service": "x"},
        {"area": "x"},
        {"rank": "0"},
        {"valid_from": "2030-01-02", "valid_to": "2030-01-01"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(client: Client, said: dict[str, str]) -> None:
    before = Responsibility.objects.count()
    assert client.post(PAGE, {**RULE, "who": council(), **said}).status_code == 422
    assert Responsibility.objects.count() == before


def test_the_same_rule_is_not_entered_twice(client: Client) -> None:
    client.post(PAGE, {**RULE, "who": council()})
    assert "exists already" in client.post(PAGE, {**RULE, "who": council()}).content.decode()


@pytest.mark.parametrize(
    "asked", [{"service": "x", "commune": "y"}, {"service": "light-out", "commune": "", "day": "no"}, {"of": "\0"}]
)
def test_a_question_that_cannot_be_answered_is_no_failure(client: Client, asked: dict[str, str]) -> None:
    assert client.get(PAGE, asked).status_code == 200
