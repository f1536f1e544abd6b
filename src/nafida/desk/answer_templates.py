"""Templates of answers on the desk: who may change which, and each change on the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nafida.cases.models import AnswerTemplate
from nafida.people.models import Role, User
from nafida.people.trail import changed, trace_setting
from nafida.services.models import Service
from nafida.territory.models import Body

EDITORS = (Role.MANAGER, Role.ADMINISTRATOR, Role.COORDINATOR)


def edits_all(user: User) -> bool:
    """Whether somebody changes the templates of every body and those of all."""
    return bool(user.memberships.on(timezone.localdate()).with_role(Role.COORDINATOR, Role.ADMINISTRATOR).exists())


def bodies_of_editor(user: User) -> QuerySet[Body]:
    """For which bodies somebody may write templates."""
    rows: QuerySet[Body] = Body.objects.on(timezone.localdate()).competent()
    if not edits_all(user):
        rows = rows.filter(pk__in=user.memberships.on(timezone.localdate()).with_role(Role.MANAGER).values("body"))
    return rows.order_by("name", "code")


def templates_of_editor(user: User) -> QuerySet[AnswerTemplate]:
    """Those that somebody may change."""
    rows = AnswerTemplate.objects.select_related("body").prefetch_related("services")
    return rows if edits_all(user) else rows.filter(body__in=bodies_of_editor(user))


@transaction.atomic
def save_template(
    row: AnswerTemplate, *, by: User, facts: dict[str, Any], services: Iterable[Service]
) -> AnswerTemplate:
    """Set the fields of a template, new or old, and the services it is for (none: all)."""
    changes = changed(row, facts)
    for name, value in facts.items():
        setattr(row, name, value)
    before = _codes(row.services.all()) if row.pk else ""
    row.save()
    row.services.set(services)
    trace_setting(row, {**changes, "services": (before, _codes(services))}, by=by)
    return row


@transaction.atomic
def drop_template(row: AnswerTemplate, *, by: User) -> None:
    trace_setting(
        row, {"title": (row.title, None), "text_ar": (row.text_ar, None), "text_fr": (row.text_fr, None)}, by=by
    )
    row.delete()


def _codes(services: Iterable[Service]) -> str:
    return " ".join(sorted(service.code for service in services))
