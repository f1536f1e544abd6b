"""Roles and invitations: given, ended, given again; used once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.people.actions import InvitationSpent, accept_invitation, end_role, give_role
from nafida.people.models import Invitation, Role, Trace, User
from nafida.territory.models import Body
from tests.factories import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


@pytest.fixture
def aklim(berkane: None) -> int:
    return Body.objects.get(code="commune-aklim").pk


def test_a_role_given_twice_is_one_membership_and_one_line_of_the_trail(aklim: int):
    user = officer()
    give_role(user, body_id=aklim, role=Role.AGENT, by=None)
    assert user.memberships.count() == 1
    assert Trace.objects.filter(what="role_given", facts__user=user.pk).count() == 1


def test_a_role_ended_and_given_again_on_the_same_day_holds(aklim: int):
    user = officer()
    end_role(user.memberships.get(), by=None)
    assert not user.is_officer
    give_role(user, body_id=aklim, role=Role.AGENT, by=None)
    assert user.is_officer
    assert Trace.objects.filter(what="role_given", facts__user=user.pk).count() == 2


def test_ending_a_role_that_has_ended_changes_no_date_and_leaves_no_line():
    held = officer().memberships.get()
    last_year = timezone.localdate() - timedelta(days=365)
    held.valid_from = held.valid_to = last_year
    held.save()
    end_role(held, by=None)
    held.refresh_from_db()
    assert held.valid_to == last_year
    assert not Trace.objects.filter(what="role_ended").exists()


def test_an_invitation_makes_one_account_with_its_role_and_then_is_spent(aklim: int):
    _row, token = Invitation.draw(role=Role.MANAGER, body_id=aklim)
    user = accept_invitation(token, email=" New@Example.org", name="ن", language="ar")
    assert user.email == "new@example.org"
    assert [(held.role, held.body_id) for held in user.memberships.all()] == [("manager", aklim)]
    with pytest.raises(InvitationSpent):
        accept_invitation(token, email="other@example.org", name="", language="ar")


def test_an_invitation_made_for_an_address_gives_its_role_to_no_other(aklim: int):
    _row, token = Invitation.draw(role=Role.MANAGER, body_id=aklim, email="invited@example.org")
    user = accept_invitation(token, email="thief@example.org", name="", language="ar")
    assert user.email == "invited@example.org"
    assert not User.objects.filter(email="thief@example.org").exists()


def test_an_invitation_that_has_expired_or_never_was_opens_nothing(aklim: int):
    row, token = Invitation.draw(role=Role.AGENT, body_id=aklim)
    row.expires_at = timezone.now()
    row.save()
    for spent in (token, "never drawn", ""):
        with pytest.raises(InvitationSpent):
            accept_invitation(spent, email="a@example.org", name="", language="ar")
