"""What a position means for a service: the place in words, who answers, whom to call, what is open near by."""

import json
from typing import Any

import pytest
from django.test import Client

from nafida.cases.actions import answer_case
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from nafida.reports.nearby import open_nearby
from nafida.reports.publicity import coarse_point
from tests import citizens, factories

BERKANE = "02.113.01.01"


def asked(client: Client, at: tuple[float, float], service: str = "light-out") -> dict[str, Any]:
    answer = client.post(f"/fr/report/{service}/around/", {"position": f"{at[1]}, {at[0]}"})
    assert answer.status_code == 200, answer.content
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    told: dict[str, Any] = json.loads(answer.content)
    return told


def here() -> tuple[float, float]:
    return factories.inside(factories.AKLIM)


def moved(metres: float) -> tuple[float, float]:
    lon, lat = here()
    return lon, lat + metres / 111_320


def shown(service: str = "light-out", **fields: Any) -> Case:
    """A case whose words an officer has let be public."""
    case = factories.report(service, **fields)
    Case.objects.filter(pk=case.pk).update(shown_at=case.received_at)
    case.refresh_from_db()
    return case


def test_a_place_is_said_in_words_with_who_answers(client: Client, berkane: None) -> None:
    told = asked(client, here())
    assert "Aklim" in told["said"]
    assert (told["commune"], told["body"]) == (factories.AKLIM, "Commune d’Aklim")
    assert "nearby" not in told


def test_outside_the_province_one_sentence_says_so(client: Client, berkane: None) -> None:
    assert "hors des communes" in asked(client, (-6.8416, 34.0209))["refused"]


def test_a_service_of_some_communes_is_refused_elsewhere(client: Client, berkane: None) -> None:
    assert "Saïdia" in asked(client, here(), "beach-dirty")["refused"].replace("Saidia", "Saïdia")


@pytest.mark.parametrize("position", ["", "x", "91, 0", "\x00", "nan, nan", "9" * 2000])
def test_what_is_no_position_is_told_in_a_sentence(client: Client, berkane: None, position: str) -> None:
    answer = client.post("/fr/report/light-out/around/", {"position": position})
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"].endswith(".")


def test_positions_are_never_asked_for_in_an_address(client: Client, berkane: None) -> None:
    assert client.get("/fr/report/light-out/around/?position=34.9,-2.4").status_code == 405


def test_whom_to_call_follows_town_and_country(client: Client, berkane: None) -> None:
    town = asked(client, factories.inside(BERKANE), "road-obstacle")["calls"]
    country = asked(client, factories.inside("02.113.03.11"), "road-obstacle")["calls"]
    assert (town, country) == (["15", "19"], ["15", "177"])


def test_open_cases_of_the_service_near_by_are_told_with_their_distance(client: Client, berkane: None) -> None:
    case = shown(pictures=())
    html = asked(client, moved(95))["nearby"]
    assert case.reference in html
    assert "<bdi>100</bdi>\N{NO-BREAK SPACE}m" in html
    assert 'name="same"' in html


def test_what_is_far_answered_unseen_or_of_another_service_is_not_near_by(berkane: None) -> None:
    case, other, unseen = shown(), shown("pothole"), factories.report()
    assert [near.case for near in open_nearby(case.service, here())] == [case]
    assert open_nearby(case.service, moved(230)) == []
    assert other != unseen
    answer_case(case, by=factories.on_desk(factories.officer(), case), outcome=Outcome.DONE, text="تم")
    assert open_nearby(case.service, here()) == []


def test_a_coarse_case_is_near_by_for_its_whole_square_and_tells_no_metres(berkane: None) -> None:
    case = shown("vehicle-left")
    middle = coarse_point(case.report) or (0, 0)
    for shift in (-0.0015, 0.0015):
        (near,) = open_nearby(case.service, (middle[0] + shift, middle[1] + shift))
        assert (near.case, near.metres, near.picture) == (case, None, None)


def test_a_private_service_has_nothing_near_by(berkane: None) -> None:
    assert open_nearby(shown("noise").service, here()) == []


def test_three_are_shown_the_nearest_first(berkane: None) -> None:
    cases = [shown() for _ in range(5)]
    assert len(open_nearby(cases[0].service, here())) == 3


def test_too_many_questions_are_told_and_a_report_is_taken_all_the_same(
    client: Client, berkane: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nafida.reports.views.place.take_turn", lambda *_args, **_limits: False)
    answer = client.post("/fr/report/light-out/around/", {"position": "34.9, -2.4"})
    assert answer.status_code == 429
    citizens.case_of(citizens.report(client))
