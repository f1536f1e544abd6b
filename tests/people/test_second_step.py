"""Password, app, recovery codes: what suffices, what does not, and what the trail and a letter say of it."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from nafida.mail.models import Letter
from nafida.people.models import Trace, User
from tests.people.conftest import BY_PASSWORD, CONFIRM, PASSWORD, app_code, code_sent, signed_in

ACCOUNT = "/fr/accounts/"
SECOND = "/fr/accounts/login/second/"
WRONG = "000000"


def by_password(user: User, password: str = PASSWORD) -> tuple[Client, str]:
    client = Client()
    answer = client.post(BY_PASSWORD, {"login": user.email, "password": password})
    return client, answer.get("Location", "")


def set_up_app(client: Client) -> str:
    """Set up an app as a browser does; returns its secret."""
    page = client.get(ACCOUNT + "app/", follow=True)
    if "oldpassword" not in page.content.decode() and b'name="password"' in page.content:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r'class="token">(\w{32})<', page.content.decode())
    assert secret, page.content.decode()
    client.post(ACCOUNT + "app/", {"code": app_code(secret[1])})
    return secret[1]


def is_in(client: Client) -> bool:
    return client.get("/fr/desk/").status_code == 200


def test_a_password_alone_leads_to_the_code_by_letter(user: User) -> None:
    client, onward = by_password(user)
    assert onward == CONFIRM
    assert not is_in(client)
    client.post(CONFIRM, {"code": code_sent(user), "action": "verify"})
    assert is_in(client)
    assert Trace.objects.get(what="signed_in").facts == {"way": "password"}


def test_a_password_and_the_code_of_the_app_open_the_desk(user: User) -> None:
    secret = set_up_app(signed_in(user))
    client, onward = by_password(user)
    assert onward == SECOND
    assert not is_in(client)
    client.post(SECOND, {"code": WRONG})
    assert not is_in(client)
    client.post(SECOND, {"code": app_code(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))})
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(user: User) -> None:
    pages = []
    for email in (user.email, "stranger@example.org"):
        page = Client().post(BY_PASSWORD, {"login": email, "password": "wrong"}).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(email, "")))
    assert pages[0] == pages[1]
    assert "ne correspondent pas" in pages[0]
    assert Trace.objects.filter(what="sign_in_failed", facts__way="password").count() == 2


def test_wrong_passwords_are_throttled(user: User) -> None:
    for _ in range(12):
        page = Client().post(BY_PASSWORD, {"login": user.email, "password": "wrong"})
    assert "ne correspondent pas" not in page.content.decode()
    assert by_password(user)[1] == ""


def test_a_recovery_code_opens_once(user: User) -> None:
    client = signed_in(user)
    set_up_app(client)
    code = re.findall(r'class="token">(\d{8})<', client.get(ACCOUNT + "recovery-codes/").content.decode())[0]
    first, again = by_password(user)[0], by_password(user)[0]
    first.post(SECOND, {"code": code})
    again.post(SECOND, {"code": code})
    assert is_in(first)
    assert not is_in(again)


def test_the_code_by_letter_is_a_way_of_its_own_even_with_an_app(user: User) -> None:
    set_up_app(signed_in(user))
    assert is_in(signed_in(user))


def test_the_square_for_the_app_is_an_image_by_itself(user: User) -> None:
    client = signed_in(user)
    page = client.get(ACCOUNT + "app/", follow=True)
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    drawn = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())
    assert drawn
    assert b'xmlns="http://www.w3.org/2000/svg"' in base64.b64decode(drawn[1])


def test_the_secret_of_an_app_is_not_readable_in_the_database(user: User) -> None:
    secret = set_up_app(signed_in(user))
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def traced_changes(user: User) -> list[str]:
    traces = Trace.objects.filter(what="access_changed", by=user).order_by("pk")
    return [trace.facts["change"] for trace in traces]


def test_a_change_is_traced_in_its_own_transaction(user: User) -> None:
    client = signed_in(user)
    set_up_app(client)  # here nothing is ever committed, nor what waits for it done
    client.post(ACCOUNT + "recovery-codes/new/")
    client.post(ACCOUNT + "app/remove/")
    new = {"password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    client.post(ACCOUNT + "password/", {"oldpassword": PASSWORD, **new})
    changes = traced_changes(user)
    assert set(changes[:2]) == {"totp_activated", "recovery_codes_generated"}
    assert changes[2:] == ["recovery_codes_generated", "totp_deactivated", "password_changed"]


@pytest.mark.django_db(transaction=True)
def test_what_changes_is_traced_and_its_owner_is_written_to(user: User) -> None:
    set_up_app(signed_in(user))
    changes = Trace.objects.filter(what="access_changed", by=user).values_list("facts", flat=True)
    assert {"change": "totp_activated"} in changes
    letter = Letter.objects.get(purpose="access_changed", text__contains="application")
    assert (letter.to, letter.language) == (user.email, "fr")


def test_a_short_or_common_password_is_refused_in_words(user: User) -> None:
    user.set_unusable_password()
    user.save()
    client = signed_in(user)
    for password, words in (("court", "12"), ("1234567891011", "Choisissez-en")):
        page = client.post(ACCOUNT + "password/set/", {"password1": password, "password2": password})
        assert words in page.content.decode()
    client.post(ACCOUNT + "password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_a_forgotten_password_is_dropped_only_right_after_a_code(user: User) -> None:
    client, _onward = by_password(user)
    client.post(CONFIRM, {"code": code_sent(user), "action": "verify"})
    assert client.post(ACCOUNT + "password/forget/")["Location"] == ACCOUNT + "password/set/"
    assert is_in(client)
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_without_a_fresh_code_a_password_stays(user: User) -> None:
    client = Client()
    client.force_login(user)
    assert client.post(ACCOUNT + "password/forget/")["Location"] == ACCOUNT + "password/"
    assert User.objects.get(pk=user.pk).has_usable_password()


@pytest.mark.parametrize("page", ["app/", "passkeys/add/"])
def test_before_the_ways_in_are_changed_one_shows_again_who_one_is(user: User, page: str) -> None:
    client = Client()
    client.force_login(user)
    assert client.get(ACCOUNT + page)["Location"].startswith(ACCOUNT + "again/")


@pytest.mark.parametrize("page", ["", "app/", "recovery-codes/", "passkeys/", "passkeys/add/"])
def test_no_cache_keeps_a_page_of_an_account(user: User, page: str) -> None:
    client = signed_in(user)
    set_up_app(client)
    assert "no-store" in client.get(ACCOUNT + page)["Cache-Control"]


@pytest.mark.parametrize("page", ["", "password/", "app/", "passkeys/", "passkeys/add/", "recovery-codes/", "devices/"])
def test_signed_out_no_page_of_an_account_opens(berkane: None, page: str) -> None:
    assert Client().get(ACCOUNT + page).status_code == 302
