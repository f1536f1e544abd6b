"""Pictures are for everybody once public, and for the reporter always."""

import pytest
from django.test import Client

from nafida.cases import files
from nafida.cases.actions import answer_case, show_words
from nafida.cases.attachments import keep_picture
from nafida.cases.life import Outcome
from nafida.cases.models import Case
from tests import citizens, factories


@pytest.fixture
def case(berkane: None) -> Case:
    return factories.report(pictures=[keep_picture(citizens.photo().read())])


def address(case: Case, number: int = 1, size: str = "picture", key: str = "") -> str:
    return f"/fr/pictures/{case.reference}/{number}/{size}.jpg" + (f"?key={key}" if key else "")


def show(case: Case) -> None:
    show_words(case, by=factories.on_desk(factories.officer(case.body.code), case))


def test_a_picture_is_nobodys_before_an_officer_has_seen_it(client: Client, case: Case) -> None:
    assert client.get(address(case)).status_code == 404


@pytest.mark.parametrize("size", ["picture", "thumbnail"])
def test_a_public_picture_is_kept_by_the_browser_that_has_shown_it(client: Client, case: Case, size: str) -> None:
    show(case)
    shown = client.get(address(case, size=size), {"v": case.attachments.get().mark})
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"].startswith("private, max-age=")
    assert b"".join(shown)[:2] == b"\xff\xd8"


def test_the_reporter_sees_it_always_and_no_cache_keeps_it(client: Client, case: Case) -> None:
    shown = client.get(address(case, key=case.private_key))
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "private, no-store"
    assert client.get(address(case, key="nonsense")).status_code == 404


def test_no_answer_tells_the_name_of_the_file(client: Client, case: Case) -> None:
    show(case)
    digest = case.attachments.get().picture.partition(".")[0]
    assert digest not in str(client.get(address(case)).headers)
    assert client.get(f"/fr/pictures/{case.reference}/1/{digest}.jpg").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_number_that_no_picture_has_is_not_found(client: Client, case: Case, number: int) -> None:
    show(case)
    assert client.get(address(case, number)).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_found(client: Client, case: Case) -> None:
    show(case)
    files.remove(case.attachments.get().picture)
    assert client.get(address(case)).status_code == 404


def test_a_coarse_report_has_no_public_picture(client: Client, berkane: None) -> None:
    case = factories.report("smoke", pictures=[keep_picture(citizens.photo().read())])
    show(case)
    assert client.get(address(case)).status_code == 404


def test_only_an_address_that_changes_with_the_picture_is_kept(client: Client, case: Case) -> None:
    show(case)
    mark = case.attachments.get().mark
    assert client.get(address(case) + f"?v={mark}")["Cache-Control"].startswith("private, max-age=")
    assert client.get(address(case))["Cache-Control"] == "private, no-cache"
    assert client.get(address(case) + "?v=00000000")["Cache-Control"] == "private, no-cache"


def test_each_page_names_a_public_picture_by_its_mark(client: Client, case: Case) -> None:
    show(case)
    by = factories.on_desk(factories.officer(case.body.code), case)
    mark = case.attachments.get().mark
    pages = [f"/fr/map/card/{case.reference}/", citizens.public(case)]
    lon, lat = case.report.lon, case.report.lat
    near = client.post("/fr/report/light-out/around/", {"position": f"{lat},{lon}"}).content.decode()
    told = [near, *(client.get(page).content.decode() for page in pages)]
    answer_case(case, by=by, outcome=Outcome.DONE, text="Voilà.")
    told.append(client.get("/fr/").content.decode())
    for page in told:
        assert f"thumbnail.jpg?v={mark}" in page
