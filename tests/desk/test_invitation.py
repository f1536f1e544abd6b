"""Invitations make one account with one role, once."""

import pytest
from django.test import Client

from nafida.mail.models import Letter
from nafida.people.models import Invitation, Membership, Role, Trace, User
from nafida.territory.models import Body
from tests import factories
from tests.desk.conftest import browser


def invited(email: str = "", role: Role = Role.AGENT) -> str:
    body = Body.objects.get(code="commune-aklim")
    _row, token = Invitation.draw(role=role, body_id=body.pk, email=email)
    return f"/fr/desk/invitation/{token}/"


SAID = {"email": "new@example.org", "name": "Nouvelle"}


def test_the_link_makes_an_account_with_its_role_and_signs_in(berkane: None) -> None:
    url, client = invited(), Client()
    assert client.get(url).status_code == 200
    assert client.post(url, SAID)["Location"] == "/fr/desk/"
    assert client.get("/fr/desk/").status_code == 200
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language) == ("Nouvelle", "fr")
    assert user.memberships.get().role == Role.AGENT
    assert set(Trace.objects.values_list("what", flat=True)) == {"account_made", "role_given", "signed_in"}


def test_the_link_works_once(berkane: None) -> None:
    url = invited()
    Client().post(url, SAID)
    again = Client().post(url, {**SAID, "email": "other@example.org"})
    assert again.status_code == 410
    assert not User.objects.filter(email="other@example.org").exists()


def test_looking_does_not_use_the_link_up(berkane: None) -> None:
    url = invited()
    for _ in range(3):
        assert Client().get(url).status_code == 200


def test_a_link_made_for_an_address_serves_that_address_only(berkane: None) -> None:
    Client().post(invited("right@example.org"), {**SAID, "email": "wrong@example.org"})
    assert list(User.objects.values_list("email", flat=True)) == ["right@example.org"]


def test_nobody_gets_into_an_existing_account_by_a_link(berkane: None) -> None:
    admin = factories.officer("governorate", Role.ADMINISTRATOR)
    client = Client()
    client.post(invited(), {**SAID, "email": admin.email.upper()})
    assert client.get("/fr/desk/").status_code == 302
    assert Membership.objects.filter(user=admin).count() == 2


@pytest.mark.parametrize("said", [{"email": "no address", "name": "x"}, {"email": "a@example.org", "name": ""}])
def test_wrong_words_are_said_and_use_nothing_up(berkane: None, said: dict[str, str]) -> None:
    url = invited()
    assert Client().post(url, said).status_code == 422
    assert Client().get(url).status_code == 200


def test_an_administrator_invites_by_letter_and_sees_the_link_once(berkane: None) -> None:
    client = browser(factories.officer("governorate", Role.ADMINISTRATOR))
    page = client.post("/en/desk/people/?body=commune-aklim", {"email": "new@example.org", "role": "agent"})
    letter = Letter.objects.get(to="new@example.org")
    token = letter.text.split("/desk/invitation/")[1].split("/")[0]
    assert f"/desk/invitation/{token}/" in page.content.decode()
    assert token not in client.get("/en/desk/people/?body=commune-aklim").content.decode()
    assert Client().get(f"/ar/desk/invitation/{token}/").status_code == 200
    assert Trace.objects.filter(what="setting_changed", facts__table="people.invitation").exists()


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_a_manager_gives_no_role_above_his_own(berkane: None, role: str) -> None:
    client = browser(factories.officer(role=Role.MANAGER))
    assert client.post("/en/desk/people/", {"email": "new@example.org", "role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_a_manager_invites_to_his_own_body_only(berkane: None) -> None:
    client = browser(factories.officer(role=Role.MANAGER))
    assert client.post("/en/desk/people/", {"email": "new@example.org", "role": "agent"}).status_code == 200
    assert client.get("/en/desk/people/?body=commune-ahfir").status_code == 404


def test_who_coordinates_is_invited_at_the_governorate_only(berkane: None) -> None:
    client = browser(factories.officer("governorate", Role.ADMINISTRATOR))
    said = {"email": "new@example.org", "role": "coordinator"}
    assert client.post("/en/desk/people/?body=commune-aklim", said).status_code == 422
    assert client.post("/en/desk/people/?body=governorate", said).status_code == 200


def test_a_role_is_ended_and_traced_but_never_ones_own(berkane: None) -> None:
    manager = factories.officer(role=Role.MANAGER)
    other = factories.officer()
    stranger = factories.officer("commune-ahfir")
    client = browser(manager)
    ends = {user: f"/en/desk/people/{user.memberships.get().pk}/end/" for user in (manager, other, stranger)}
    assert client.post(ends[manager]).status_code == 403
    assert client.post(ends[stranger]).status_code == 404
    assert client.post(ends[other]).status_code == 302
    assert browser(other).get("/en/desk/").status_code == 403
    assert Trace.objects.filter(what="role_ended", by=manager).count() == 1
