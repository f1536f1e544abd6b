"""Tiles of the public map: what they count, what they never tell."""

import json
import math
from typing import Any
from urllib.parse import quote

import pytest
import shapely
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely import Point

from nafida.cases.actions import answer_case, take_in_hand, withdraw_case
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from nafida.reports import tiles
from nafida.reports.mass import forget_mass
from nafida.reports.publicity import coarse_point
from nafida.territory.models import Area
from nafida.territory.place import SIDE, cell_of, tile_range
from nafida.territory.shapes import shape_of
from tests import factories

ZOOMS = range(20)
texts = st.one_of(st.sampled_from(["\x00", "-1", "٣", "1e3", "99999999", "2026-02-30", " 1", "1.json"]), st.text())
parts = st.one_of(texts, st.integers(0, 20).map(str))


def address(z: int, lon: float, lat: float) -> str:
    """The tile of a point."""
    x, y = (lon + 180) / 360, 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return f"/tiles/reports/{z}/{int(x * SIDE) >> 31 - z}/{int(y * SIDE) >> 31 - z}.json"


def tile(client: Client, z: int, at: tuple[float, float] | None = None, **asked: str) -> dict[str, Any]:
    cache.clear()
    answer = client.get(address(z, *(at or factories.inside(factories.AKLIM))), asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def counted(found: dict[str, Any]) -> int:
    heaps = found["clusters"] + found["squares"]
    return len(found["points"]) + sum(heap["received"] + heap["in_hand"] + heap["ended"] for heap in heaps)


def shown(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(shown_at=case.received_at)
    forget_mass()
    return case


def square_of(case: Case) -> tuple[float, float]:
    return coarse_point(case.report) or (0, 0)


def test_each_zoom_counts_every_public_case_once(client: Client, berkane: None) -> None:
    case = shown(factories.report())
    factories.report("noise")
    withdraw_case(factories.report())
    assert [counted(tile(client, z)) for z in ZOOMS] == [1] * 20
    point = tile(client, 18)["points"][0]
    assert (point["reference"], point["service"], point["state"]) == (case.reference, "light-out", "received")
    assert (point["lon"], point["lat"]) == pytest.approx(factories.inside(factories.AKLIM), abs=2e-6)


def test_a_cluster_lies_in_its_tile_and_counts_by_state(client: Client, berkane: None) -> None:
    case = shown(factories.report())
    shown(factories.report())
    take_in_hand(case, by=factories.on_desk(factories.officer(case.body.code), case))
    (heap,) = tile(client, 10)["clusters"]
    assert (heap["received"], heap["in_hand"], heap["ended"]) == (1, 1, 0)
    middle = cell_of(heap["lon"], heap["lat"])
    z, x, y = address(10, *factories.inside(factories.AKLIM)).removesuffix(".json").split("/")[-3:]
    first, last = tile_range(int(z), int(x), int(y))
    assert first <= middle <= last


def test_what_is_late_is_told_by_the_clock_without_anything_happening(client: Client, berkane: None) -> None:
    shown(factories.report())
    late = shown(factories.report(at=factories.days_ago(60)))
    assert [counted(tile(client, z, late="1")) for z in (6, 11, 18)] == [1] * 3
    assert tile(client, 18, late="1")["points"][0]["reference"] == late.reference
    answer_case(late, by=factories.on_desk(factories.officer(late.body.code), late), outcome=Outcome.DONE, text="x")
    assert counted(tile(client, 11, late="1")) == 0
    assert client.get(address(11, 0, 0), {"late": "yes"}).status_code == 400


def edge_of(code: str) -> tuple[float, float]:
    """The western end of an area."""
    outline = shape_of(Area.objects.get(code=code).boundary or {})
    west = shapely.box(outline.bounds[0], outline.bounds[1], outline.bounds[0] + 0.002, outline.bounds[3])
    spot = shapely.point_on_surface(outline.intersection(west))
    return spot.x, spot.y


@pytest.mark.parametrize("service", ["light-out", "vehicle-left"])
def test_no_heap_stands_outside_the_province(client: Client, berkane: None, service: str) -> None:
    for code in Area.objects.communes().values_list("code", flat=True):
        lon, lat = edge_of(code)
        case = shown(factories.report(service))
        Case.objects.filter(pk=case.pk).update(cell=cell_of(lon, lat))
        case.report.lon, case.report.lat = lon, lat
    forget_mass()
    for z in range(5, 10):
        for heap in tile(client, z)["clusters"]:
            # A square of some 500 m may lie across the border.
            assert Point(heap["lon"], heap["lat"]).distance(province()) < 0.006


def province() -> shapely.Geometry:
    return shapely.union_all([shape_of(area.boundary or {}) for area in Area.objects.communes()])


@pytest.mark.parametrize("service", ["light-out", "vehicle-left"])
def test_what_no_officer_has_seen_is_on_no_tile(client: Client, berkane: None, service: str) -> None:
    factories.report(service)
    assert [counted(tile(client, z)) for z in ZOOMS] == [0] * 20


def test_what_is_coarse_is_known_by_its_square_alone(client: Client, berkane: None) -> None:
    case = shown(factories.report("vehicle-left"))
    lon, lat = square_of(case)
    for z in range(14, 20):
        found = tile(client, z, (lon + 1e-5, lat - 1e-5))
        assert (found["clusters"], found["points"]) == ([], [])
        (square,) = found["squares"]
        assert (square["lon"], square["lat"]) == square_of(case)
        assert case.reference not in json.dumps(found)
    assert counted(tile(client, 19)) == 0


def test_no_tile_tells_two_places_of_one_square_apart(client: Client, berkane: None) -> None:
    case = shown(factories.report("vehicle-left"))
    seen: list[list[dict[str, Any]]] = []
    lon, lat = square_of(case)
    for shift in (-0.0015, 0.0015):
        Case.objects.filter(pk=case.pk).update(cell=cell_of(lon + shift, lat + shift))
        forget_mass()
        seen.append([tile(client, z, (lon, lat)) for z in ZOOMS])
    assert seen[0] == seen[1]


def test_a_crowd_is_counted_where_it_cannot_be_told_apart(
    client: Client, berkane: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "_MOST_POINTS", 2)
    for _ in range(3):
        shown(factories.report())
    found = tile(client, 19)
    assert found["points"] == []
    assert counted(found) == 3


@pytest.mark.parametrize("z", [9, 14, 17])
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"service": "light-out"}, 1),
        ({"service": "smoke"}, 0),
        ({"group": "lighting"}, 1),
        ({"service": "light-out", "group": "roads"}, 0),
        ({"state": "received"}, 1),
        ({"state": "closed"}, 0),
        ({"from": "2020-03-02", "to": "2020-03-02"}, 1),
        ({"from": "2020-03-03"}, 0),
        ({"to": "2020-03-01"}, 0),
        ({"service": "", "from": ""}, 1),
    ],
)
def test_each_filter_holds_at_each_zoom(
    client: Client, berkane: None, z: int, asked: dict[str, str], count: int
) -> None:
    shown(factories.report(at=factories.utc(2020, 3, 2)))
    assert counted(tile(client, z, **asked)) == count


