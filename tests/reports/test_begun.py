"""A poster's address begins a report: the place goes from the square code through the start page into the form."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from nafida.territory.models import Area
from tests import factories

LONG = f"place={'x' * 121}"
pytestmark = pytest.mark.usefixtures("berkane")


def asked(**more: str) -> str:
    lon, lat = factories.inside(factories.AKLIM)
    told = {"commune": factories.AKLIM, "place": "شارع الحسن & 2", "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}
    return urlencode({**told, **more})


def test_the_square_code_leads_to_a_start_page_in_the_language_of_the_phone(client: Client) -> None:
    answer = client.get(f"/report/?{asked()}", headers={"accept-language": "fr"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/fr/report/?{asked()}"


def test_the_start_page_hands_the_place_on_to_every_form(client: Client) -> None:
    page = client.get(f"/fr/report/?{asked()}&q=lampe").text
    handed = asked().replace("&", "&amp;")
    assert page.count(f"?{handed}") >= page.count("data-code=")
    assert "شارع الحسن &amp; 2" in page
    assert f'<input type="hidden" name="commune" value="{factories.AKLIM}">' in page


def test_without_a_poster_links_to_forms_carry_nothing(client: Client) -> None:
    assert "/report/light-out/?" not in client.get("/fr/report/").text


def test_the_form_begins_with_commune_words_and_position(client: Client) -> None:
    form: Any = client.get(f"/fr/report/light-out/?{asked()}").context["form"]
    lon, lat = factories.inside(factories.AKLIM)
    assert form["commune"].value() == factories.AKLIM
    assert form["place"].value() == "شارع الحسن & 2"
    assert form["position"].value() == f"{lat:.6f}, {lon:.6f}"


def test_the_commune_is_that_of_the_point_whatever_the_poster_says(client: Client) -> None:
    other = Area.objects.communes().exclude(code=factories.AKLIM)[0].code
    form: Any = client.get(f"/fr/report/light-out/?{asked(commune=other)}").context["form"]
    assert form["commune"].value() == factories.AKLIM


@pytest.mark.parametrize(
    "wrong",
    [
        "commune=1",
        "commune=%00",
        "lon=1",
        "lon=x&lat=1",
        "lon=nan&lat=1",
        "lon=2.35&lat=48.85",
        "place=a%0Ab",
        LONG,
        "place=a&place=b",
    ],
)
def test_a_wrong_place_is_told_in_a_sentence_on_both_pages(client: Client, wrong: str) -> None:
    for page in ("report/", "report/light-out/"):
        answer = client.get(f"/fr/{page}?{wrong}")
        assert answer.status_code == 400
        assert "panel" in answer.text


def test_photos_are_added_by_a_button_in_the_language_of_the_page(client: Client) -> None:
    page = client.get("/fr/report/light-out/").text
    assert '<label class="button secondary" for="id_photos">' in page
    assert "Ajouter des photos" in page
