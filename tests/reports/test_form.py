"""What the form takes and what it says when it does not."""

from typing import Any

import pytest
from django.utils import translation

from nafida.reports.actions import Place
from nafida.reports.forms import ReportForm
from nafida.services.models import Datatype, Question, Service
from tests import factories
from tests.factories import AKLIM

SAIDIA = "02.113.01.25"


def form(service: str = "light-out", **said: Any) -> ReportForm:
    """A form sent with what is said."""
    with translation.override("en"):
        sent = ReportForm(Service.objects.get(code=service), {"commune": AKLIM, "place": "near the mosque", **said})
        sent.is_valid()
    return sent


def written(code: str) -> str:
    lon, lat = factories.inside(code)
    return f"{lat}, {lon}"


def where(sent: ReportForm) -> Place:
    assert sent.where is not None, sent.errors
    return sent.where


def test_a_commune_and_words_make_a_place(berkane: None) -> None:
    place = where(form())
    assert (place.commune.code, place.words, place.point) == (AKLIM, "near the mosque", None)


def test_a_position_alone_finds_its_commune(berkane: None) -> None:
    place = where(form(commune="", place="", position=written(AKLIM)))
    assert place.commune.code == AKLIM
    assert place.point == pytest.approx(factories.inside(AKLIM))


def test_without_position_commune_and_words_are_asked_for(berkane: None) -> None:
    assert {"commune", "place"} <= form(commune="", place="").errors.keys()


def test_a_position_in_another_commune_is_told_in_words_and_left_to_choose(berkane: None) -> None:
    sent = form(position=written(SAIDIA))
    assert "Saidia" in str(sent.errors["commune"])
    assert "Aklim" in str(sent.errors["commune"])


def test_a_position_outside_the_province_is_said_to_be_so(berkane: None) -> None:
    sent = form(position="34.0209, -6.8416")
    assert sent.outside
    assert "outside" in str(sent.errors["position"])


def test_a_local_service_is_taken_only_where_it_is_offered(berkane: None) -> None:
    assert "commune" in form("beach-dirty").errors
    assert "Saidia" in str(form("beach-dirty", commune="", position=written(AKLIM)).errors["position"])
    assert where(form("beach-dirty", commune=SAIDIA)).commune.code == SAIDIA


@pytest.mark.parametrize("typed", ["0612345678", "+212 6 12 34 56 78", "٠٦١٢٣٤٥٦٧٨", "06.12.34.56.78"])
def test_a_telephone_number_is_kept_in_its_international_form(berkane: None, typed: str) -> None:
    assert form(phone=typed).contact()["phone"] == "+212612345678"


@pytest.mark.parametrize("typed", ["12", "abc", "+9999999999999999"])
def test_what_is_no_telephone_number_is_told(berkane: None, typed: str) -> None:
    with translation.override("en"):
        assert "telephone" in str(form(phone=typed).errors["phone"])


def test_a_telephone_number_of_another_country_is_taken_with_its_prefix(berkane: None) -> None:
    assert form(phone="+33 6 12 34 56 78").contact()["phone"] == "+33612345678"


def test_danger_is_asked_only_where_the_service_asks(berkane: None) -> None:
    assert "danger" not in form().fields
    assert "danger" in form("manhole").errors
    assert form("manhole", danger="yes").tells_danger


def test_a_required_question_is_required_and_others_are_not(berkane: None) -> None:
    assert "q_what" in form("water-supply").errors
    assert form("water-supply", q_what="cut").answers() == {"what": "cut"}
    assert form("light-out").answers() == {}


@pytest.mark.parametrize(
    ("datatype", "sent", "kept"),
    [
        (Datatype.STRING, "A 12", "A 12"),
        (Datatype.TEXT, "one\r\ntwo", "one\ntwo"),
        (Datatype.NUMBER, "3", 3.0),
        (Datatype.DATETIME, "2026-11-20T18:04", "2026-11-20T18:04:00+00:00"),
        (Datatype.SINGLE, "a", "a"),
        (Datatype.MULTI, ["a", "b"], ["a", "b"]),
    ],
)
def test_each_type_of_question_has_its_control(berkane: None, datatype: str, sent: Any, kept: Any) -> None:
    service = Service.objects.get(code="water-leak")
    question = Question.objects.create(service=service, code="x", datatype=datatype, text="?", required=True)
    for code in ("a", "b"):
        question.choices.create(code=code, name=code.upper())
    assert form("water-leak", q_x=sent).answers() == {"x": kept}


def test_a_description_of_two_thousand_characters_passes_whatever_its_line_breaks(berkane: None) -> None:
    long = "a\r\n" * 1000
    assert "description" not in form(description=long).errors
    assert "description" in form(description="a" * 2001).errors
