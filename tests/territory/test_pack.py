from nafida.packs.areas import AreaRow
from nafida.packs.pack import Pack, load_pack
from nafida.territory.shapes import shape_of

from .conftest import PROVINCE, rows_of

COMMUNES = {
    "02.113.01.01": "Ahfir",
    "02.113.01.05": "Ain Erreggada",
    "02.113.01.07": "Aklim",
    "02.113.01.09": "Berkane",
    "02.113.01.25": "Saidia",
    "02.113.01.29": "Sidi Slimane Echcharaa",
    "02.113.03.01": "Aghbal",
    "02.113.03.07": "Fezouane",
    "02.113.03.09": "Laatamna",
    "02.113.03.11": "Madagh",
    "02.113.05.03": "Boughriba",
    "02.113.05.05": "Chouihia",
    "02.113.05.13": "Rislane",
    "02.113.05.15": "Sidi Bouhria",
    "02.113.05.17": "Tafoughalt",
    "02.113.05.19": "Zegzel",
}


def communes(rows: list[AreaRow]) -> list[AreaRow]:
    return [row for row in rows if row.kind == "commune"]


def test_the_province_has_its_sixteen_communes_and_one_centre() -> None:
    rows = rows_of(PROVINCE)
    assert {row.code: row.names["fr"] for row in communes(rows)} == COMMUNES
    assert [row.names["fr"] for row in rows if row.kind == "centre"] == ["Madagh (Centre)"]
    assert sum(row.population or 0 for row in communes(rows)) == 284_061


def test_every_commune_of_the_country_has_a_boundary(pack: Pack) -> None:
    provinces = pack.source.provinces()
    every = [commune for province in provinces for commune in communes(rows_of(province.code))]
    assert (len(provinces), len(every)) == (75, 1503)
    assert [commune.names["fr"] for commune in every if commune.boundary is None] == []


def test_a_commune_may_lie_wholly_within_another() -> None:
    city, palace = (shape_of(commune.boundary or {}) for commune in communes(rows_of("06.141")))
    assert city.covers(palace.buffer(-1e-6))
    assert palace.area < city.area / 100


def test_a_city_drawn_by_arrondissement_is_their_union() -> None:
    casablanca = next(row for row in communes(rows_of("06.141")) if row.code == "06.141.01.0")
    shape = shape_of(casablanca.boundary or {})
    assert 0.015 < shape.area < 0.025, "about 200 km²"


def test_areas_come_with_their_parents_before_them() -> None:
    seen: set[str | None] = {None}
    for row in rows_of(PROVINCE):
        assert row.parent in seen
        seen.add(row.code)


def test_the_working_week_is_monday_to_friday() -> None:
    assert load_pack("nafida.packs.ma").weekdays == {0, 1, 2, 3, 4}
