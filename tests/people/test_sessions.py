"""How long one stays signed in, where, and what ends it."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from nafida.people.actions import end_role
from nafida.people.models import Trace, User
from nafida.people.sessions import device_name
from tests.people.conftest import signed_in


def lasts(client: Client) -> timedelta:
    return Session.objects.get(pk=client.session.session_key).expire_date - datetime.now(UTC)


def test_ones_own_phone_stays_signed_in_for_a_working_week(user: User) -> None:
    client = signed_in(user, mine="on")
    assert int(client.cookies["sessionid"]["max-age"]) == pytest.approx(7 * 86400, abs=60)
    client.get("/fr/desk/")
    assert lasts(client) == pytest.approx(timedelta(days=7), abs=timedelta(minutes=1))


def test_elsewhere_the_session_ends_with_the_browser_or_after_twelve_idle_hours(user: User) -> None:
    client = signed_in(user)
    assert client.cookies["sessionid"]["max-age"] == ""
    assert lasts(client) == pytest.approx(timedelta(hours=12), abs=timedelta(minutes=1))


def test_work_starts_the_idle_hours_again(user: User) -> None:
    client = signed_in(user)
    session = client.session
    session["touched_at"] -= 1000
    session.save()
    Session.objects.update(expire_date=datetime.now(UTC) + timedelta(hours=1))
    client.get("/fr/desk/")
    assert lasts(client) > timedelta(hours=11)


def test_devices_are_listed_and_one_signs_out_there(user: User) -> None:
    phone, office = signed_in(user, mine="on"), signed_in(user)
    assert office.get("/fr/accounts/devices/").content.decode().count("Chrome · Android") == 2
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert office.post(f"/fr/accounts/devices/{row.pk}/end/").status_code == 302
    assert phone.get("/fr/desk/").status_code == 302
    assert office.get("/fr/desk/").status_code == 200
    assert Trace.objects.filter(what="session_ended", by=user).count() == 1


def test_nobody_signs_out_somebody_elses_device(user: User) -> None:
    phone = signed_in(user)
    row = UserSession.objects.get()
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger@example.org"))
    assert stranger.post(f"/fr/accounts/devices/{row.pk}/end/").status_code == 403
    assert phone.get("/fr/desk/").status_code == 200


def test_losing_the_role_ends_what_open_sessions_can_do_at_once(user: User) -> None:
    client = signed_in(user, mine="on")
    end_role(user.memberships.get(), by=None)
    assert client.get("/fr/desk/").status_code == 403
    assert client.post("/fr/accounts/devices/1/end/").status_code == 403


def test_a_closed_account_is_signed_out_at_once(user: User) -> None:
    client = signed_in(user, mine="on")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/fr/desk/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0", "Firefox · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/23.0 Chrome/115.0", "Samsung · Android"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_in_two_words(agent: str, name: str) -> None:
    assert device_name(agent) == name
