"""Invitations that nobody has accepted yet."""

import pytest
from django.test import Client

from nafida.desk.settings_changes import invite
from nafida.mail.models import Letter
from nafida.people.models import Invitation, Role, User
from nafida.territory.models import Body
from tests import factories
from tests.desk.conftest import browser


@pytest.fixture
def manager(berkane: None) -> User:
    return factories.officer(role=Role.MANAGER)


@pytest.fixture
def pending(manager: User) -> tuple[Invitation, str]:
    body = Body.objects.get(code="commune-aklim")
    link = invite("new@example.org", role=Role.AGENT, body=body, by=manager)
    return Invitation.objects.get(), link


def at(row: Invitation, does: str) -> str:
    return f"/en/desk/people/invitations/{row.pk}/{does}/"


def test_whoever_is_invited_is_listed_until_they_come(manager: User, pending: tuple[Invitation, str]) -> None:
    assert "new@example.org" in browser(manager).get("/en/desk/people/").content.decode()


def test_sent_again_there_is_a_new_link_and_the_old_is_dead(manager: User, pending: tuple[Invitation, str]) -> None:
    row, link = pending
    assert browser(manager).post(at(row, "resend")).status_code == 302
    assert Letter.objects.filter(to="new@example.org").count() == 2
    assert Client().get(link.replace("http://localhost:8000", "")).status_code == 410


def test_a_withdrawn_invitation_opens_nothing(manager: User, pending: tuple[Invitation, str]) -> None:
    row, link = pending
    browser(manager).post(at(row, "withdraw"))
    assert Client().get(link.replace("http://localhost:8000", "")).status_code == 410
    assert "new@example.org" not in browser(manager).get("/en/desk/people/").content.decode()


@pytest.mark.parametrize("does", ["resend", "withdraw"])
def test_a_manager_of_another_body_does_not_find_it(pending: tuple[Invitation, str], does: str) -> None:
    stranger = browser(factories.officer("commune-ahfir", Role.MANAGER))
    assert stranger.post(at(pending[0], does)).status_code == 404
    assert Invitation.objects.get().expires_at == pending[0].expires_at
