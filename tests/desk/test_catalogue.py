"""Services and their questions, as an administrator edits them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from nafida.desk.casefile import answers_in_words
from nafida.desk.forms.drawings import DRAWINGS
from nafida.people.models import Role, Trace
from nafida.reports.forms import ReportForm
from nafida.reports.views.start import catalogue
from nafida.services.models import Question, Service, ServiceGroup
from nafida.services.search import find_services
from nafida.ui.icons import ICONS
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
    fixed = {"code": "colour", "datatype": "singlevaluelist", "position": "3", "active": "on", "choices": lines}
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


def test_what_is_kept_is_named_in_the_readers_language(client: Client) -> None:
    page = client.post("/ar/desk/services/light-out/", told(), follow=True)
    assert "ساعة معطلة:" in page.text
    assert "Horloge arrêtée:" not in page.text


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


def test_a_question_switched_off_is_asked_no_more_and_its_answers_keep_their_words(client: Client) -> None:
    client.post(PAGE + "questions/", asked())
    case = factories.report(answers={"colour": "gold"})
    row = Question.objects.get(code="colour")
    client.post(f"{PAGE}questions/{row.pk}/", asked(active=""))
    assert "q_colour" not in ReportForm(Service.objects.get(code="light-out")).fields
    with translation.override("fr"):
        told = answers_in_words(case, case.report)  # type: ignore[attr-defined]
    assert ("Quelle couleur ?", "Doré") in told
    assert Trace.objects.filter(what="setting_changed").latest("pk").facts["changes"]["active"] == [True, False]


def test_the_question_switched_off_may_come_back(client: Client) -> None:
    client.post(PAGE + "questions/", asked(active=""))
    row = Question.objects.get(code="colour")
    client.post(f"{PAGE}questions/{row.pk}/", asked())
    assert "q_colour" in ReportForm(Service.objects.get(code="light-out")).fields


def test_a_service_is_found_by_the_words_it_is_given(client: Client) -> None:
    assert not find_services("zembrek")
    client.post(PAGE, told(words="zembrek\nبولة\r\nzembrek"))
    assert [service.code for service in find_services("zembrek")] == ["light-out"]
    assert Service.objects.get(code="light-out").words == "zembrek بولة"


def test_the_drawing_of_a_service_is_that_chosen_for_it_else_its_shelfs(client: Client) -> None:
    def signs() -> set[str]:
        return {service.sign for service in catalogue() if service.code == "light-out"}  # type: ignore[attr-defined]

    assert signs() == {"lamp"}
    client.post(PAGE, told(icon="star"))
    assert signs() == {"star"}
    Service.objects.filter(code="light-out").update(icon="no-longer-drawn")
    assert signs() == {"lamp"}


def test_only_a_drawing_that_there_is_can_be_chosen(client: Client) -> None:
    assert set(DRAWINGS) <= set(ICONS)
    assert client.post(PAGE, told(icon="unicorn")).status_code == 422
    assert client.get(PAGE).content.decode().count('name="icon"') == len(DRAWINGS) + 1


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


def kept_facts(service: Service, **said: Any) -> dict[str, Any]:
    names = ("name_ar", "name_fr", "working_days", "limit_source", "publicity", "position", "danger")
    return {**{name: getattr(service, name) for name in names}, "group": service.group_id, "active": "on", **said}


def test_showing_more_of_old_reports_needs_a_tick(client: Client) -> None:
    noise = Service.objects.get(code="noise")
    factories.report("noise")
    refused = client.post(f"{LIST}noise/", kept_facts(noise, publicity="coarse"))
    assert refused.status_code == 422
    assert "Show more of the reports filed so far too (1)" in refused.content.decode()
    noise.refresh_from_db()
    assert noise.publicity == "private"
    assert client.post(f"{LIST}noise/", kept_facts(noise, publicity="coarse", shows_more="on")).status_code == 302
    noise.refresh_from_db()
    assert noise.publicity == "coarse"


def test_showing_less_or_of_no_report_needs_none(client: Client) -> None:
    factories.report("light-out")
    for code, publicity in (("light-out", "coarse"), ("noise", "coarse")):
        service = Service.objects.get(code=code)
        assert client.post(f"{LIST}{code}/", kept_facts(service, publicity=publicity)).status_code == 302
        service.refresh_from_db()
        assert service.publicity == publicity