def test_a_tile_may_be_kept_a_minute_and_is_not_sent_twice(client: Client, berkane: None) -> None:
    shown(factories.report())
    here = address(10, *factories.inside(factories.AKLIM))
    answer = client.get(here)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.get("Vary", "")
    again = client.get(here, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_tiles_with_filters_are_counted_anew(client: Client, berkane: None) -> None:
    for count in (1, 2):
        shown(factories.report())
        here = address(10, *factories.inside(factories.AKLIM))
        assert counted(json.loads(client.get(here, {"state": "received"}).content)) == count


@pytest.mark.parametrize("part", ["20/0/0", "3/8/0", "3/0/8", "-1/0/0", "a/0/0", "1/٠/0", "1/0/00000000", "1/%00/0"])
def test_what_is_no_tile_is_told_in_a_sentence(client: Client, berkane: None, part: str) -> None:
    answer = client.get(f"/tiles/reports/{part}.json")
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]


@pytest.mark.parametrize(
    "wrong",
    ["service=noise", "group=x", "state=x", "from=x", "from=2026-2-2", "nothing=1", "state=closed&state=closed"],
)
def test_a_wrong_filter_is_told_in_a_sentence(client: Client, berkane: None, wrong: str) -> None:
    answer = client.get(f"/tiles/reports/3/3/3.json?{wrong}", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"].endswith(".")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(z=parts, x=parts, y=parts, asked=st.dictionaries(st.sampled_from(["service", "from", "to", "state"]), texts))
@example(z="19", x="0", y="0", asked={"from": "0001-01-01", "to": "9999-12-31"})
def test_no_address_breaks_a_tile(client: Client, berkane: None, z: str, x: str, y: str, asked: dict[str, str]) -> None:
    path = "/".join(quote(part.encode("utf-8", "ignore").replace(b"/", b"_"), safe="") or "_" for part in (z, x, y))
    told = {name: text.encode("utf-8", "ignore") for name, text in asked.items()}
    assert client.get(f"/tiles/reports/{path}.json", told).status_code in (200, 400, 404)


def test_a_tile_costs_the_same_however_full(client: Client, berkane: None, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        shown(factories.report())
        for z in ZOOMS:
            cache.clear()
            with django_assert_max_num_queries(10 if z < 14 else 4):
                client.get(address(z, *factories.inside(factories.AKLIM)))


def test_the_tile_of_one_body_counts_what_is_with_it(client: Client, berkane: None) -> None:
    case = shown(factories.report())
    shown(factories.report(commune="02.113.01.09"))
    assert counted(tile(client, 6)) == 2
    assert counted(tile(client, 6, body=case.body.code)) == 1
    assert counted(tile(client, 18, body=case.body.code)) == 1
    assert counted(tile(client, 6, body="governorate")) == 0
