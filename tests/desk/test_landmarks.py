"""Landmarks on the desk: proposed ones kept or refused, others added, changed, removed; each with its line."""

import pytest

from nafida.people.models import Role, Trace
from nafida.territory.actions import propose_landmark
from nafida.territory.landmarks import suggest
from nafida.territory.models import Landmark
from tests import factories
from tests.desk.conftest import browser
from tests.factories import AKLIM, inside

pytestmark = pytest.mark.usefixtures("berkane")
URL = "/en/desk/landmarks/"


@pytest.fixture
def desk(berkane):
    return browser(factories.coordinator())


def said(**fields):
    lon, lat = inside(AKLIM)
    names = {"name_ar": "مسجد النور", "name_fr": "Mosquée An-Nour"}
    return {"kind": "mosque", **names, "position": f"{lat}, {lon}", **fields}


def test_a_landmark_is_added_found_changed_and_removed_and_each_is_traced(desk):
    assert desk.post(URL, said()).status_code == 302
    row = Landmark.objects.get()
    assert (row.area.code, row.source) == (AKLIM, "desk")
    assert "مسجد النور" in desk.get(URL, {"q": "nour"}).text
    assert desk.post(f"{URL}{row.pk}/", said(name_fr="Mosquée Essalam")).status_code == 302
    assert suggest("essalam") == [row]
    assert desk.post(f"{URL}{row.pk}/drop/").status_code == 302
    assert suggest("essalam") == []
    assert desk.get(f"{URL}{row.pk}/").status_code == 404
    changes = [trace.facts["changes"] for trace in Trace.objects.filter(what="setting_changed").order_by("pk")]
    assert [sorted(change) for change in changes][1:] == [["name_fr"], ["state"]]


def test_what_reports_name_is_kept_by_saving_and_offered_to_nobody_before(desk):
    row = propose_landmark("mosque", "مسجد النور", *inside(AKLIM))
    assert suggest("النور") == []
    assert "مسجد النور" in desk.get(URL).text
    desk.post(f"{URL}{row.pk}/", said(name_fr=""))
    assert suggest("النور") == [row]


def test_what_was_refused_is_not_proposed_again(desk):
    row = propose_landmark("mosque", "مسجد النور", *inside(AKLIM))
    desk.post(f"{URL}{row.pk}/drop/")
    assert propose_landmark("mosque", "مسجد النور", *inside(AKLIM)) is None


@pytest.mark.parametrize(
    "wrong", [{"name_ar": "", "name_fr": ""}, {"position": "x"}, {"position": "48.85, 2.35"}, {"kind": "castle"}]
)
def test_a_wrong_landmark_is_refused_with_a_sentence(desk, wrong):
    answer = desk.post(URL, said(**wrong))
    assert answer.status_code == 422
    assert "errors" in answer.text
    assert not Landmark.objects.exists()


def test_nobody_else_sees_or_changes_them(berkane):
    row = propose_landmark("mosque", "مسجد النور", *inside(AKLIM))
    for path in (URL, f"{URL}{row.pk}/", f"{URL}{row.pk}/drop/"):
        for role in (Role.AGENT, Role.MANAGER):
            assert browser(factories.officer("commune-aklim", role)).post(path, said()).status_code == 403
    assert Landmark.objects.get().state == "proposed"
