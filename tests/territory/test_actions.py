import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from nafida.territory.actions import add_body, add_jurisdiction, change_body, override_day
from nafida.territory.models import Area, Body, BodyKind, Jurisdiction, Territory


def test_a_change_sets_what_it_names_and_nothing_else(commune: Body) -> None:
    changed = change_body(commune, email="bureau@example.org", phone="0536000000", by=None)
    assert (changed.email, changed.phone, changed.name_fr) == (
        "bureau@example.org",
        "0536000000",
        "Commune d’Aklim",
    )
    assert Body.objects.reachable().get() == commune


def test_a_wrong_address_is_refused(commune: Body) -> None:
    with pytest.raises(ValidationError, match="email"):
        change_body(commune, email="bureau", by=None)
    assert Body.objects.get(pk=commune.pk).email == ""


@pytest.mark.parametrize("field", ["code", "id", "colour", "delete"])
def test_what_is_no_field_to_change_is_refused(commune: Body, field: str) -> None:
    with pytest.raises(TypeError, match=field):
        change_body(commune, by=None, **{field: "x"})


def test_a_body_cannot_end_before_it_starts(commune: Body) -> None:
    with pytest.raises(ValidationError, match="ends_after_it_starts"):
        change_body(commune, valid_from=dt.date(2026, 2, 1), valid_to=dt.date(2026, 1, 31), by=None)


def test_an_officer_adds_a_local_authority_and_says_where_it_answers(province: Area) -> None:
    body = add_body(code="pachalik-1", kind=BodyKind.LOCAL_AUTHORITY, name_ar="باشوية", area=province, by=None)
    row = add_jurisdiction(body, quarters="City centre", valid_from=dt.date(2026, 1, 1), by=None)
    assert row in Jurisdiction.objects.on(dt.date(2026, 1, 1))
    assert row not in Jurisdiction.objects.on(dt.date(2025, 12, 31))
    assert not Jurisdiction.objects.drawn().exists()


def test_only_a_local_authority_has_a_jurisdiction(commune: Body) -> None:
    with pytest.raises(ValueError, match="no local authority"):
        add_jurisdiction(commune, quarters="All", by=None)


def test_a_bad_boundary_is_refused_and_nothing_stays(authority: Body) -> None:
    with pytest.raises(ValueError, match="boundary"):
        add_jurisdiction(authority, boundary={"type": "Point", "coordinates": [0, 0]}, by=None)
    assert not Jurisdiction.objects.exists()


def test_an_override_without_a_source_is_refused(province: Area) -> None:
    with pytest.raises(ValidationError, match="source"):
        override_day(dt.date(2026, 11, 20), is_working=False, names={}, source="", by=None)


def test_there_is_one_governorate(province: Area) -> None:
    with pytest.raises(IntegrityError):
        Body.objects.create(code="second", kind=BodyKind.GOVERNORATE, name="Second")


def test_there_is_one_territory(province: Area) -> None:
    with pytest.raises(IntegrityError):
        Territory.objects.create(id=2, province=province, pack="nafida.packs.ma")
