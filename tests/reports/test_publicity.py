"""What everybody sees of a report follows the service and an officer's leave."""

import math

import pytest
from django.utils import translation

from nafida.cases.actions import show_words
from nafida.cases.models import Case
from nafida.reports.models import Report
from nafida.reports.publicity import COARSE, coarse_point, public_face
from tests import factories


def shown(case: Case) -> Case:
    """The case after an officer has let its words be public."""
    user = factories.officer(case.body.code)
    show_words(case, by=factories.on_desk(user, case))
    return Case.objects.with_names().get(pk=case.pk)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[0] - b[0]) * math.cos(math.radians(a[1]))
    return 111_320 * math.hypot(east, a[1] - b[1])


def test_before_an_officer_has_seen_it_a_report_shows_neither_words_nor_place(berkane: None) -> None:
    face = public_face(factories.report(description="Words", name="Someone", name_is_public=True))
    assert (face.place, face.description, face.reporter, face.point, list(face.pictures)) == ("", "", "", None, [])


def test_after_an_officer_has_seen_it_a_full_report_shows_them(berkane: None) -> None:
    with translation.override("en"):
        face = public_face(shown(factories.report(description="Words", answers={"extent": "some"}, place="Here")))
    assert (face.description, face.place, face.answers[0].answer) == ("Words", "Here", "Several")
    assert face.point == pytest.approx(factories.inside(factories.AKLIM))


def test_a_name_is_shown_only_when_its_owner_said_so(berkane: None) -> None:
    assert public_face(shown(factories.report(name="Someone", name_is_public=True))).reporter == "Someone"
    assert public_face(shown(factories.report(name="Someone"))).reporter == ""


def test_a_coarse_report_never_shows_words_and_rounds_its_place(berkane: None) -> None:
    face = public_face(shown(factories.report("smoke", description="Words", place="Here")))
    assert (face.place, face.description, face.is_coarse) == ("", "", True)
    point = factories.inside(factories.AKLIM)
    assert face.point is not None
    assert face.point != pytest.approx(point)
    assert metres(face.point, point) <= COARSE * math.sqrt(0.5) + 10


def test_neighbours_share_one_rounded_place(berkane: None) -> None:
    lon, lat = coarse_point(Report(lon=-2.4223, lat=34.9193)) or (0, 0)
    near = [Report(lon=lon + east * 0.001, lat=lat + north * 0.001) for east in (-1, 1) for north in (-1, 1)]
    assert {coarse_point(report) for report in near} == {(lon, lat)}


def test_a_report_without_point_has_no_rounded_place(berkane: None) -> None:
    assert public_face(shown(factories.report("smoke", point=False))).point is None
