"""A new case on behalf of somebody: the citizen's own form in an officer's hand, and a paper to take home."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from nafida.cases.models import Case
from nafida.people.models import Role, User
from tests import factories
from tests.desk.conftest import browser

FORM = "/en/desk/new/pavement/"


def said(**other: Any) -> dict[str, Any]:
    told = {"form_key": str(uuid4()), "commune": factories.AKLIM, "place": "قرب السوق", "channel": "counter"}
    return {**told, "language": "ar", **other}


def test_it_is_filed_with_its_channel_and_its_officer_and_without_any_contact(agent: User) -> None:
    answer = browser(agent).post(FORM, said())
    case = Case.objects.get()
    assert answer["Location"] == f"/en/desk/new/{case.reference}/receipt/"
    assert (case.channel, case.language, case.filed_by_body) == ("counter", "ar", None)
    assert (case.events.get().by, case.events.get().facts["as"]) == (agent, "officer")


def test_what_an_officer_finds_on_the_own_round_counts_as_filed_by_the_own_body(agent: User) -> None:
    browser(agent).post(FORM, said(channel="field"))
    assert Case.objects.get().filed_by_body == agent.memberships.get().body


def test_the_receipt_is_in_the_language_of_the_citizen_with_all_they_need(agent: User) -> None:
    client = browser(agent)
    told = client.post(FORM, said(), follow=True).content.decode()
    case = Case.objects.get()
    assert '<html lang="ar" dir="rtl">' in told
    for words in (case.shown_reference, case.pin, case.private_key, "<svg", case.service.name_ar):
        assert words in told
    assert "style=" not in told


def test_nobody_but_the_filer_prints_the_receipt_and_not_after_a_day(agent: User) -> None:
    browser(agent).post(FORM, said())
    receipt = f"/en/desk/new/{Case.objects.get().reference}/receipt/"
    colleague = factories.officer()
    assert browser(colleague).get(receipt).status_code == 404
    Case.objects.update(received_at=timezone.now() - timedelta(days=1, hours=1))
    assert browser(agent).get(receipt).status_code == 404


def test_a_form_with_something_missing_comes_back_and_a_second_tap_files_nothing(agent: User) -> None:
    client, whole = browser(agent), said()
    assert client.post(FORM, {**whole, "place": ""}).status_code == 422
    assert {client.post(FORM, whole).status_code for _ in range(2)} == {302}
    assert Case.objects.count() == 1


@pytest.mark.parametrize("url", ["/en/desk/new/", FORM, "/en/desk/new/123456789/receipt/"])
def test_an_administrator_who_is_no_officer_files_nothing(berkane: None, url: str) -> None:
    assert browser(factories.officer("governorate", Role.ADMINISTRATOR)).get(url).status_code == 403


def test_the_list_of_subjects_leads_to_the_form(agent: User) -> None:
    assert FORM in browser(agent).get("/en/desk/new/").content.decode()
    assert browser(agent).get(FORM).status_code == 200
