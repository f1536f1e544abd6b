"""Who gets what at each door of the desk: signed out, of another body, of this one."""

import pytest
from django.test import Client

from nafida.cases.models import Case
from nafida.people.models import Role, User
from tests import factories
from tests.desk.conftest import address, browser, fresh

OPEN_TO_OFFICERS = ["/en/desk/"]
OF_ADMINISTRATORS = ["/en/desk/people/", "/en/desk/bodies/", "/en/desk/bodies/commune-aklim/", "/en/desk/days/"]
POST_OFFICE = "/en/desk/post/"
SENT = [
    "/en/desk/people/1/end/",
    "/en/desk/days/2026-01-01/drop/",
    "/en/desk/post/letters/1/retry/",
    "/en/desk/post/tasks/00000000-0000-0000-0000-000000000000/retry/",
]
OF_A_CASE = ["", "contact", "take_in_hand", "answer", "transfer", "note", "pictures/1/small.jpg"]


def of_case(case: Case, end: str) -> str:
    return address(case, end).replace(".jpg/", ".jpg")


@pytest.mark.parametrize("url", [*OPEN_TO_OFFICERS, *OF_ADMINISTRATORS, POST_OFFICE])
def test_signed_out_a_page_leads_to_the_sign_in(berkane: None, url: str) -> None:
    response = Client().get(url)
    assert response.status_code == 302
    assert response["Location"] == f"/en/accounts/login/code/?next={url}"


@pytest.mark.parametrize("url", SENT)
def test_signed_out_nothing_can_be_sent(berkane: None, url: str) -> None:
    assert Client().post(url)["Location"].startswith("/en/accounts/login/code/")


@pytest.mark.parametrize("end", OF_A_CASE)
def test_signed_out_nothing_of_a_case_is_shown_or_done(case: Case, end: str) -> None:
    for response in (Client().get(of_case(case, end)), Client().post(of_case(case, end))):
        assert response.status_code == 302
    assert fresh(case).version == case.version


@pytest.mark.parametrize("end", OF_A_CASE)
def test_for_an_officer_of_another_body_a_case_does_not_exist(case: Case, end: str) -> None:
    stranger = browser(factories.officer("commune-ahfir"))
    assert stranger.post(of_case(case, end), {"version": 1, "text": "x"}).status_code == 404
    shown = stranger.get(of_case(case, end))
    assert shown.status_code == 404 or stranger.get(shown["Location"]).status_code == 404
    assert fresh(case).version == case.version


def test_an_administrator_who_is_no_officer_sees_no_case(case: Case) -> None:
    admin = browser(factories.officer("governorate", Role.ADMINISTRATOR))
    assert admin.get(address(case)).status_code == 404
    assert case.shown_reference not in admin.get("/en/desk/?pile=all").content.decode()


@pytest.mark.parametrize("url", [*OF_ADMINISTRATORS, POST_OFFICE])
def test_an_agent_opens_no_page_of_administrators(agent: User, url: str) -> None:
    assert browser(agent).get(url).status_code == 403


@pytest.mark.parametrize("url", SENT)
def test_an_agent_sends_no_form_of_administrators(agent: User, url: str) -> None:
    assert browser(agent).post(url).status_code == 403


@pytest.mark.parametrize("url", [*OPEN_TO_OFFICERS, *OF_ADMINISTRATORS, POST_OFFICE])
def test_an_administrator_opens_each_page_and_no_cache_keeps_it(berkane: None, url: str) -> None:
    response = browser(factories.officer("governorate", Role.ADMINISTRATOR)).get(url)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))


def test_somebody_without_any_role_is_refused(berkane: None) -> None:
    nobody = User.objects.create_user("nobody@example.org")
    assert browser(nobody).get("/en/desk/").status_code == 403


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_officer_opens_inbox_and_case_in_each_language(agent: User, case: Case, language: str) -> None:
    client = browser(agent)
    assert client.get(f"/{language}/desk/").status_code == 200
    assert client.get(f"/{language}/desk/cases/{case.reference}/").status_code == 200
