"""The pack's catalogue laid down, and laid down again over what a desk has decided."""

from datetime import date

import pytest
from django.core.management import call_command

from nafida.services.models import Choice, Question, Responsibility, Service, ServiceGroup
from nafida.services.seed import seed_services
from nafida.territory.models import Area, Body

pytestmark = pytest.mark.django_db

TABLES = [ServiceGroup, Service, Question, Choice, Responsibility]


def seed_again() -> None:
    seed_services(Area.objects.province())


def counted() -> list[int]:
    return [table.objects.count() for table in TABLES]


def test_there_are_thirty_five_services_in_nine_groups(berkane):
    assert counted()[:2] == [9, 35]
    assert not Service.objects.filter(group__services=None).exists()


@pytest.mark.parametrize("field", ["name_ar", "name_fr", "name_en", "hint_ar", "hint_fr"])
def test_every_service_is_named_and_explained_in_every_language(berkane, field: str):
    assert not Service.objects.filter(**{field: ""}).exists()
    assert not Service.objects.filter(**{field: None}).exists()


def test_seeding_again_changes_nothing(berkane):
    before = counted()
    seed_again()
    assert counted() == before


def test_what_a_desk_has_edited_stays(berkane):
    Service.objects.filter(code="light-out").update(name_ar="اسم آخر", working_days=9, active=False)
    ServiceGroup.objects.filter(code="coast").update(local=False)
    seed_again()
    service = Service.objects.get(code="light-out")
    assert (service.name_ar, service.working_days, service.active) == ("اسم آخر", 9, False)
    assert not ServiceGroup.objects.get(code="coast").local


def test_a_desk_that_gave_waste_to_somebody_else_is_not_overruled_at_the_next_start(berkane):
    rows = Responsibility.objects.filter(service__code="bin", area=Area.objects.province())
    rows.update(body=Body.objects.get(code="srm"))
    seed_again()
    assert [row.body.code for row in rows] == ["srm"]


def test_a_responsibility_that_ended_and_began_again_does_not_stop_the_next_start(berkane):
    province, triffa = Area.objects.province(), Body.objects.get(code="triffa")
    service = Service.objects.get(code="bin")
    Responsibility.objects.filter(service=service, area=province).update(valid_to=date(2026, 1, 1))
    Responsibility.objects.create(service=service, area=province, body=triffa, valid_from=date(2027, 1, 1))
    seed_again()
    assert Responsibility.objects.filter(service=service, area=province).count() == 2


def test_the_beach_is_offered_in_saidia_only(berkane):
    beach = Service.objects.filter(group__code="coast").first()
    offering = [area.name_fr for area in Area.objects.communes() if beach in Service.objects.offered_in(area.pk)]
    assert offering == ["Saidia"]


def test_in_a_province_without_that_beach_it_is_offered_nowhere_and_all_else_is_everywhere():
    call_command("setup_province", province="04.421", verbosity=0)
    for commune in Area.objects.communes():
        groups = set(Service.objects.offered_in(commune.pk).values_list("group__code", flat=True))
        assert "coast" not in groups
        assert len(groups) == 8
