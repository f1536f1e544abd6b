"""Where each local authority answers, in words and drawn: what administrators bring, and what is refused."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from nafida.people.models import Role, Trace
from nafida.territory.actions import add_jurisdiction
from nafida.territory.models import Body, Jurisdiction
from tests import factories
from tests.desk.authorities import LIST, aklim, answers_for_noise, at, authority, file, in_aklim, square
from tests.desk.conftest import browser

START = date(2026, 3, 1)


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


@pytest.fixture
def caidat(berkane: None) -> Body:
    return authority("caidat")


def test_an_area_brought_as_a_file_counts_from_its_first_day(client: Client, caidat: Body) -> None:
    said = {"quarters": "All of Aklim", "valid_from": START.isoformat(), "file": file(aklim())}
    assert client.post(at(caidat), said)["Location"] == f"{LIST}caidat/"
    assert (answers_for_noise(START), answers_for_noise(START - timedelta(days=1))) == ("caidat", "governorate")
    row = Jurisdiction.objects.get()
    line = Trace.objects.get(what="setting_changed").facts
    assert (line["table"], line["row"]) == ("territory.jurisdiction", row.pk)
    assert sorted(line["changes"]) == ["boundary", "quarters", "valid_from"]


def test_an_area_in_words_alone_leaves_the_governorate_in_place(client: Client, caidat: Body) -> None:
    assert client.post(at(caidat), {"quarters": "Hay Salam"}).status_code == 302
    assert answers_for_noise(START) == "governorate"
    page = client.get(LIST).content.decode()
    assert "Hay Salam" in page
    assert "Not drawn: the governorate stands in" in page
    assert "<svg viewBox" not in page.partition('class="two"')[2].partition("<form")[0]


@pytest.mark.parametrize("wrap", ["polygon", "feature", "collection", "multi", "heights"])
def test_an_area_is_taken_in_each_form_that_programs_write(client: Client, caidat: Body, wrap: str) -> None:
    plain = in_aklim()
    feature = {"type": "Feature", "properties": {"name": "a\0b"}, "geometry": plain}
    label = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [-2.4, 34.9]}}
    forms = {
        "polygon": plain,
        "feature": feature,
        "collection": {"type": "FeatureCollection", "features": [label, feature]},
        "multi": {"type": "MultiPolygon", "coordinates": [plain["coordinates"]]},
        "heights": {**plain, "coordinates": [[[*point, 120.5] for point in plain["coordinates"][0]]]},
    }
    assert client.post(at(caidat), {"text": json.dumps(forms[wrap])}).status_code == 302
    row = Jurisdiction.objects.get()
    assert row.boundary is not None
    assert row.boundary["type"] == ("MultiPolygon" if wrap == "multi" else "Polygon")
    assert set(row.boundary) == {"type", "coordinates"}


BOW_TIE = {"type": "Polygon", "coordinates": [[[-2.4, 34.9], [-2.3, 35], [-2.3, 34.9], [-2.4, 35], [-2.4, 34.9]]]}
METRES = {"type": "Polygon", "coordinates": [[[8e5, 4e5], [8.1e5, 4e5], [8.1e5, 4.1e5], [8e5, 4e5]]]}
LINE = {"type": "Polygon", "coordinates": [[[-2.4, 34.9], [-2.3, 35], [-2.4, 34.9]]]}
FLAT = {"type": "Polygon", "coordinates": [[[-2.4, 34.9], [-2.3, 34.9], [-2.2, 34.9], [-2.4, 34.9]]]}
BAD = {
    "not JSON": (b"<kml/>", "This is not GeoJSON"),
    "no text at all": (b"\xff\xfe\x00", "This is not GeoJSON"),
    "NUL bytes": (b'{"type": "Polygon\0"}', "This is not GeoJSON"),
    "not a number": (json.dumps(square(float("nan"), 34.9)).encode(), "This is not GeoJSON"),
    "beyond numbers": (json.dumps(square(-2.4, 34.9)).replace("-2.4", "1e999").encode(), "at least four points"),
    "words for numbers": (json.dumps(square(-2.4, 34.9)).replace("-2.4", '"x"').encode(), "at least four points"),
    "nothing for numbers": ({"type": "Polygon", "coordinates": None}, "at least four points"),
    "deep": (b"[" * 500_000, "This is not GeoJSON"),
    "deep coordinates": (b'{"type":"Polygon","coordinates":' + b"[" * 900 + b"]" * 900 + b"}", "at least four points"),
    "only a line": (LINE, "encloses no ground"),
    "without ground": (FLAT, "encloses no ground"),
    "empty": ({"type": "Polygon", "coordinates": []}, "encloses no ground"),
    "a point": ({"type": "Point", "coordinates": [-2.4, 34.9]}, "There is no area in it"),
    "a list": ([1, 2], "There is no area in it"),
    "features of another kind": ({"type": "FeatureCollection", "features": 7}, "There is no area in it"),
    "a feature without geometry": ({"type": "Feature", "geometry": None}, "There is no area in it"),
    "two areas": ({"type": "FeatureCollection", "features": [BOW_TIE, BOW_TIE]}, "more than one area"),
    "crossing itself": (BOW_TIE, "crosses or touches itself near longitude \u2066-2.35\u2069"),
    "in metres": (METRES, "not longitudes and latitudes"),
    "latitude first": (square(34.9, -2.4), "outside the province"),
    "another country": (square(2.3, 48.8), "outside the province"),
    "far more than the province": (square(-12, 25, 20), "Most of this area lies outside"),
    "huge": (b"1" * 2_000_001, "more than 2 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_area_is_refused_in_a_sentence(client: Client, caidat: Body, name: str) -> None:
    content, sentence = BAD[name]
    response = client.post(at(caidat), {"quarters": "Centre", "file": file(content)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Jurisdiction.objects.exists()


@pytest.mark.parametrize("name", ["not JSON", "NUL bytes", "crossing itself", "huge"])
def test_a_bad_area_typed_in_is_refused_too(client: Client, caidat: Body, name: str) -> None:
    content = BAD[name][0]
    text = content.decode() if isinstance(content, bytes) else json.dumps(content)
    response = client.post(at(caidat), {"quarters": "Centre", "text": text})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Jurisdiction.objects.exists()


def test_neither_words_nor_area_is_nothing_and_two_areas_are_one_too_many(client: Client, caidat: Body) -> None:
    assert "Say in words" in client.post(at(caidat), {}).content.decode()
    both = {"file": file(in_aklim()), "text": json.dumps(in_aklim())}
    assert "one of them" in client.post(at(caidat), both).content.decode()
    backwards = {"quarters": "x", "valid_from": "2026-02-01", "valid_to": "2026-01-31"}
    assert "before the first" in client.post(at(caidat), backwards).content.decode()
    assert not Jurisdiction.objects.exists()


def test_a_change_of_days_keeps_the_drawing_and_is_traced_by_what_changed(client: Client, caidat: Body) -> None:
    row = add_jurisdiction(caidat, boundary=aklim(), quarters="All", by=None)
    for _ in range(2):
        assert client.post(at(caidat, row), {"quarters": "All", "valid_to": "2026-12-31"}).status_code == 302
    row.refresh_from_db()
    assert (row.boundary, row.valid_to) == (aklim(), date(2026, 12, 31))
    assert Trace.objects.get(what="setting_changed").facts["changes"].keys() == {"valid_to"}
    assert (answers_for_noise(date(2026, 12, 31)), answers_for_noise(date(2027, 1, 1))) == ("caidat", "governorate")


def test_a_drawing_is_taken_away(client: Client, caidat: Body) -> None:
    row = add_jurisdiction(caidat, boundary=aklim(), quarters="All", by=None)
    assert client.post(at(caidat, row), {"quarters": "All", "undraw": "on"}).status_code == 302
    assert not Jurisdiction.objects.drawn().exists()
    assert answers_for_noise(START) == "governorate"


def test_the_drawn_areas_are_sketched_without_style_and_hidden_from_readers(client: Client, caidat: Body) -> None:
    add_jurisdiction(caidat, boundary=aklim(), by=None)
    page = client.get(LIST).content.decode()
    drawing = page[page.index('<svg viewBox="-4 -4') :].partition("</svg>")[0]
    assert 'aria-hidden="true"' in drawing
    assert drawing.count("<path") == 2
    assert "style=" not in page


@pytest.mark.parametrize(
    ("first", "side", "warned"),
    [("2026-01-01", 0.0005, True), ("2027-01-01", 0.0005, False), ("2026-01-01", -0.001, False)],
)
def test_who_overlaps_in_space_and_time_is_named_and_allowed(
    client: Client, caidat: Body, first: str, side: float, warned: bool
) -> None:
    add_jurisdiction(caidat, boundary=in_aklim(), valid_to=date(2026, 12, 31), by=None)
    annex = authority("annex")
    said = {"valid_from": first, "text": json.dumps(in_aklim(side))}
    page = client.post(at(annex), said, follow=True).content.decode()
    assert ("This area overlaps with: caidat" in page) is warned
    assert Jurisdiction.objects.drawn().count() == 2


def test_where_two_overlap_the_smaller_area_counts(client: Client, caidat: Body) -> None:
    add_jurisdiction(caidat, boundary=aklim(), by=None)
    lon, lat = factories.inside(factories.AKLIM)
    small = square(lon - 0.0005, lat - 0.0005, 0.001)
    client.post(at(authority("annex")), {"text": json.dumps(small)})
    assert answers_for_noise(START) == "annex"
