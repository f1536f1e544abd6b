"""Landmarks as JSON while somebody types."""

import pytest

from nafida.territory.actions import add_landmark
from tests.factories import AKLIM, inside

pytestmark = pytest.mark.usefixtures("berkane")


@pytest.fixture(autouse=True)
def mosque(berkane):
    lon, lat = inside(AKLIM)
    names = {"name_ar": "مسجد النور", "name_fr": "Mosquée An-Nour"}
    return add_landmark(by=None, kind="mosque", lon=lon, lat=lat, source="desk", **names)


def ask(client, **query):
    return client.get("/ar/report/places/", query)


def test_landmarks_are_suggested_in_the_language_of_the_page_and_kept_by_caches(client, mosque):
    answer = ask(client, q="nour", commune=AKLIM)
    place = {"name": "مسجد النور", "kind": "mosque", "commune": AKLIM, "commune_name": mosque.area.name}
    assert answer.json() == {"places": [{**place, "lon": round(mosque.lon, 6), "lat": round(mosque.lat, 6)}]}
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    "query",
    [
        *({}, {"q": ""}, {"q": " "}, {"q": "x" * 101}, {"q": "x", "commune": "1"}, {"q": "x", "commune": "\0"}),
        *({"q": "x", "z": "1"}, {"q": ["x", "y"]}),
    ],
)
def test_a_wrong_question_gets_400_and_a_sentence(client, query):
    answer = ask(client, **query)
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 10


@pytest.mark.parametrize("text", ["'\"; DROP", "\0", "*", "(((", "«»", "😀", "NEAR/2"])
def test_any_text_may_be_looked_for(client, text):
    assert ask(client, q=text).status_code == 200
