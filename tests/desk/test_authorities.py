"""The State's local authorities as administrators enter them: who, where, from when until when."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nafida.people.models import Role, Trace
from nafida.reports.actions import Place, competent_body
from nafida.services.models import Service
from nafida.territory.actions import add_body, add_jurisdiction
from nafida.territory.calendars import start_of_day_utc
from nafida.territory.models import Area, Body, BodyKind, Jurisdiction
from tests import factories
from tests.desk.conftest import browser

LIST = "/en/desk/authorities/"
NEW = {
    "name_ar": "قيادة أكليم",
    "name_fr": "Caïdat d’Aklim",
    "email": "caidat@example.org",
    "phone": "0536",
    "language": "ar",
}
START = date(2026, 3, 1)


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


@pytest.fixture
def caidat(berkane: None) -> Body:
    return authority("caidat")


def authority(code: str) -> Body:
    area, above = Area.objects.province(), Body.objects.governorate()
    facts = {"kind": BodyKind.LOCAL_AUTHORITY, "area": area, "superior": above, "name_ar": code, "name_fr": code}
    return add_body(code=code, by=None, **facts)


def aklim() -> dict[str, Any]:
    return Area.objects.get(code=factories.AKLIM).boundary or {}


def square(lon: float, lat: float, side: float = 0.01) -> dict[str, Any]:
    """Of Aklim's neighbourhood, when not told otherwise by its south-western corner."""
    corners = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [corners]}


def in_aklim(side: float = 0.001) -> dict[str, Any]:
    return square(*factories.inside(factories.AKLIM), side)


def at(body: Body, row: Jurisdiction | None = None) -> str:
    return f"{LIST}{body.code}/areas/" + (f"{row.pk}/" if row else "")


def file(content: object) -> SimpleUploadedFile:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile("area.geojson", data, "application/geo+json")


def answers_for_noise(on: date) -> str:
    place = Place.at(*factories.inside(factories.AKLIM))
    return competent_body(Service.objects.get(code="noise"), place, start_of_day_utc(on)).body.code


def superior() -> int:
    return Body.objects.governorate().pk


# --- who may come


@pytest.fixture
def doors(caidat: Body) -> list[str]:
    row = add_jurisdiction(caidat, quarters="Centre", by=None)
    return [LIST, f"{LIST}caidat/", at(caidat), at(caidat, row)]


def test_signed_out_each_page_leads_to_the_sign_in(doors: list[str]) -> None:
    for url in doors:
        for response in (Client().get(url), Client().post(url, NEW)):
            assert response["Location"] == f"/en/accounts/login/code/?next={url}"


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER, Role.COORDINATOR])
def test_no_other_role_opens_or_sends_anything(doors: list[str], role: Role) -> None:
    other = browser(factories.officer("governorate", role))
    assert {other.get(url).status_code for url in doors} == {403}
    assert {other.post(url, NEW).status_code for url in doors} == {403}
    assert Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY).count() == 1


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_administrator_opens_each_page_in_each_language(client: Client, doors: list[str], language: str) -> None:
    assert {client.get(f"/{language}{url[3:]}").status_code for url in doors} == {200}
    assert f"/{language}/desk/authorities/" in client.get(f"/{language}/desk/").content.decode()


def test_what_is_no_local_authority_has_no_page_here(client: Client, caidat: Body) -> None:
    row = add_jurisdiction(caidat, quarters="Centre", by=None)
    other = authority("annex")
    urls = [f"{LIST}commune-aklim/", f"{LIST}commune-aklim/areas/", f"{LIST}nobody/", at(caidat) + "987654/"]
    assert {client.get(url).status_code for url in [*urls, at(other, row)]} == {404}


# --- who they are


def test_an_authority_is_entered_under_the_governorate_with_a_readable_code_and_traced(client: Client) -> None:
    response = client.post(LIST, {**NEW, "superior": superior()})
    assert response["Location"] == f"{LIST}caidat-d-aklim/"
    body = Body.objects.get(code="caidat-d-aklim")
    assert (body.kind, body.name_ar, body.email) == ("local_authority", "قيادة أكليم", "caidat@example.org")
    assert body.superior == Body.objects.governorate()
    line = Trace.objects.get(what="setting_changed").facts
    assert (line["table"], line["row"]) == ("territory.body", body.pk)


def test_the_governorate_is_offered_as_superior(client: Client) -> None:
    assert f'<option value="{superior()}" selected>' in client.get(LIST).content.decode()


def test_two_of_one_name_get_two_codes(client: Client) -> None:
    for _ in range(2):
        client.post(LIST, {**NEW, "superior": superior()})
    assert set(Body.objects.filter(code__startswith="caidat").values_list("code", flat=True)) == {
        "caidat-d-aklim",
        "caidat-d-aklim-2",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fr": ""},
        {"name_ar": ""},
        {"email": "nonsense"},
        {"superior": "987654"},
        {"name_fr": "a\0b"},
        {"valid_from": "2026-02-01", "valid_to": "2026-01-31"},
        {"valid_from": "31/31/2026"},
    ],
)
def test_a_wrong_fact_is_said_and_nothing_is_kept(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(LIST, {**NEW, "superior": superior(), **wrong})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY).exists()
    assert not Trace.objects.filter(what="setting_changed").exists()


def test_nobody_stands_above_themselves(client: Client, caidat: Body) -> None:
    annex = authority("annex")
    Body.objects.filter(pk=annex.pk).update(superior=caidat)
    for above in (caidat, annex):
        assert client.post(f"{LIST}caidat/", {**NEW, "superior": above.pk}).status_code == 422
    assert client.post(f"{LIST}annex/", {**NEW, "superior": caidat.pk}).status_code == 302


def test_an_authority_ends_and_the_governorate_answers_the_day_after(client: Client, caidat: Body) -> None:
    add_jurisdiction(caidat, boundary=aklim(), by=None)
    last = timezone.localdate() - timedelta(days=1)
    said = {**NEW, "superior": superior(), "valid_to": last.isoformat()}
    assert client.post(f"{LIST}caidat/", said).status_code == 302
    assert (answers_for_noise(last), answers_for_noise(last + timedelta(days=1))) == ("caidat", "governorate")
    assert "valid_to" in Trace.objects.get(what="setting_changed").facts["fields"]
    assert "Ended" in client.get(LIST).content.decode()


# --- where each answers


def test_an_area_brought_as_a_file_counts_from_its_first_day(client: Client, caidat: Body) -> None:
    said = {"quarters": "All of Aklim", "valid_from": START.isoformat(), "file": file(aklim())}
    assert client.post(at(caidat), said)["Location"] == f"{LIST}caidat/"
    assert (answers_for_noise(START), answers_for_noise(START - timedelta(days=1))) == ("caidat", "governorate")
    row = Jurisdiction.objects.get()
    line = Trace.objects.get(what="setting_changed").facts
    assert (line["table"], line["row"]) == ("territory.jurisdiction", row.pk)
    assert line["fields"] == ["boundary", "quarters", "valid_from", "valid_to"]


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
    "crossing itself": (BOW_TIE, "crosses or touches itself near longitude -2.35"),
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
    assert Trace.objects.get(what="setting_changed").facts["fields"] == ["valid_to"]
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
