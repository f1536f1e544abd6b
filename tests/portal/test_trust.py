"""Words show at once only where the browser has shown that the trusted address or telephone is its own."""

import pytest
from django.test import Client

from nafida.cases import actions
from nafida.cases.actor import Actor
from nafida.cases.models import Case
from nafida.mail.actions import queue_letter
from nafida.mail.marks import mark_of
from nafida.mail.models import Letter
from nafida.mail.proofs import COOKIE
from tests import citizens, factories

EMAIL, PHONE = "trusted@example.org", "+212612345678"


def staff(case: Case) -> Actor:
    return factories.on_desk(factories.officer(case.body.code), case)


def three_shown(**contact: str) -> list[Case]:
    cases = [factories.report(**contact) for _ in range(3)]
    for case in cases:
        actions.show_words(case, by=staff(case))
    return cases


def letter_to(email: str) -> Letter:
    told = {"subject": "x", "text": "x", "language": "fr", "purpose": "test"}
    return queue_letter(key=f"test-{email}", to=email, until_clicked=True, **told)


def click(client: Client, letter: Letter) -> None:
    assert client.post(f"/fr/?letter={mark_of(letter.pk)}").status_code == 303


def filed(client: Client, **contact: str) -> Case:
    return citizens.case_of(citizens.report(client, **contact))


def test_a_stranger_who_types_a_trusted_address_is_not_trusted(client: Client, berkane: None) -> None:
    three_shown(email=EMAIL)
    click(Client(), letter_to(EMAIL))
    click(client, letter_to("stranger@example.org"))
    case = filed(client, email=EMAIL)
    client.get(citizens.mine(case))
    assert not case.words_are_public
    assert not filed(client, email=EMAIL).words_are_public


def test_who_has_clicked_in_a_letter_to_it_is(client: Client, berkane: None) -> None:
    three_shown(email=EMAIL)
    click(client, letter_to(EMAIL))
    assert filed(client, email=EMAIL).words_are_public


def test_so_is_who_follows_a_link_of_a_letter_on_another_browser(client: Client, berkane: None) -> None:
    three_shown(email=EMAIL)
    letter = letter_to(EMAIL)
    click(Client(), letter)
    client.get(f"/fr/?letter={mark_of(letter.pk)}")
    assert filed(client, email=EMAIL).words_are_public


@pytest.mark.parametrize("sealed", ["", "x", "a:b:c", "0123456789abcdef0123:1aBcDe:signature"])
def test_a_seal_of_ones_own_making_proves_nothing(client: Client, berkane: None, sealed: str) -> None:
    three_shown(email=EMAIL)
    click(Client(), letter_to(EMAIL))
    client.cookies[COOKIE] = sealed
    assert not filed(client, email=EMAIL).words_are_public


def test_a_telephone_is_proved_by_the_private_link_of_a_case_in_which_it_was_reached(berkane: None) -> None:
    owner, stranger = Client(), Client()
    first, *_others = three_shown(email="", phone=PHONE)
    actions.call_citizen(first, by=staff(first), reached=True, text="")
    owner.get(citizens.mine(first))
    stranger.get(citizens.mine(filed(stranger, phone=PHONE)))
    assert filed(owner, phone=PHONE).words_are_public
    assert not filed(stranger, phone=PHONE).words_are_public


def test_nobody_can_read_an_address_in_the_cookie(client: Client, berkane: None) -> None:
    click(client, letter_to(EMAIL))
    cookie = client.cookies[COOKIE]
    assert "trusted" not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
