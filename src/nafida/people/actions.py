"""What changes accounts and roles."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from nafida.people.models import Invitation, Membership, Role, User, digest_of
from nafida.people.trail import Traced, trace


class InvitationSpent(Exception):
    """The link was used before, has expired or never existed."""


@transaction.atomic
def give_role(user: User, *, body_id: int, role: Role, by: User | None) -> Membership:
    """Make `user` a member of a body in a role from today; giving it twice changes nothing."""
    today = timezone.localdate()
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = user.memberships.on(today).filter(body_id=body_id, role=role).first()
    if held:
        return held
    # A role ended on the very day on which it was given lies there with this day already.
    membership, _new = user.memberships.update_or_create(
        body_id=body_id, role=role, valid_from=today, defaults={"valid_to": None}
    )
    trace(Traced.ROLE_GIVEN, by=by, user=user.pk, role=str(role), body=body_id)
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: User | None) -> None:
    """End a membership yesterday, so that it no longer holds today; one that has ended stays as it is."""
    yesterday = timezone.localdate() - timedelta(days=1)
    running = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gt=yesterday), pk=membership.pk)
    if not running.update(valid_to=yesterday):
        return
    membership.valid_to = yesterday
    trace(Traced.ROLE_ENDED, by=by, user=membership.user_id, role=membership.role, body=membership.body_id)


@transaction.atomic
def accept_invitation(token: str, *, email: str, name: str, language: str) -> User:
    """Turn a one-time link into an account with its role; one made for an address serves that address only.

    Raises InvitationSpent.
    """
    taken = Invitation.objects.usable(timezone.now()).filter(token_digest=digest_of(token))
    invitation = taken.select_for_update().first()
    if invitation is None:
        raise InvitationSpent
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    email = (invitation.email or email).strip().lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, language=language)
        trace(Traced.ACCOUNT_MADE, by=user, user=user.pk, role=invitation.role, body=invitation.body_id)
    give_role(user, body_id=invitation.body_id, role=Role(invitation.role), by=None)
    return user
