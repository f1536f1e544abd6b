"""A report for a commune that does not take part yet."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nafida.cases.models import Case
from nafida.reports.taking_part import NotTakingPart
from nafida.territory.actions import set_participation
from nafida.territory.models import Area
from tests import factories
from tests.factories import AKLIM

PHONE = "0536 61 00 00"


@pytest.fixture
def absent(berkane: None) -> Area:
    area = Area.objects.get(code=AKLIM)
    set_participation(area, by=None, starts_on=None, phone=PHONE, words_fr="Bientôt chez vous.")
    return area


def send(**said: Any) -> Any:
    told = {"commune": AKLIM, "place": "près de la mosquée", "form_key": str(uuid.uuid4()), **said}
    return Client(headers={"origin": "http://localhost:8000"}).post("/fr/report/light-out/", told)


def test_a_citizen_reads_whom_to_call_and_nothing_is_filed(absent: Area) -> None:
    answer = send()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="tel:{PHONE}"' in page
    assert "Bientôt chez vous." in page
    assert not Case.objects.exists()


def test_a_position_in_that_commune_is_answered_alike(absent: Area) -> None:
    lon, lat = factories.inside(AKLIM)
    assert PHONE in send(commune="", place="", position=f"{lat}, {lon}").content.decode()
    assert not Case.objects.exists()


def test_the_other_communes_file_as_ever(absent: Area) -> None:
    assert send(commune="02.113.01.25").status_code == 303
    assert Case.objects.count() == 1


def test_the_action_itself_refuses_whoever_files(absent: Area) -> None:
    with pytest.raises(NotTakingPart):
        factories.report(commune=AKLIM)
    assert not Case.objects.exists()


def test_from_its_first_day_on_reports_are_filed(absent: Area) -> None:
    set_participation(absent, by=None, starts_on=timezone.localdate() - timedelta(days=1))
    assert send().status_code == 303


def test_what_comes_from_another_register_is_taken_over_all_the_same(absent: Area) -> None:
    assert factories.report(commune=AKLIM, source="register").area_id == absent.pk


def test_public_pages_say_so(absent: Area) -> None:
    assert PHONE in Client().get(f"/fr/communes/{AKLIM}/").content.decode()
    assert "pas encore disponible" in Client().get("/fr/").content.decode()
