"""Posters: one sheet in two languages whose square code opens the form with the place filled in."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nafida.portal.posters import read_poster
from nafida.territory.models import Area, Landmark
from tests import factories

texts = st.text(max_size=40).map(lambda text: text.encode("utf-8", "ignore").decode())


def address(**asked: str) -> Any:
    return urlsplit(read_poster(QueryDict(urlencode(asked))).address)


def test_the_code_opens_the_form_with_the_place_filled_in(berkane: None, settings: Any) -> None:
    settings.SITE_URL = "https://window.example.org"
    found = address(commune=factories.AKLIM, place="شارع الحسن", lon="-2.32", lat="34.9213")
    assert (found.scheme, found.netloc, found.path) == ("https", "window.example.org", "/report/")
    told = {"commune": [factories.AKLIM], "place": ["شارع الحسن"], "lon": ["-2.320000"], "lat": ["34.921300"]}
    assert parse_qs(found.query) == told


def test_the_poster_of_a_body_begins_in_its_commune(berkane: None) -> None:
    assert parse_qs(address(body="commune-aklim").query) == {"commune": [factories.AKLIM]}
    assert address(body="governorate").query == ""


def test_a_sheet_speaks_both_languages_whoever_looks(client: Client, berkane: None) -> None:
    for language in ("ar", "fr", "en"):
        words = client.get(f"/{language}/posters/sheet/?commune={factories.AKLIM}&place=<b>").content.decode()
        assert 'lang="ar" dir="rtl"' in words
        assert "Un problème ici" in words
        assert "هل من مشكل هنا" in words
        assert 'class="code"' in words
        assert "&lt;b&gt;" in words


def test_the_known_places_of_a_commune_have_posters_of_their_own(client: Client, berkane: None) -> None:
    commune = Area.objects.get(code=factories.AKLIM)
    lon, lat = factories.inside(factories.AKLIM)
    Landmark.objects.create(
        kind="mosque", name_ar="مسجد السلام", area=commune, lon=lon, lat=lat, cell=1, source="desk", state="kept"
    )
    words = client.get(f"/ar/posters/?commune={factories.AKLIM}").content.decode()
    assert "مسجد السلام" in words
    assert f"lon={lon:.6f}" in words


@pytest.mark.parametrize(
    "asked", ["commune=x", "body=x", "body=%00", "lon=1", "lon=x&lat=2", "lat=nan&lon=1", "a=1", "commune=x&commune=x"]
)
def test_a_wrong_poster_is_told_in_a_sentence(client: Client, berkane: None, asked: str) -> None:
    for page in ("posters/", "posters/sheet/"):
        answer = client.get(f"/fr/{page}?{asked}")
        assert answer.status_code == 400
        assert "panel" in answer.content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(["commune", "body", "place", "lon", "lat"]), texts))
def test_no_words_break_a_poster(client: Client, berkane: None, asked: dict[str, str]) -> None:
    assert client.get("/ar/posters/sheet/", asked).status_code in (200, 400)
