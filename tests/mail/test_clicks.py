"""A person's press is a click; what programs that guard mailboxes do is none, however like a browser they look."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from nafida.mail.actions import open_letter
from nafida.mail.clicks import READER_COOKIE
from nafida.mail.marks import mark_of
from nafida.mail.models import KnownAddress, Letter
from nafida.people.models import User

Queue = Callable[..., Letter]
SCANNER = {"Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120"}

pytestmark = pytest.mark.django_db


def link(letter: Letter) -> str:
    return f"/fr/find/?x=1&letter={mark_of(letter.pk)}"


def was_opened(letter: Letter) -> bool:
    letter.refresh_from_db()
    return letter.opened_at is not None


@pytest.mark.parametrize("for_citizens", [True, False])
def test_looking_notes_nothing_and_shows_one_button(queue: Queue, client: Client, for_citizens: bool) -> None:
    letter = queue(until_clicked=for_citizens)
    for look in (client.get, client.head):
        page = look(link(letter), headers=SCANNER)
    page = client.get(link(letter), headers=SCANNER)
    assert page.content.decode().count("<button") == 1
    assert "no-store" in page["Cache-Control"]
    assert not was_opened(letter)
    assert not KnownAddress.objects.exclude(confirmed_at=None).exists()
    assert not client.cookies


def test_the_press_confirms_the_address_and_leads_to_the_page_without_the_mark(queue: Queue) -> None:
    letter = queue(until_clicked=True)
    client = Client(enforce_csrf_checks=True)
    answer = client.post(link(letter), headers={"Origin": "null"})
    assert (answer.status_code, answer["Location"]) == (303, "/fr/find/?x=1")
    assert was_opened(letter)
    assert KnownAddress.objects.get().confirmed_at is not None
    assert READER_COOKIE not in client.cookies


def test_a_citizen_presses_once_whatever_the_device(queue: Queue, client: Client) -> None:
    client.post(link(queue(until_clicked=True)))
    later = queue(key="later", until_clicked=True)
    assert Client().get(link(later))["Location"] == "/fr/find/?x=1"


def test_an_administration_presses_once_a_browser_and_each_letter_it_opens_is_noted(
    queue: Queue, client: Client
) -> None:
    client.post(link(queue()))
    assert client.cookies[READER_COOKIE]["httponly"]
    later = queue(key="later")
    assert Client().get(link(later)).status_code == 200
    assert not was_opened(later)
    assert client.get(link(later)).status_code == 302
    assert was_opened(later)


def test_a_cookie_of_somebodys_own_making_is_no_persons(queue: Queue, client: Client) -> None:
    client.cookies[READER_COOKIE] = "person:forged"
    assert client.get(link(queue())).status_code == 200


@pytest.mark.parametrize("ahead", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}, {"Sec-Fetch-Mode": "no-cors"}])
def test_a_known_browser_that_looks_ahead_has_not_read(queue: Queue, client: Client, ahead: dict[str, str]) -> None:
    client.post(link(queue()))
    later = queue(key="later")
    assert client.get(link(later), headers=ahead).status_code == 200
    assert not was_opened(later)


def test_whoever_is_signed_in_is_not_asked(queue: Queue, client: Client) -> None:
    client.force_login(User.objects.create(email="officer@example.org"))
    letter = queue()
    assert client.get(link(letter)).status_code == 302
    assert was_opened(letter)


def test_a_letter_that_was_opened_leads_to_its_page_at_once(queue: Queue, client: Client) -> None:
    letter = queue()
    open_letter(letter.pk, timezone.now())
    assert client.get(link(letter)).status_code == 302


def test_a_mark_that_a_mail_program_has_cut_off_leads_to_the_page_all_the_same(queue: Queue, client: Client) -> None:
    letter = queue()
    cut = link(letter)[:-3]
    assert client.get(cut)["Location"] == "/fr/find/?x=1"
    client.post(cut)
    assert not was_opened(letter)
