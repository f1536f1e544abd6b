"""What administrators change of the catalogue and of who answers, each change with its line on the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from nafida.people.models import User
from nafida.people.trail import changed, trace_setting
from nafida.services.models import Choice, Question, Responsibility, Service
from nafida.territory.actions import redraw_places

Facts = Mapping[str, Any]
LONGEST_CODE = 40


@transaction.atomic
def add_service(*, by: User, facts: Facts) -> Service:
    """A service under a code made of its French or English name, which never changes. Raises ValidationError."""
    service = Service(code=_free_code(facts.get("name_en") or facts["name_fr"]), **facts)
    _keep(service, {"code": (None, service.code), **_made(facts)}, by)
    return service


@transaction.atomic
def change_service(service: Service, *, by: User, facts: Facts) -> None:
    """Set fields of a service; what runs already keeps its limit. Raises ValidationError."""
    held = Service.objects.select_for_update().get(pk=service.pk)
    _set(held, facts, by)


@transaction.atomic
def set_question(question: Question, *, by: User, facts: Facts, choices: Sequence[Facts]) -> None:
    """Write a question of a form with the values it offers, in their order; the form gets another version.

    Each of `choices` has code, name_ar, name_fr, name_en. Raises ValidationError.
    """
    before = _offered(question) if question.pk else []
    changes = changed(question, facts) if question.pk else _made(facts)
    for name, value in facts.items():
        setattr(question, name, value)
    offered = [choice["code"] for choice in choices]
    question.full_clean()
    question.save()
    question.choices.exclude(code__in=offered).delete()
    for position, told in enumerate(choices):
        values = {**{name: told[name] for name in ("name_ar", "name_fr", "name_en")}, "position": position}
        Choice.objects.update_or_create(question=question, code=told["code"], defaults=values)
    trace_setting(question, {**changes, "choices": (before, _offered(question))}, by=by)
    _next_form(question.service_id)


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Ask it no more; answers that were given stay with their cases."""
    trace_setting(question, {"code": (question.code, None), "service": (question.service_id, None)}, by=by)
    service_id = question.service_id
    question.delete()
    _next_form(service_id)


@transaction.atomic
def add_responsibility(*, by: User, facts: Facts) -> Responsibility:
    """Say who answers for a service over an area. Raises ValidationError."""
    rule = Responsibility(**facts)
    _keep(rule, _made(facts), by)
    return rule


@transaction.atomic
def change_responsibility(rule: Responsibility, *, by: User, facts: Facts) -> None:
    """Set first and last day, rank and source of a rule: who answered stays history. Raises ValidationError."""
    held = Responsibility.objects.select_for_update().get(pk=rule.pk)
    _set(held, facts, by)


def _set(row: Service | Responsibility, facts: Facts, by: User) -> None:
    changes = changed(row, facts)
    if not changes:
        return
    for name in changes:
        setattr(row, name, facts[name])
    _keep(row, changes, by)


def _keep(row: Service | Responsibility, changes: Any, by: User) -> None:
    row.full_clean(exclude={"call"})  # nobody to call is an empty list, which counts as blank
    row.save()
    trace_setting(row, changes, by=by)
    redraw_places()


def _made(facts: Facts) -> dict[str, tuple[object, object]]:
    return {name: (None, value) for name, value in facts.items()}


def _offered(question: Question) -> list[str]:
    rows = question.choices.order_by("position", "pk")
    return [f"{row.code} | {row.name_ar} | {row.name_fr} | {row.name_en}" for row in rows]


def _next_form(service_id: int) -> None:
    Service.objects.filter(pk=service_id).update(form_version=F("form_version") + 1)
    redraw_places()


def _free_code(name: str) -> str:
    wanted = slugify(name)[: LONGEST_CODE - 4] or "service"
    taken = {"new", *Service.objects.filter(code__startswith=wanted).values_list("code", flat=True)}
    return next(
        code for number in range(1, 1000) if (code := f"{wanted}-{number}" if number > 1 else wanted) not in taken
    )
