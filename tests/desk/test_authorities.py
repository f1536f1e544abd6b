"""The State's local authorities as administrators enter them: who they are, and from when until when."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nafida.people.models import Role, Trace
from nafida.territory.actions import add_jurisdiction
from nafida.territory.models import Body, BodyKind
from tests import factories
from tests.desk.authorities import LIST, aklim, answers_for_noise, at, authority
from tests.desk.conftest import browser

NEW = {
    "name_ar": "قيادة أكليم",
    "name_fr": "Caïdat d’Aklim",
    "email": "caidat@example.org",
    "phone": "0536",
    "language": "ar",
}


@pytest.fixture
def client(berkane: None) -> Client:
    return browser(factories.officer("governorate", Role.ADMINISTRATOR))


@pytest.fixture
def caidat(berkane: None) -> Body:
    return authority("caidat")


def superior() -> int:
    return Body.objects.governorate().pk


# --- who may come


@pytest.fixture
def doors(caidat: Body) -> list[str]:
    row = add_jurisdiction(caidat, quarters="Centre", by=None)
    return [LIST, f"{LIST}caidat/", at(caidat), at(caidat, row)]


def test_signed_out_each_page_leads_to_the_sign_in(doors: list[str]) -> None:
    for url in doors:
        for response in (Client().get(url), Client().post(url, NEW)):
            assert response["Location"] == f"/en/accounts/login/code/?next={url}"


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER, Role.COORDINATOR])
def test_no_other_role_opens_or_sends_anything(doors: list[str], role: Role) -> None:
    other = browser(factories.officer("governorate", role))
    assert {other.get(url).status_code for url in doors} == {403}
    assert {other.post(url, NEW).status_code for url in doors} == {403}
    assert Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY).count() == 1


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_administrator_opens_each_page_in_each_language(client: Client, doors: list[str], language: str) -> None:
    assert {client.get(f"/{language}{url[3:]}").status_code for url in doors} == {200}
    assert f"/{language}/desk/authorities/" in client.get(f"/{language}/desk/settings/").content.decode()


def test_what_is_no_local_authority_has_no_page_here(client: Client, caidat: Body) -> None:
    row = add_jurisdiction(caidat, quarters="Centre", by=None)
    other = authority("annex")
    urls = [f"{LIST}commune-aklim/", f"{LIST}commune-aklim/areas/", f"{LIST}nobody/", at(caidat) + "987654/"]
    assert {client.get(url).status_code for url in [*urls, at(other, row)]} == {404}


# --- who they are


def test_an_authority_is_entered_under_the_governorate_with_a_readable_code_and_traced(client: Client) -> None:
    response = client.post(LIST, {**NEW, "superior": superior()})
    assert response["Location"] == f"{LIST}caidat-d-aklim/"
    body = Body.objects.get(code="caidat-d-aklim")
    assert (body.kind, body.name_ar, body.email) == ("local_authority", "قيادة أكليم", "caidat@example.org")
    assert body.superior == Body.objects.governorate()
    line = Trace.objects.get(what="setting_changed").facts
    assert (line["table"], line["row"]) == ("territory.body", body.pk)


def test_the_governorate_is_offered_as_superior(client: Client) -> None:
    assert f'<option value="{superior()}" selected>' in client.get(LIST).content.decode()


def test_two_of_one_name_get_two_codes(client: Client) -> None:
    for _ in range(2):
        client.post(LIST, {**NEW, "superior": superior()})
    assert set(Body.objects.filter(code__startswith="caidat").values_list("code", flat=True)) == {
        "caidat-d-aklim",
        "caidat-d-aklim-2",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fr": ""},
        {"name_ar": ""},
        {"email": "nonsense"},
        {"superior": "987654"},
        {"name_fr": "a\0b"},
        {"valid_from": "2026-02-01", "valid_to": "2026-01-31"},
        {"valid_from": "31/31/2026"},
    ],
)
def test_a_wrong_fact_is_said_and_nothing_is_kept(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(LIST, {**NEW, "superior": superior(), **wrong})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY).exists()
    assert not Trace.objects.filter(what="setting_changed").exists()


def test_nobody_stands_above_themselves(client: Client, caidat: Body) -> None:
    annex = authority("annex")
    Body.objects.filter(pk=annex.pk).update(superior=caidat)
    for above in (caidat, annex):
        assert client.post(f"{LIST}caidat/", {**NEW, "superior": above.pk}).status_code == 422
    assert client.post(f"{LIST}annex/", {**NEW, "superior": caidat.pk}).status_code == 302


def test_an_authority_ends_and_the_governorate_answers_the_day_after(client: Client, caidat: Body) -> None:
    add_jurisdiction(caidat, boundary=aklim(), by=None)
    last = timezone.localdate() - timedelta(days=1)
    said = {**NEW, "superior": superior(), "valid_to": last.isoformat()}
    assert client.post(f"{LIST}caidat/", said).status_code == 302
    assert (answers_for_noise(last), answers_for_noise(last + timedelta(days=1))) == ("caidat", "governorate")
    assert "valid_to" in Trace.objects.get(what="setting_changed").facts["changes"]
    assert "Ended" in client.get(LIST).content.decode()
