import datetime as dt
import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from nafida.packs.areas import AreaRow
from nafida.territory.actions import add_jurisdiction, change_body, change_jurisdiction
from nafida.territory.locate import forget_places, locate, locate_authority, locate_many
from nafida.territory.models import Area, Body, Territory, draw_stamp
from nafida.territory.seed import seed_territory
from nafida.territory.shapes import Shapes, shape_of

from .conftest import PROVINCE, rows_of

type Drawn = list[tuple[shapely.Geometry, AreaRow]]

DAY = dt.date(2026, 11, 23)
ENCLAVES = {"Aklim": "Boughriba", "Ain Erreggada": "Fezouane"}
SEA, OUJDA, ALGERIA = (-2.4, 35.4), (-1.9086, 34.6814), (-2.0, 35.05)


def box(west: float, south: float, east: float, north: float) -> dict[str, object]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def middle(area: Area) -> tuple[float, float]:
    point = shape_of(area.boundary).representative_point()
    return point.x, point.y


def named(name: str) -> Area:
    return Area.objects.communes().get(name_fr=name)


def smallest_covering(drawn: Drawn, lon: float, lat: float) -> str | None:
    point = shapely.Point(lon, lat)
    covering = [(shape.area, row.code) for shape, row in drawn if shape.covers(point)]
    return min(covering)[1] if covering else None


def test_every_commune_is_found_at_a_point_within_it(province: Area) -> None:
    communes = list(Area.objects.communes())
    found = [located.code for located in (locate(*middle(area)) for area in communes) if located]
    assert found == [area.code for area in communes]
    assert len(found) == 16


@pytest.mark.parametrize(("town", "around"), ENCLAVES.items())
def test_a_point_in_an_enclave_belongs_to_the_town_and_not_to_the_commune_around_it(
    province: Area, town: str, around: str
) -> None:
    lon, lat = middle(named(town))
    assert shape_of(named(around).boundary).covers(shapely.Point(lon, lat))
    located = locate(lon, lat)
    assert located is not None
    assert located.commune == named(town).pk


def test_ahfir_is_itself_up_to_its_edge_towards_the_rural_communes(province: Area) -> None:
    shape = shape_of(named("Ahfir").boundary)
    inner = shape.buffer(-1e-5).exterior.coords
    assert {located.code if (located := locate(lon, lat)) else None for lon, lat in inner} == {"02.113.01.01"}


def test_a_point_in_a_centre_belongs_to_its_commune_and_the_centre_is_known(province: Area) -> None:
    centre = Area.objects.get(kind="centre")
    located = locate(*middle(centre))
    assert located is not None
    assert (located.code, located.centre_code) == ("02.113.03.11", "02.113.03.11.c1")
    assert (located.commune, located.centre) == (centre.parent_id, centre.pk)


@pytest.mark.parametrize("point", [SEA, OUJDA, ALGERIA])
def test_a_point_outside_the_province_belongs_to_nobody(province: Area, point: tuple[float, float]) -> None:
    assert locate(*point) is None


def test_a_point_on_a_common_border_belongs_to_the_smallest_area_that_covers_it(
    drawn: Drawn, shapes: Shapes[str]
) -> None:
    shared = 0
    for shape, _ in drawn:
        for lon, lat in shape.exterior.coords:
            shared += len(shapes.all_at(lon, lat)) > 1
            assert shapes.at(lon, lat) == smallest_covering(drawn, lon, lat)
    assert shared > 1000


@settings(max_examples=1000, deadline=None)
@given(st.floats(-2.85, -2.0), st.floats(34.7, 35.35))
def test_locating_agrees_with_trying_every_area(drawn: Drawn, shapes: Shapes[str], lon: float, lat: float) -> None:
    expected = smallest_covering(drawn, lon, lat)
    assert shapes.at(lon, lat) == expected
    assert shapes.at_each([(lon, lat)]) == [expected]


@pytest.mark.parametrize("size", [1e-7, 1, 90])
def test_the_edge_of_the_ground_belongs_to_it_however_large_it_is(size: float) -> None:
    shapes = Shapes([(shape_of(box(0, 0, size, size)), "a", "a")])
    steps = [size * n / 128 for n in range(129)]
    assert all(shapes.at(x, y) == "a" for x in steps for y in (0, size / 3, size))
    assert shapes.at(size * 1.001, size) is None


