"""Who answers for this, here, today? On the real province."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from nafida.people.models import Role
from nafida.reports.actions import Place, competent_body
from nafida.services.check import find_gaps
from nafida.services.models import Responsibility, Service
from nafida.services.responsibility import Spot, who_answers
from nafida.territory.actions import redraw_places
from nafida.territory.calendars import start_of_day_utc
from nafida.territory.models import Area, Body, BodyKind, Jurisdiction
from tests.factories import AKLIM, body, coordinator, inside, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]

SRM_STARTS = date(2024, 11, 15)


def answerer(service: str, commune: str = AKLIM, on: date | None = None) -> str:
    at = start_of_day_utc(on) if on else timezone.now()
    place = Place.at(*inside(commune))
    return competent_body(Service.objects.get(code=service), place, at).body.code


def draw_authority(commune: str) -> Body:
    """A caïdat drawn over the whole of a commune."""
    area = Area.objects.get(code=commune)
    caid = Body.objects.create(
        code="caidat", kind=BodyKind.LOCAL_AUTHORITY, name="قيادة", superior=Body.objects.governorate()
    )
    Jurisdiction.objects.create(body=caid, boundary=area.boundary)
    redraw_places()
    return caid


def test_a_lamp_in_the_enclave_of_aklim_is_aklims_and_not_the_rural_communes_around():
    assert answerer("light-out") == "commune-aklim"


@pytest.mark.parametrize("service", ["waste-missed", "bin", "dump", "street-dirty"])
def test_waste_is_the_groups_of_communes(service: str):
    assert answerer(service) == "triffa"


@pytest.mark.parametrize("service", ["water-leak", "water-supply", "sewer", "manhole", "power-cable"])
def test_water_is_the_companys_from_its_first_day_and_not_before(service: str):
    assert answerer(service, on=SRM_STARTS) == "srm"
    assert answerer(service, on=SRM_STARTS - timedelta(days=1)) != "srm"


def test_a_rural_track_is_the_provincial_councils():
    found = Body.objects.get(code=answerer("rural-track"))
    assert found.kind == BodyKind.PROVINCIAL_COUNCIL


def test_noise_is_the_governorates_until_an_authority_is_drawn_and_then_that_authoritys():
    assert answerer("noise") == "governorate"
    draw_authority(AKLIM)
    assert answerer("noise") == "caidat"
    assert answerer("noise", "02.113.01.01") == "governorate"


def test_the_rule_of_the_smallest_area_comes_first_and_a_rule_of_elsewhere_never():
    service = Service.objects.get(code="light-out")
    aklim = Area.objects.get(code=AKLIM)
    Responsibility.objects.create(service=service, area=aklim, body=Body.objects.get(code="triffa"), rank=0)
    redraw_places()
    assert answerer("light-out") == "triffa"
    assert answerer("light-out", "02.113.01.01") != "triffa"
    elsewhere = next(pairs for found, pairs in find_gaps(timezone.localdate()).unreachable if found.code == "triffa")
    assert elsewhere == 16 * 4 + 1


def test_where_no_rule_holds_the_governorate_stands_in_and_is_said_to():
    Responsibility.objects.all().delete()
    redraw_places()
    spot = Spot.in_commune(Area.objects.get(code=AKLIM))
    found = who_answers(Service.objects.get(code="light-out").pk, spot, timezone.localdate())
    assert (found.body.code, found.stands_in) == ("governorate", True)
    assert len(find_gaps(timezone.localdate()).nobody) > 400


def test_the_check_names_only_what_waits_for_an_authority_and_then_no_more_where_one_is_drawn():
    waiting = {(service.code, area.code) for service, area in find_gaps(timezone.localdate()).nobody}
    assert ("noise", AKLIM) in waiting
    draw_authority(AKLIM)
    still = {(service.code, area.code) for service, area in find_gaps(timezone.localdate()).nobody}
    assert waiting - still == {(code, area) for code, area in waiting if area == AKLIM}


def unreachable() -> set[str]:
    return {found.code for found, _pairs in find_gaps(timezone.localdate()).unreachable}


def test_a_body_is_reached_by_its_address_or_by_who_handles_cases_there():
    assert {"commune-aklim", "governorate", "srm", "triffa"} <= unreachable()
    body("srm", email="srm@example.org")
    officer("commune-aklim")
    officer("triffa", Role.ADMINISTRATOR)
    coordinator()
    assert unreachable() & {"commune-aklim", "governorate", "srm", "triffa"} == {"triffa"}


def test_the_command_ends_with_an_error_while_anything_is_missing(capsys):
    with pytest.raises(SystemExit):
        call_command("check_responsibilities")
    assert "cannot be reached: srm" in capsys.readouterr().out
