"""What several accepted reports name at one place is proposed as a landmark, once."""

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.reports.actions import Account, Place, file_report
from nafida.reports.learning import propose_landmarks
from nafida.services.models import Service
from nafida.territory.models import Landmark
from tests.factories import AKLIM, inside, officer, on_desk

pytestmark = pytest.mark.usefixtures("berkane")


def told(place, *, north=0.0, accepted=True):
    lon, lat = inside(AKLIM)
    where = Place.at(lon, lat + north, place)
    case, _new = file_report(Service.objects.get(code="light-out"), where, Account(), language="ar")
    if accepted:
        actions.take_in_hand(case, by=on_desk(officer(case.body.code), case))
    return case


def proposed():
    propose_landmarks(timezone.now())
    return [(row.kind, row.name, row.state) for row in Landmark.objects.order_by("pk")]


def test_three_cases_that_name_a_mosque_propose_it_in_their_middle_and_only_once():
    told("قرب مسجد النور")
    told("أمام المسجد النور، الزنقة", north=0.0003)
    told("وراء مسجد النور", north=0.0006)
    assert proposed() == [("mosque", "مسجد النور", "proposed")]
    assert Landmark.objects.get().lat == pytest.approx(inside(AKLIM)[1] + 0.0003, abs=1e-5)
    assert propose_landmarks(timezone.now()) == 0


def test_the_longer_name_is_proposed_where_enough_say_it():
    for north in (0, 0.0001, 0.0002):
        told("près de l'école Al Amal Jadida", north=north)
    assert proposed() == []
    for north in (0, 0.0001, 0.0002):
        told("École Al Amal Jadida", north=north)
    assert proposed() == [("school", "École Al Amal Jadida", "proposed")]


@pytest.mark.parametrize(
    "places", [["مسجد النور"] * 2, ["مسجد النور", "مسجد السلام", "مسجد الهدى"], ["قرب الدار الكبيرة"] * 3]
)
def test_too_few_or_other_words_propose_nothing(places):
    for place in places:
        told(place)
    assert proposed() == []


def test_cases_far_apart_or_not_accepted_propose_nothing():
    for number in range(3):
        told("مسجد النور", north=0.003 * number)
        told("مدرسة الأمل", accepted=False)
    assert proposed() == []


def test_a_landmark_that_is_there_is_not_proposed():
    lon, lat = inside(AKLIM)
    Landmark.objects.create(kind="mosque", name_ar="مسجد النور الكبير", area=told("x").area, lon=lon, lat=lat, cell=0)
    for _time in range(3):
        told("مسجد النور")
    assert [state for *_name, state in proposed()] == ["kept"]
