import datetime as dt

import pytest

from nafida.territory.actions import change_body
from nafida.territory.locate import locate
from nafida.territory.models import Area, AreaKind, Body, BodyKind, Territory
from nafida.territory.names import UnknownProvince
from nafida.territory.seed import OtherProvince, seed_territory
from nafida.territory.shapes import shape_of

pytestmark = pytest.mark.django_db


def test_the_province_gets_its_areas_with_their_parents(province: Area) -> None:
    assert province.parent is not None
    assert province.parent.name_fr == "Oriental"
    aklim = Area.objects.get(code="02.113.01.07")
    zegzel = Area.objects.get(code="02.113.05.19")
    assert (aklim.kind, aklim.urban, aklim.parent_id, aklim.population) == (
        "commune",
        True,
        province.pk,
        8630,
    )
    assert zegzel.parent is not None
    assert (zegzel.parent.kind, zegzel.parent.name_ar) == ("cercle", "أكليم")


def test_the_province_gets_its_bodies(province: Area) -> None:
    kinds = Body.objects.exclude(kind=BodyKind.COMMUNE).values_list("code", "kind")
    assert dict(kinds) == {
        "governorate": "governorate",
        "provincial-council": "provincial_council",
        "triffa": "intercommunal",
        "srm": "company",
        "equipment": "state_directorate",
        "civil-protection": "call_only",
        "police": "call_only",
        "gendarmerie": "call_only",
    }
    assert Body.objects.of_kind(BodyKind.COMMUNE).count() == 16
    assert set(Body.objects.to_call().values_list("phone", flat=True)) == {"15", "19", "177"}


def test_bodies_are_named_in_three_languages_and_look_up_to_the_governorate(province: Area) -> None:
    governorate = Body.objects.governorate()
    assert (governorate.name_ar, governorate.superior) == ("عمالة إقليم بركان", None)
    aklim = Body.objects.get(code="commune-aklim")
    assert (aklim.name_ar, aklim.name_fr, aklim.name_en) == (
        "جماعة أكليم",
        "Commune d’Aklim",
        "Commune of Aklim",
    )
    assert aklim.superior == governorate
    assert Body.objects.commune_of(Area.objects.get(code="02.113.01.07")) == aklim


def test_the_company_serves_the_region_from_the_day_it_took_over(province: Area) -> None:
    company = Body.objects.get(code="srm")
    assert company.area == province.parent
    assert company not in Body.objects.on(dt.date(2024, 11, 14))
    assert company in Body.objects.on(dt.date(2024, 11, 15))


def test_no_body_can_be_reached_until_somebody_says_how(province: Area) -> None:
    assert not Body.objects.reachable().exists()
    assert Body.objects.unreachable().count() == 16 + 5


def test_seeding_again_changes_nothing(province: Area) -> None:
    before = list(Area.objects.values()), list(Body.objects.values()), Territory.objects.values().get()
    assert seed_territory("بركان") == province
    assert (
        list(Area.objects.values()),
        list(Body.objects.values()),
        Territory.objects.values().get(),
    ) == before


def test_what_the_desk_changed_stays_when_seeded_again(province: Area) -> None:
    body = change_body(Body.objects.get(code="equipment"), by=None, name_fr="Équipement", email="dpe@example.org")
    renamed = Body.objects.get(code="commune-aklim")
    change_body(renamed, by=None, name_ar="جماعة أكليم الحضرية")
    seed_territory("02.113")
    body.refresh_from_db()
    renamed.refresh_from_db()
    assert (body.name_fr, body.email) == ("Équipement", "dpe@example.org")
    assert renamed.name_ar == "جماعة أكليم الحضرية"


def test_what_is_missing_comes_back_and_names_of_areas_follow_the_pack(province: Area) -> None:
    Body.objects.filter(code="triffa").delete()
    Area.objects.filter(code="02.113.01.07").update(name_fr="Aqlim", boundary=None)
    stamp = Territory.objects.get().places
    seed_territory("02.113")
    aklim = Area.objects.get(code="02.113.01.07")
    assert aklim.name_fr == "Aklim"
    assert aklim.boundary is not None
    assert Body.objects.filter(code="triffa").exists()
    assert Territory.objects.get().places != stamp


def test_another_province_is_refused_with_a_sentence(province: Area) -> None:
    with pytest.raises(OtherProvince, match=r"serves Berkane \(02\.113\), not Nador \(02\.381\)"):
        seed_territory("Nador")
    assert Area.objects.filter(kind=AreaKind.PROVINCE).get() == province


def test_a_misspelt_province_makes_nothing() -> None:
    with pytest.raises(UnknownProvince, match="Berkane"):
        seed_territory("Berkan")
    assert not Area.objects.exists()
    assert not Territory.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code", "communes", "governorate"),
    [
        ("عمالة مكناس", "03.061", 21, "عمالة مكناس"),
        ("Aousserd", "12.066", 6, "عمالة إقليم أوسرد"),
        ("Casablanca", "06.141", 2, "عمالة الدار البيضاء"),
    ],
)
def test_any_other_province_starts_the_same_way(typed: str, code: str, communes: int, governorate: str) -> None:
    province = seed_territory(typed)
    found = Area.objects.communes()
    assert (province.code, found.count()) == (code, communes)
    assert Body.objects.of_kind(BodyKind.COMMUNE).count() == communes
    assert Body.objects.governorate().name_ar == governorate
    assert not Body.objects.of_kind(BodyKind.INTERCOMMUNAL).exists()
    for commune in found:
        middle = shape_of(commune.boundary).representative_point()
        assert locate(middle.x, middle.y) is not None
