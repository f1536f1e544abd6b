"""In which quality somebody acts, what they see, and what their secret opens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nafida.cases import actions
from nafida.cases.actor import Actor
from nafida.cases.life import NotAllowed, Who
from nafida.cases.models import BodyLink, Case
from nafida.people.actions import end_role, give_role
from nafida.people.models import Role
from nafida.services.models import Service
from nafida.territory.models import Body
from tests.factories import coordinator, officer, on_desk, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def test_an_officer_acts_for_the_body_that_has_the_case():
    case = report()
    actor = on_desk(officer(), case)
    assert (actor.who, actor.body) == (Who.OFFICER, case.body)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_an_officer_of_another_body_neither_sees_nor_touches_the_case(role: Role):
    case, stranger = report(), officer("triffa", role)
    assert not Case.objects.on_desk_of(stranger).exists()
    with pytest.raises(NotAllowed):
        on_desk(stranger, case)


def test_an_administrator_administers_and_handles_no_case():
    case, administrator = report(), officer("commune-aklim", Role.ADMINISTRATOR)
    assert not Case.objects.on_desk_of(administrator).exists()
    with pytest.raises(NotAllowed):
        on_desk(administrator, case)


def test_who_coordinates_sees_every_case_and_acts_as_coordinator_in_their_own_body_too():
    case, both = report(), coordinator()
    give_role(both, body_id=case.body.pk, role=Role.AGENT, by=None)
    assert case in Case.objects.on_desk_of(both)
    assert on_desk(both, case).who == Who.COORDINATOR


def test_a_role_that_ended_yesterday_or_begins_tomorrow_opens_nothing():
    case, today = report(), timezone.localdate()
    gone, coming = officer(), officer()
    end_role(gone.memberships.get(), by=None)
    coming.memberships.update(valid_from=today + timedelta(days=1))
    for user in (gone, coming):
        with pytest.raises(NotAllowed):
            on_desk(user, case)


def test_after_a_transfer_the_old_body_and_its_link_can_do_nothing_more():
    case = report()
    agent = on_desk(officer(), case)
    token = BodyLink.draw(case, case.body)
    actions.transfer_case(case, by=agent, to=Body.objects.get(code="triffa"), text="لهم")
    link = BodyLink.objects.by_token(token)
    assert not link.is_usable(timezone.now())
    for actor in (agent, Actor(Who.BODY, body=link.body, link=link)):
        with pytest.raises(NotAllowed):
            actions.take_in_hand(case, by=actor)


def test_pin_and_private_link_open_their_own_case_only():
    case, other = report(), report()
    Case.objects.filter(pk=case.pk).update(pin="1111")
    Case.objects.filter(pk=other.pk).update(pin="2222")
    case.refresh_from_db()
    assert Case.objects.by_pin(case.reference, "1111") == case
    assert Case.objects.by_private_key(case.reference, case.private_key) == case
    for pin in ("2222", "", "١١١١", "x" * 500):
        assert Case.objects.by_pin(case.reference, pin) is None
    assert Case.objects.by_private_key(other.reference, case.private_key) is None


def test_a_private_case_cannot_be_followed_by_who_knows_its_reference():
    case = report()
    Service.objects.filter(pk=case.service_id).update(publicity="private")
    with pytest.raises(NotAllowed):
        actions.follow_case(case, email="f@example.org", language="fr")


def test_an_address_follows_once_however_it_is_written():
    case = report()
    first = actions.follow_case(case, email="F@Example.org ", language="fr")
    assert actions.follow_case(case, email="f@example.org", language="ar") == first
