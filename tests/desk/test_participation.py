"""Which communes take part, as the coordinator sets it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nafida.people.models import Role, Trace
from nafida.territory.models import Area, Participation
from tests import factories
from tests.desk.conftest import browser
from tests.factories import AKLIM

PAGE = f"/en/desk/communes/{AKLIM}/"


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.coordinator())


def test_a_commune_stands_back_with_its_number_and_words(client: Client) -> None:
    told = {"taking": "not_yet", "phone": "0536 61 00 00", "words_ar": "قريبا", "words_fr": "Bientôt"}
    assert client.post(PAGE, told).status_code == 302
    row = Participation.objects.get()
    assert (row.area.code, row.starts_on, row.phone, row.words_fr) == (AKLIM, None, "0536 61 00 00", "Bientôt")
    assert Trace.objects.get(what="setting_changed").facts["changes"]["phone"] == ["", "0536 61 00 00"]


def test_without_a_number_a_commune_cannot_stand_back(client: Client) -> None:
    answer = client.post(PAGE, {"taking": "not_yet", "phone": ""})
    assert answer.status_code == 422
    assert "Give a number" in answer.content.decode()
    assert not Participation.objects.exists()


@pytest.mark.parametrize("day", ["", "2020-01-01", "nonsense"])
def test_a_first_day_must_be_one_to_come(client: Client, day: str) -> None:
    assert client.post(PAGE, {"taking": "later", "phone": "05", "starts_on": day}).status_code == 422


def test_a_commune_that_stood_back_is_let_in_today(client: Client) -> None:
    client.post(PAGE, {"taking": "later", "phone": "05", "starts_on": timezone.localdate() + timedelta(days=9)})
    assert "Takes part" in client.get("/en/desk/communes/").content.decode()
    assert client.post(PAGE, {"taking": "now", "phone": "05"}).status_code == 302
    assert Participation.objects.get().starts_on == timezone.localdate()


@pytest.mark.parametrize("code", ["02.113", "nonsense", "%00"])
def test_what_is_no_commune_cannot_be_set(client: Client, code: str) -> None:
    assert client.get(f"/en/desk/communes/{code}/").status_code == 404


def test_an_agent_sets_no_commune(berkane: None) -> None:
    assert browser(factories.officer()).post(PAGE, {"taking": "not_yet", "phone": "05"}).status_code == 403


def test_the_page_of_changes_says_who_changed_what(client: Client) -> None:
    client.post(PAGE, {"taking": "not_yet", "phone": "0536 61 00 00"})
    page = browser(factories.officer("governorate", Role.ADMINISTRATOR)).get("/en/desk/settings/changes/")
    assert "0536 61 00 00" in page.content.decode()
    assert Area.objects.get(code=AKLIM).participation.phone in page.content.decode()