def test_of_two_equal_areas_the_lower_code_wins() -> None:
    square = shape_of(box(0, 0, 1, 1))
    assert Shapes([(square, "b", "b"), (square, "a", "a")]).at(0.5, 0.5) == "a"


def test_many_points_are_located_as_each_alone(province: Area) -> None:
    points = [middle(area) for area in Area.objects.communes()] + [SEA]
    assert locate_many(points) == [locate(lon, lat) for lon, lat in points]
    assert locate_many([]) == []


@pytest.mark.parametrize("point", [(math.nan, 35), (-2.3, math.inf), (-200, 35), (-2.3, 91)])
def test_what_is_no_position_is_refused(province: Area, point: tuple[float, float]) -> None:
    for refused in (
        lambda: locate(*point),
        lambda: locate_many([point]),
        lambda: locate_authority(*point, DAY),
    ):
        with pytest.raises(ValueError, match="Not a position"):
            refused()


@pytest.mark.django_db
def test_before_set_up_every_place_is_outside() -> None:
    assert locate(-2.3, 34.9) is None
    assert locate_many([(-2.3, 34.9)]) == [None]


def test_a_boundary_changed_by_another_process_is_noticed(province: Area) -> None:
    lon, lat = middle(named("Aklim"))
    assert locate(lon, lat) is not None
    Area.objects.update(boundary=None)
    Territory.objects.update(places=draw_stamp())
    assert locate(lon, lat) is not None, "the mark is read every few seconds, not for every point"
    forget_places()
    assert locate(lon, lat) is None


def test_seeding_again_reads_nothing_anew_into_the_map(province: Area) -> None:
    before = Territory.objects.get().places
    seed_territory(PROVINCE)
    assert Territory.objects.get().places == before


def test_where_no_local_authority_is_drawn_none_answers(authority: Body) -> None:
    add_jurisdiction(authority, quarters="The old town", by=None)
    assert locate_authority(-2.32, 34.92, DAY) is None


def test_a_local_authority_answers_where_and_while_it_is_drawn(authority: Body) -> None:
    drawn = box(-2.33, 34.91, -2.31, 34.93)
    add_jurisdiction(authority, boundary=drawn, valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 12, 31), by=None)
    assert locate_authority(-2.32, 34.92, DAY) == authority.pk
    assert locate_authority(-2.31, 34.93, dt.date(2026, 12, 31)) == authority.pk
    assert locate_authority(-2.32, 34.92, dt.date(2027, 1, 1)) is None
    assert locate_authority(-2.32, 34.92, dt.date(2025, 12, 31)) is None
    assert locate_authority(-2.34, 34.92, DAY) is None


def test_an_authority_that_has_ended_answers_nowhere(authority: Body) -> None:
    add_jurisdiction(authority, boundary=box(-2.33, 34.91, -2.31, 34.93), by=None)
    assert locate_authority(-2.32, 34.92, DAY) == authority.pk
    change_body(authority, valid_to=dt.date(2026, 6, 30), by=None)
    assert locate_authority(-2.32, 34.92, DAY) is None


def test_a_jurisdiction_redrawn_counts_at_once(authority: Body) -> None:
    row = add_jurisdiction(authority, boundary=box(-2.33, 34.91, -2.31, 34.93), by=None)
    assert locate_authority(-2.32, 34.92, DAY) == authority.pk
    change_jurisdiction(row, boundary=box(-2.43, 34.91, -2.41, 34.93), by=None)
    assert locate_authority(-2.32, 34.92, DAY) is None
    assert locate_authority(-2.42, 34.92, DAY) == authority.pk


@pytest.mark.parametrize(
    "boundary",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": "here"},
        {"type": "Circle"},
        {},
    ],
)
def test_a_boundary_that_bounds_nothing_is_refused(boundary: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"[Bb]oundary"):
        shape_of(boundary)


def test_the_province_is_drawn_as_all_its_communes_together() -> None:
    rows = rows_of(PROVINCE)
    whole = next(shape_of(row.boundary or {}) for row in rows if row.kind == "province")
    parts = shapely.union_all([shape_of(row.boundary or {}) for row in rows if row.kind == "commune"])
    assert whole.symmetric_difference(parts).area < 1e-12
