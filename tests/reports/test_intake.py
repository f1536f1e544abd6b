"""The way of a report from the form to its receipt."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nafida.cases.models import Case, CaseLetter
from nafida.reports.models import Draft, Report
from nafida.services.models import Service
from tests import citizens, factories
from tests.conftest import Queue


def test_a_report_goes_from_the_form_to_the_reporters_page(client: Client, berkane: None) -> None:
    sent = citizens.report(client, description="La rue est dans le noir.", email="a@example.org", q_extent="street")
    case = citizens.case_of(sent)
    receipt = client.get(sent["Location"])
    assert receipt.status_code == 200
    assert case.shown_reference in receipt.content.decode()
    assert f"<bdi>{case.pin}</bdi>" in receipt.content.decode()
    assert client.get(citizens.public(case)).status_code == 200
    page = client.get(citizens.mine(case)).content.decode()
    assert "La rue est dans le noir." in page
    assert "Toute la rue" in page


def test_a_script_gets_the_receipt_as_the_answer_and_no_cache_keeps_it(client: Client, berkane: None) -> None:
    form = citizens.filled(citizens.opened(client), receipt_here="yes")
    for _tap in range(2):
        answer = client.post(citizens.address(), form)
        case = Case.objects.get()
        at = f"report/receipt/{case.reference}/{case.private_key}/"
        assert answer.status_code == 200
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "no-referrer")
        assert f'data-address="/fr/{at}"' in answer.content.decode()
        assert f'href="/ar/{at}"' in answer.content.decode()


def test_a_report_keeps_what_was_said(client: Client, berkane: None) -> None:
    said = {"name": "F. Z.", "name_is_public": "on", "phone": "0612345678"}
    case = citizens.case_of(citizens.report(client, language="ar", **said))
    assert (case.language, case.channel, case.urgent) == ("ar", "web", False)
    assert (case.contact.name, case.contact.name_is_public, case.contact.phone) == ("F. Z.", True, "+212612345678")
    assert Report.objects.get(pk=case.pk).place == "قرب المسجد"


def test_a_point_in_the_enclave_of_aklim_goes_to_its_body(client: Client, berkane: None) -> None:
    lon, lat = factories.inside(factories.AKLIM)
    case = citizens.case_of(citizens.report(client, commune="", place="", position=f"{lat}, {lon}"))
    assert case.body.code == "commune-aklim"
    assert case.cell is not None


def test_the_letters_are_written(client: Client, berkane: None) -> None:
    case = citizens.case_of(citizens.report(client, email="a@example.org"))
    Queue().drain()
    letter = CaseLetter.objects.get(case=case).letter
    assert letter.to == "a@example.org"


def test_a_wrong_form_comes_back_with_all_that_was_in_it(client: Client, berkane: None) -> None:
    sent = citizens.report(client, place="", description="Trou <b>profond</b>", name="Someone", q_pole="A 12")
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Trou &lt;b&gt;profond&lt;/b&gt;" in page
    assert 'value="Someone"' in page
    assert 'value="A 12"' in page
    assert not Case.objects.exists()


def test_a_place_outside_is_told_where_this_window_serves(client: Client, berkane: None) -> None:
    sent = citizens.report(client, commune="", position="34.0209, -6.8416", description="Trou")
    assert sent.status_code == 422
    assert "Tafoughalt" in sent.content.decode().partition('id="outside"')[2].partition("<form")[0]
    assert ">\nTrou</textarea>" in sent.content.decode()


def test_danger_shows_whom_to_call_before_anything_is_filed(client: Client, berkane: None) -> None:
    form = citizens.filled(citizens.opened(client, "manhole"), danger="yes", photos=citizens.photo())
    page = client.post(citizens.address("manhole"), form)
    assert 'href="tel:15"' in page.content.decode()
    assert not Case.objects.exists()
    form = {**form, "draft": citizens.draft_of(page), "called": "yes"}
    form.pop("photos")
    case = citizens.case_of(client.post(citizens.address("manhole"), form))
    assert case.urgent
    assert case.attachments.count() == 1


def test_whoever_wants_to_change_a_dangerous_report_gets_the_form_back(client: Client, berkane: None) -> None:
    page = citizens.report(client, "manhole", danger="yes", change="yes")
    assert page.status_code == 200
    assert 'name="place"' in page.content.decode()
    assert 'href="tel:15"' in page.content.decode()


def test_what_cannot_wait_is_called_and_has_no_form(client: Client, berkane: None) -> None:
    shown = client.get(citizens.address("danger-now")).content.decode()
    assert all(f'href="tel:{number}"' in shown for number in (15, 19, 177))
    assert "<form" not in shown
    assert client.post(citizens.address("danger-now"), {}).status_code == 422
    assert not Case.objects.exists()


def test_the_company_is_called_once_its_number_is_known(client: Client, berkane: None) -> None:
    factories.body("srm", emergency_phone="0536000000")
    page = citizens.report(client, "power-cable", danger="yes").content.decode()
    assert page.index('href="tel:0536000000"') < page.index('href="tel:15"')


def test_all_groups_are_offered_and_a_local_one_says_where(client: Client, berkane: None) -> None:
    page = client.get("/fr/report/").content.decode()
    assert page.count('<details class="shelf"') == 9
    assert "Saidia" in page.partition("<span>Plage</span>")[2].partition("<ul")[0]


def test_a_service_no_longer_offered_says_so(client: Client, berkane: None) -> None:
    Service.objects.filter(code="noise").update(active=False)
    assert client.get(citizens.address("noise")).status_code == 410
    assert citizens.address("noise") not in client.get("/fr/report/").content.decode()


def test_an_unknown_service_is_not_found(client: Client, berkane: None) -> None:
    assert client.get(citizens.address("nonsense")).status_code == 404


def test_looking_at_the_form_writes_nothing(client: Client, berkane: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        client.get(citizens.address())
    assert not [row["sql"] for row in seen if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "nonsense", "\x00", "0" * 36, "00000000-0000-0000-0000-000000000000"])
def test_a_form_without_a_good_key_comes_back_with_one(client: Client, berkane: None, key: str) -> None:
    sent = client.post(citizens.address(), citizens.filled({"form_key": key}))
    assert sent.status_code == 422
    again = citizens.FORM_KEY.search(sent.content.decode())
    assert again is not None
    citizens.case_of(client.post(citizens.address(), citizens.filled({"form_key": again[1]})))


def test_filing_takes_at_most_fourteen_statements(client: Client, berkane: None) -> None:
    citizens.report(client)  # warms what the process keeps
    form = citizens.filled({"form_key": str(uuid4())}, email="a@example.org", photos=citizens.photo())
    with CaptureQueriesContext(connection) as seen:
        case = citizens.case_of(client.post(citizens.address(), form))
    assert case.attachments.count() == 1
    statements = [row["sql"] for row in seen]
    filing = next(n for n, sql in enumerate(statements) if sql.startswith("SAVEPOINT"))
    done = next(n for n, sql in enumerate(statements) if sql.startswith("RELEASE") and n > filing)
    assert done - filing + 1 <= 14, "\n".join(statements[filing : done + 1])
