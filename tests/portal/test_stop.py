"""“Not me”: by the page, and by a mail program's one click."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from nafida.cases import actions
from nafida.cases.life import Outcome
from nafida.mail.message import compose
from nafida.mail.models import KnownAddress, Letter
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


@pytest.fixture
def stop(work: Callable[..., Any], settings: Any) -> str:
    """The address of the stop page, out of the header of a receipt."""
    case = factories.report()
    work()
    found = re.search(rb"List-Unsubscribe: <([^>]+)>", compose(Letter.objects.get()))
    assert found is not None
    assert case.contact.email == Letter.objects.get().to
    return found[1].decode().removeprefix(settings.SITE_URL)


def test_looking_stops_nothing_and_the_button_does(stop: str, client: Client) -> None:
    page = client.get(stop)
    assert "citizen@example.org" in page.content.decode()
    assert KnownAddress.objects.get().stopped_at is None
    assert "no-store" in page["Cache-Control"]
    client.post(stop)
    assert KnownAddress.objects.get().stopped_at is not None
    client.post(stop, {"do": "resume"})
    assert KnownAddress.objects.get().stopped_at is None


def test_one_click_of_a_mail_program_stops_without_cookie_token_or_redirect(stop: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert KnownAddress.objects.get().stopped_at is not None


def test_whoever_said_stop_hears_nothing_of_any_report(stop: str, client: Client, work: Callable[..., Any]) -> None:
    client.post(stop)
    case = factories.report()
    agent = factories.on_desk(factories.officer(), case)
    actions.answer_case(case, by=agent, outcome=Outcome.DONE, text="تم")
    work()
    assert sorted(Letter.objects.values_list("state", "purpose")) == [
        ("dropped", "acknowledgement"),
        ("dropped", "answer"),
        ("sent", "acknowledgement"),
    ]


@pytest.mark.parametrize("mark", ["", "1-00000000000000000000", "x"])
def test_without_the_mark_of_a_letter_there_is_nothing_to_stop(mark: str, client: Client) -> None:
    assert client.post(f"/fr/letters/stop/?letter={mark}").status_code == 404
