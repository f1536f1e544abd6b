"""Notices to citizens: given on the desk, read on the home page and the page of the commune, for some days."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nafida.people.models import Role, Trace
from nafida.territory.models import Area, Notice
from tests import factories
from tests.desk.conftest import browser
from tests.factories import AKLIM

NEW = "/en/desk/notices/new/"


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


def day(shift: int) -> date:
    return timezone.localdate() + timedelta(days=shift)


def told(**said: Any) -> dict[str, Any]:
    words = {"words_ar": "انقطاع الماء", "words_fr": "Coupure d’eau <b>"}
    return {**words, "area": "", "starts_on": day(0), "ends_on": day(2), **said}


def reads(address: str, words: str = "Coupure d’eau &lt;b&gt;") -> bool:
    return words in Client().get(address).content.decode()


def test_a_notice_is_read_by_everybody_in_their_language(client: Client) -> None:
    assert not reads("/fr/")
    assert client.post(NEW, told()).status_code == 302
    assert reads("/fr/")
    assert reads("/ar/", "انقطاع الماء")
    assert reads(f"/fr/communes/{AKLIM}/")
    assert Trace.objects.get(what="setting_changed").facts["changes"]["words_ar"] == ["", "انقطاع الماء"]


def test_a_commune_reads_its_own_notices_and_no_others(client: Client) -> None:
    client.post(NEW, told(area=Area.objects.get(code=AKLIM).pk))
    other = Area.objects.communes().exclude(code=AKLIM)[0].code
    assert reads(f"/fr/communes/{AKLIM}/")
    assert not reads(f"/fr/communes/{other}/")
    assert reads("/fr/")


@pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 2)])
def test_before_its_first_day_and_after_its_last_nobody_reads_it(client: Client, first: int, last: int) -> None:
    client.post(NEW, told(starts_on=day(first), ends_on=day(last)))
    assert Notice.objects.count() == 1
    assert not reads("/fr/")


def test_a_notice_is_taken_back_at_once(client: Client) -> None:
    client.post(NEW, told())
    page = f"/en/desk/notices/{Notice.objects.get().pk}/"
    assert client.post(page, told(ends_on=day(-1))).status_code == 302
    assert not reads("/fr/")
    assert "Coupure" in client.get("/fr/desk/notices/").content.decode()


@pytest.mark.parametrize("wrong", [{"words_ar": ""}, {"words_fr": "x" * 401}, {"ends_on": ""}, {"area": "9999"}])
def test_what_is_wrong_with_a_notice_is_said(client: Client, wrong: dict[str, Any]) -> None:
    assert client.post(NEW, told(**wrong)).status_code == 422
    assert not Notice.objects.exists()
