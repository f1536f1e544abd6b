"""The map of the province: its page, the land it lies on, the card of a report."""

import json
from typing import Any

import brotli
from django.test import Client

from nafida.territory.ground import ground
from nafida.territory.locate import locate
from nafida.territory.models import Area
from nafida.territory.shapes import shape_of
from tests import factories


def land(client: Client, **headers: str) -> Any:
    return client.get(f"/map/{ground().digest}.json", headers=headers)


def test_the_land_of_the_whole_province_is_light(client: Client, berkane: None) -> None:
    answer = land(client, **{"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "br"
    assert len(answer.content) < 30_000
    drawn = json.loads(brotli.decompress(answer.content))
    assert {feature["id"] for feature in drawn["features"]} == {area.code for area in Area.objects.communes()}


def test_the_land_is_kept_for_ever_by_its_digest(client: Client, berkane: None) -> None:
    assert "immutable" in land(client)["Cache-Control"]
    assert json.loads(land(client).content)["type"] == "FeatureCollection"


def test_an_old_address_of_the_land_leads_to_the_new_one(client: Client, berkane: None) -> None:
    answer = client.get("/map/0123456789abcdef.json")
    assert (answer.status_code, answer["Location"]) == (302, f"/map/{ground().digest}.json")
    assert answer["Cache-Control"] == "no-store"


def test_the_drawn_communes_neither_overlap_nor_stray(client: Client, berkane: None) -> None:
    shapes = [shape_of(feature["geometry"]) for feature in json.loads(land(client).content)["features"]]
    whole = sum(shape.area for shape in shapes)
    truth = shape_of(Area.objects.province().boundary or {}).area
    assert abs(whole - truth) < 0.01 * truth


def test_the_name_of_a_commune_stands_in_it(client: Client, berkane: None) -> None:
    for feature in json.loads(land(client).content)["features"]:
        found = locate(*feature["properties"]["at"])
        assert found is not None
        assert found.code == feature["id"]


def test_the_map_says_the_same_as_a_list_beside_it(client: Client, berkane: None) -> None:
    case = factories.report()
    words = client.get("/fr/map/").content.decode()
    assert f"/fr/cases/{case.reference}/" in words
    assert "/fr/cases/" in words
    assert "data-map" in words


def test_the_map_and_the_list_hand_their_filters_on(client: Client, berkane: None) -> None:
    words = client.get("/fr/map/?state=received&commune=02.113.01.07&from=2026-01-01").content.decode()
    assert 'data-query="state=received&amp;from=2026-01-01"' in words
    assert 'data-area="02.113.01.07"' in words
    assert 'data-query="late=1"' in client.get("/fr/map/?late=1").content.decode()
    assert "/fr/cases/?commune=02.113.01.07&amp;state=received&amp;from=2026-01-01" in words


def test_a_wrong_filter_of_the_map_is_told_in_a_sentence(client: Client, berkane: None) -> None:
    assert client.get("/fr/map/?state=x").status_code == 400


def test_the_card_of_a_report_says_what_a_row_of_the_list_says(client: Client, berkane: None) -> None:
    case = factories.report(place="قرب المسجد")
    words = client.get(f"/fr/map/card/{case.reference}/").content.decode()
    assert f"/fr/cases/{case.reference}/" in words
    assert "قرب المسجد" not in words, "nobody has let its words be seen"


def test_there_is_no_card_of_a_private_report(client: Client, berkane: None) -> None:
    case = factories.report()
    type(case.service).objects.filter(pk=case.service_id).update(publicity="private")
    assert client.get(f"/fr/map/card/{case.reference}/").status_code == 404
