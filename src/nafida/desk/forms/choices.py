"""What the lists of the desk's forms offer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from nafida.cases.models import Case
from nafida.people.models import Membership, Role, User
from nafida.services.models import Service
from nafida.territory.models import Body, BodyKind

Groups = list[tuple[Any, list[tuple[str, str]]]]


def bodies_but(body_id: int | None) -> Groups:
    """Bodies that a case may be given to, by kind; values are their codes."""
    rows = Body.objects.on(timezone.localdate()).competent().exclude(pk=body_id).order_by("name", "code")
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for body in rows:
        by_kind.setdefault(body.kind, []).append((body.code, body.name))
    return [(kind.label, by_kind[kind]) for kind in BodyKind if kind in by_kind]


def services_but(case: Case) -> Groups:
    """Services of the case's kind that its commune offers, by shelf; values are their codes."""
    rows = Service.objects.offered_in(case.area_id).of_kind(case.service.kind).in_order()
    shelves: dict[str, list[tuple[str, str]]] = {}
    for service in rows:
        if service.takes_a_form and service.pk != case.service_id:
            shelves.setdefault(service.group.name, []).append((service.code, service.name))
    return list(shelves.items())


def colleagues_in(body_id: int) -> list[tuple[str, str]]:
    """Officers of a body today; values are the keys of their accounts."""
    rows = Membership.objects.on(timezone.localdate()).with_role(Role.AGENT, Role.MANAGER)
    rows = rows.filter(body=body_id, user__is_active=True).select_related("user").order_by("user__name", "user__email")
    return list({str(row.user_id): str(row.user) for row in rows}.items())


MOST_OFFICERS = 200


def officers_around(user: User, *, everywhere: bool) -> list[User]:
    """Officers of the bodies that `user` works for, or of all; the first 200 by name. One statement."""
    today = timezone.localdate()
    rows = Membership.objects.on(today).with_role(Role.AGENT, Role.MANAGER)
    if not everywhere:
        rows = rows.filter(body__in=user.memberships.on(today).values("body"))
    found = User.objects.filter(is_active=True, pk__in=rows.values("user"))
    return list(found.order_by("name", "email")[:MOST_OFFICERS])
