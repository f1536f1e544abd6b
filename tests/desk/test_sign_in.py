"""Signing in by a code that leaves through the outbox."""

import re

import pytest
from django.test import Client

from nafida.mail.models import Letter
from nafida.people.models import Trace, User
from tests import factories

ASK, CONFIRM = "/fr/accounts/login/code/", "/fr/accounts/login/code/confirm/"


@pytest.fixture
def user(berkane: None) -> User:
    return factories.officer(language="ar")


def code_sent(user: User) -> str:
    letter = Letter.objects.get(to=user.email)
    found = re.search(r"\d{4}-\d{4}", letter.text)
    assert found
    return found[0]


def test_the_code_of_the_letter_opens_the_desk(user: User) -> None:
    client = Client()
    asked = client.post(ASK, {"email": user.email})
    assert asked["Location"] == CONFIRM
    before = client.session.session_key
    done = client.post(CONFIRM, {"code": code_sent(user), "action": "verify"})
    assert done["Location"] == "/fr/desk/"
    assert client.get("/fr/desk/").status_code == 200
    assert client.session.session_key != before
    assert Trace.objects.filter(what="signed_in", by=user).count() == 1


def test_the_letter_is_in_the_language_of_the_account_and_goes_first(user: User) -> None:
    Client().post(ASK, {"email": user.email})
    letter = Letter.objects.get()
    assert (letter.language, letter.purpose, letter.priority) == ("ar", "login_code", 90)
    assert code_sent(user) in letter.subject
    assert 'dir="rtl"' in letter.html


def test_arabic_digits_and_no_dash_are_the_same_code(user: User) -> None:
    client = Client()
    client.post(ASK, {"email": user.email})
    typed = code_sent(user).replace("-", " ").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post(CONFIRM, {"code": typed, "action": "verify"})["Location"] == "/fr/desk/"


def test_a_wrong_code_does_not_open_and_is_traced(user: User) -> None:
    client = Client()
    client.post(ASK, {"email": user.email})
    wrong = "0000-0000" if code_sent(user) != "0000-0000" else "1111-1111"
    client.post(CONFIRM, {"code": wrong, "action": "verify"})
    assert client.get("/fr/desk/").status_code == 302
    assert Trace.objects.filter(what="sign_in_failed").count() == 1


def test_after_three_wrong_codes_the_right_one_is_no_good(user: User) -> None:
    client = Client()
    client.post(ASK, {"email": user.email})
    right = code_sent(user)
    for _ in range(3):
        client.post(CONFIRM, {"code": "9" * 8 if right != "9999-9999" else "8" * 8, "action": "verify"})
    client.post(CONFIRM, {"code": right, "action": "verify"})
    assert client.get("/fr/desk/").status_code == 302


def test_an_unknown_address_gets_the_same_page_and_no_letter(user: User) -> None:
    pages = []
    for email in (user.email, "stranger@example.org"):
        client = Client()
        asked = client.post(ASK, {"email": email})
        page = client.get(asked["Location"]).content.decode().replace(email, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("wanted", "got"), [("/fr/desk/?pile=late", "/fr/desk/?pile=late"), ("//evil.example/x", "/fr/desk/")]
)
def test_one_goes_on_to_where_one_wanted_but_only_on_this_site(user: User, wanted: str, got: str) -> None:
    client = Client()
    asked = client.post(ASK, {"email": user.email, "next": wanted})
    done = client.post(asked["Location"], {"code": code_sent(user), "action": "verify", "next": wanted})
    assert done["Location"] == got


def test_signing_out_ends_the_session_and_is_traced(user: User) -> None:
    client = Client()
    client.force_login(user)
    assert client.get("/fr/accounts/logout/").status_code == 200
    assert client.get("/fr/desk/").status_code == 200
    client.post("/fr/accounts/logout/")
    assert client.get("/fr/desk/").status_code == 302
    assert Trace.objects.filter(what="signed_out", by=user).exists()


def test_the_old_address_of_the_sign_in_leads_to_the_code(berkane: None) -> None:
    assert Client().get("/fr/accounts/login/?next=/fr/desk/")["Location"] == ASK + "?next=%2Ffr%2Fdesk%2F"


@pytest.mark.parametrize("page", ["signup/", "password/reset/", "password/change/", "email/"])
def test_no_other_page_of_an_account_is_mounted(berkane: None, page: str) -> None:
    assert Client().get("/fr/accounts/" + page).status_code == 404


def test_a_new_code_can_be_asked_for_and_the_old_one_is_dead(user: User) -> None:
    client = Client()
    client.post(ASK, {"email": user.email})
    old = code_sent(user)
    client.post(CONFIRM, {"action": "resend"})
    Letter.objects.earliest("pk").delete()
    client.post(CONFIRM, {"code": old, "action": "verify"})
    assert client.get("/fr/desk/").status_code == 302
    client.post(CONFIRM, {"code": code_sent(user), "action": "verify"})
    assert client.get("/fr/desk/").status_code == 200


def test_an_account_that_was_closed_gets_no_letter(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    Client().post(ASK, {"email": user.email})
    assert not Letter.objects.exists()
