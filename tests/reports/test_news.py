"""What the phone is told of the reports that it remembers."""

import json
from typing import Any

import pytest
from django.test import Client

from nafida.cases.actions import ask_citizen, assign_case, plan_works
from nafida.cases.models import Case
from nafida.reports.news import MOST
from nafida.ui.moments import local
from tests import citizens, factories

ADDRESS = "/fr/report/mine/news/"


def asked(client: Client, *claims: str) -> list[dict[str, Any]]:
    answer = client.post(ADDRESS, {"case": list(claims)})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    found: list[dict[str, Any]] = json.loads(answer.content)["reports"]
    return found


def claim(case: Case) -> str:
    return f"{case.reference}:{case.private_key}"


def test_a_phone_hears_of_its_reports_by_their_keys(client: Client, berkane: None) -> None:
    first, second = factories.report("noise"), factories.report()
    told = asked(client, claim(first), claim(second))
    assert [row["reference"] for row in told] == [first.reference, second.reference]
    assert told[0]["url"] == citizens.mine(first)
    assert told[0]["title"] == f"{first.service.name_fr}, Aklim"


def test_a_wrong_key_opens_nothing_and_a_private_case_has_no_public_news(client: Client, berkane: None) -> None:
    case = factories.report()
    wrong = f"{case.reference}:{'0' * 32}"
    assert asked(client, wrong, "nonsense", "", ":", "\x00:é", "1" * 500, factories.report("noise").reference) == []


def test_a_report_that_is_followed_has_the_news_of_its_public_page(client: Client, berkane: None) -> None:
    case = factories.report()
    ask_citizen(case, by=factories.on_desk(factories.officer(), case), text="Où ?")
    (told,) = asked(client, case.reference)
    assert (told["url"], told["words"]) == (citizens.public(case), "Reçu")


def test_what_concerns_the_reporter_changes_the_mark_and_what_does_not_leaves_it(client: Client, berkane: None) -> None:
    case = factories.report()
    agent = factories.on_desk(factories.officer(), case)
    marks = [asked(client, claim(case))[0]["mark"]]
    assign_case(case, by=agent, to=agent.user)
    marks.append(asked(client, claim(case))[0]["mark"])
    plan_works(case, by=agent, day=local(factories.days_ago(-9)).date())
    marks.append(asked(client, claim(case))[0]["mark"])
    ask_citizen(case, by=agent, text="Où ?")
    marks.append(asked(client, claim(case))[0]["mark"])
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3
    assert asked(client, claim(case))[0]["words"] == "Une question vous est posée"


def test_news_cost_one_statement_however_many(client: Client, berkane: None, django_assert_num_queries: Any) -> None:
    claims = [claim(factories.report()) for _ in range(4)]
    asked(client, *claims)
    with django_assert_num_queries(1):
        asked(client, *claims)


def test_more_than_fifty_are_not_asked_for(client: Client, berkane: None) -> None:
    case = factories.report()
    assert asked(client, *["x"] * MOST, claim(case)) == []


@pytest.mark.parametrize("data", [b"", b"\x00" * 99, b"{}"])
def test_no_question_breaks_the_news(client: Client, berkane: None, data: bytes) -> None:
    assert client.generic("POST", ADDRESS, data, "application/x-www-form-urlencoded").status_code == 200


def test_the_news_are_never_asked_for_in_an_address(client: Client, berkane: None) -> None:
    assert client.get(ADDRESS, {"case": claim(factories.report())}).status_code == 405


def test_a_case_that_is_held_has_no_public_news_and_its_receipt_shares_no_page(client: Client, berkane: None) -> None:
    case = factories.report(held=True)
    assert asked(client, case.reference) == []
    assert asked(client, claim(case))
    receipt = client.get(f"/fr/report/receipt/{case.reference}/{case.private_key}/").content.decode()
    assert "data-share-url" not in receipt
