"""Templates of answers: who may write which, what may stand in them, and how they reach an answer."""

from typing import Any

import pytest

from nafida.cases.filling import fill
from nafida.cases.models import AnswerTemplate, Case
from nafida.people.models import Role, Trace, User
from nafida.services.models import Service
from nafida.territory.models import Body
from tests import factories
from tests.desk.conftest import address, browser

LIST = "/en/desk/templates/"


@pytest.fixture
def manager(berkane: None) -> User:
    return factories.officer(role=Role.MANAGER)


def template(body: str | None = None, **fields: Any) -> AnswerTemplate:
    told = {"title": "Repaired", "text_ar": "تم {reference}", "text_fr": "Fait : {service}", **fields}
    return AnswerTemplate.objects.create(body=Body.objects.get(code=body) if body else None, **told)


def said(**other: Any) -> dict[str, Any]:
    return {"title": "T", "text_ar": "نعم {reference}", "text_fr": "Oui {deadline}", **other}


def test_it_is_filled_in_the_language_of_the_citizen(case: Case) -> None:
    row = template(text_ar="{reference} {body} {unknown}", text_fr="{service} {place}")
    assert fill(row, case) == f"{case.shown_reference} {case.body.name_ar} {{unknown}}"
    case.language = "fr"
    assert fill(row, case) == f"{case.service.name_fr} {case.area.name_fr}"


def test_an_unknown_variable_is_refused_when_saved(manager: User) -> None:
    body = Body.objects.get(code="commune-aklim").pk
    told = browser(manager).post(f"{LIST}new/", said(body=body, text_fr="{citizen}"))
    assert told.status_code == 422
    assert "There is no variable {citizen}" in told.content.decode()
    assert not AnswerTemplate.objects.exists()


def test_a_manager_writes_for_the_own_body_and_it_is_on_the_trail(manager: User) -> None:
    client = browser(manager)
    own, other = (Body.objects.get(code=code).pk for code in ("commune-aklim", "commune-ahfir"))
    assert client.post(f"{LIST}new/", said(body=other)).status_code == 422
    assert client.post(f"{LIST}new/", said(body="")).status_code == 422
    assert client.post(f"{LIST}new/", said(body=own)).status_code == 302
    row = AnswerTemplate.objects.get()
    assert client.post(f"{LIST}{row.pk}/", said(body=own, title="New title")).status_code == 302
    assert Trace.objects.filter(what="setting_changed", by=manager).count() == 2
    assert client.post(f"{LIST}{row.pk}/", {"drop": "yes"}).status_code == 302
    assert not AnswerTemplate.objects.exists()


def test_templates_of_others_do_not_exist_for_a_manager_and_an_agent_has_no_page(manager: User, agent: User) -> None:
    for row in (template("commune-ahfir"), template()):
        assert browser(manager).get(f"{LIST}{row.pk}/").status_code == 404
    assert browser(agent).get(LIST).status_code == 403


def test_the_coordinator_writes_for_all(berkane: None) -> None:
    client = browser(factories.coordinator())
    service = Service.objects.get(code="pavement")
    assert client.post(f"{LIST}new/", said(body="", services=[service.pk])).status_code == 302
    assert AnswerTemplate.objects.get().body is None
    assert "All administrations" in client.get(LIST).content.decode()


def test_a_case_is_offered_what_fits_its_body_and_subject(agent: User, case: Case) -> None:
    for title, body in (("Ours", "commune-aklim"), ("Theirs", "commune-ahfir"), ("Of all", None)):
        template(body, title=title)
    template(title="Of bins").services.add(Service.objects.get(code="bin"))
    told = browser(agent).get(address(case)).content.decode()
    assert "Ours" in told
    assert "Of all" in told
    assert "Theirs" not in told
    assert "Of bins" not in told


def test_a_template_fills_its_form_without_any_script(agent: User, case: Case) -> None:
    row = template()
    told = browser(agent).get(address(case), {"template": row.pk, "for": "answer"}).content.decode()
    assert f"تم {case.shown_reference}</textarea>" in told


def test_open_cases_near_by_are_offered_to_be_joined(agent: User, case: Case) -> None:
    near, other = factories.report(), factories.report("pavement")
    told = browser(agent).get(address(case)).content.decode()
    assert f'name="reference" value="{near.reference}"' in told
    assert other.reference not in told
