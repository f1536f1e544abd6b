"""Services and their questions, as an administrator edits them."""

from typing import Any

import pytest
from django.test import Client

from nafida.people.models import Role, Trace
from nafida.reports.forms import ReportForm
from nafida.services.models import Question, Service, ServiceGroup
from tests import factories
from tests.desk.conftest import browser

LIST = "/en/desk/services/"
PAGE = f"{LIST}light-out/"


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


def told(**said: Any) -> dict[str, Any]:
    """The form of a new service, filled in."""
    names = {"name_ar": "ساعة معطلة", "name_fr": "Horloge arrêtée", "name_en": "Clock stopped"}
    rest = {"working_days": "5", "publicity": "full", "danger": "none", "active": "on", "position": "0"}
    return {**names, "group": ServiceGroup.objects.get(code="lighting").pk, **rest, **said}


def asked(**said: Any) -> dict[str, Any]:
    lines = "gold | ذهبي | Doré | Golden\ngrey | رمادي | Gris"
    fixed = {"code": "colour", "datatype": "singlevaluelist", "position": "3", "choices": lines}
    return {"text_ar": "ما لونها؟", "text_fr": "Quelle couleur ?", **fixed, **said}


def test_a_service_is_added_under_a_code_of_its_own(client: Client) -> None:
    assert client.post(LIST + "new/", told())["Location"] == f"{LIST}clock-stopped/"
    made = Service.objects.get(code="clock-stopped")
    assert (made.name_ar, made.working_days, made.active) == ("ساعة معطلة", 5, True)  # type: ignore[attr-defined]
    assert client.post(LIST + "new/", told())["Location"] == f"{LIST}clock-stopped-2/"


def test_a_changed_limit_is_traced_with_what_it_was(client: Client) -> None:
    was = Service.objects.get(code="light-out").working_days
    assert client.post(PAGE, told(working_days="9")).status_code == 302
    assert Service.objects.get(code="light-out").working_days == 9
    assert Trace.objects.get(what="setting_changed").facts["changes"]["working_days"] == [was, 9]


def test_the_code_of_a_service_never_changes(client: Client) -> None:
    client.post(PAGE, told(code="other"))
    assert Service.objects.filter(code="light-out").exists()


def test_a_service_switched_off_can_no_longer_be_reported(client: Client) -> None:
    client.post(PAGE, told(active=""))
    assert Client().get("/en/report/light-out/").status_code == 410


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name_ar": ""}, "required"),
        ({"working_days": "0"}, "greater than or equal to 1"),
        ({"danger": "ask", "call": ["15"]}, "Write the question"),
        ({"danger": "stop"}, "somebody must be called"),
        ({"danger": "stop", "call": ["nobody"]}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_a_service_is_said(client: Client, said: dict[str, Any], words: str) -> None:
    answer = client.post(PAGE, told(**said))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Trace.objects.filter(what="setting_changed").exists()


def test_a_service_saved_as_it_is_changes_nothing(client: Client) -> None:
    form = client.get("/en/desk/services/light-damaged/").context["form"]
    said = {name: form[name].value() for name in form.fields}
    client.post("/en/desk/services/light-damaged/", {name: value for name, value in said.items() if value is not None})
    assert not Trace.objects.filter(what="setting_changed").exists()


def test_a_new_question_stands_in_the_form_with_its_list(client: Client) -> None:
    version = Service.objects.get(code="light-out").form_version
    assert client.post(PAGE + "questions/", asked()).status_code == 302
    service = Service.objects.get(code="light-out")
    assert service.form_version == version + 1
    field = ReportForm(service).fields["q_colour"]
    assert [value for value, _name in field.choices if value] == ["gold", "grey"]  # type: ignore[attr-defined]


def test_a_line_taken_away_is_offered_no_more(client: Client) -> None:
    client.post(PAGE + "questions/", asked())
    row = Question.objects.get(code="colour")
    changed = asked(choices="grey | رمادي | Gris clair\nred | أحمر | Rouge", text_fr="De quelle couleur ?")
    client.post(f"{PAGE}questions/{row.pk}/", changed)
    row.refresh_from_db()
    assert list(row.choices.values_list("code", "name_fr")) == [("grey", "Gris clair"), ("red", "Rouge")]
    line = Trace.objects.filter(what="setting_changed").latest("pk").facts["changes"]
    assert line["text_fr"] == ["Quelle couleur ?", "De quelle couleur ?"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"code": "Größe"}, "Only small Latin letters"),
        ({"code": "extent"}, "already"),
        ({"choices": "one | واحد | Un"}, "two lines or more"),
        ({"choices": "one | واحد\ntwo | اثنان"}, "This line is not"),
        ({"choices": "a | ا | A\na | ب | B"}, "same code"),
        ({"datatype": "string"}, "Only a list has lines"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(client: Client, said: dict[str, str], words: str) -> None:
    answer = client.post(PAGE + "questions/", asked(**said))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Question.objects.filter(code="colour").exists()


def test_a_question_dropped_is_asked_no_more_and_answers_stay(client: Client) -> None:
    case = factories.report(answers={"extent": "one"})
    row = Question.objects.get(service__code="light-out", code="extent")
    client.post(f"{PAGE}questions/{row.pk}/drop/")
    assert not Question.objects.filter(pk=row.pk).exists()
    assert case.report.answers == {"extent": "one"}  # type: ignore[attr-defined]
