"""The officer's list: which pile, in which order, from where on. Pages by key, so that page 400 costs as page 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import DateTimeField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from nafida.cases.journal import stamp
from nafida.cases.life import State, WaitingFor
from nafida.cases.models import Case, Deadline
from nafida.cases.models.case import CaseQuerySet
from nafida.cases.reference import read_reference

PAGE = 50
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When a clock that does not run is due: after all others."""


class Pile(models.TextChoices):
    TODO = "todo", _("To do")
    LATE = "late", _("Late")
    WAITING = "waiting", _("Waiting for the citizen")
    ANSWERED = "answered", _("Answered")
    ALL = "all", _("All")


BY_DUE_DATE = frozenset({Pile.TODO, Pile.LATE, Pile.WAITING})


@dataclass(frozen=True)
class Page:
    """At most fifty cases, each with `due` and `late`, and the key from which the next page goes on ("" at the end)."""

    cases: list[Case]
    next: str


def read_pile(text: str) -> Pile:
    """Raises BadRequest for a word that is none."""
    try:
        return Pile(text or Pile.TODO)
    except ValueError as error:
        raise BadRequest("no such pile") from error


def in_pile(cases: CaseQuerySet, pile: Pile, now: datetime) -> CaseQuerySet:
    match pile:
        case Pile.TODO:
            return cases.open()
        case Pile.LATE:
            return cases.overdue(now)
        case Pile.WAITING:
            return cases.open().filter(waiting_for=WaitingFor.CITIZEN)
        case Pile.ANSWERED:
            return cases.filter(state__in=(State.ANSWERED, State.CLOSED))
    return cases


def find(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Those of a reference as people type it, or of the body's own."""
    reference = read_reference(words)
    own = Q(body_reference__iexact=words.strip()[:60])
    return cases.filter(Q(reference=reference) | own if reference else own)


def page_of(cases: CaseQuerySet, pile: Pile, after: str, now: datetime) -> Page:
    """One page of a pile: by due date (late first), what has ended by its receipt, newest first.

    Raises BadRequest for a key that no page gave. One statement.
    """
    rows: Any = in_pile(cases, pile, now).annotate(due=_due())
    rows = rows.select_related("service", "area", "body", "officer", "report")
    rows = rows.defer("report__description", "report__answers")
    if pile in BY_DUE_DATE:
        rows = _after_due(rows, after).order_by("due", "received_at", "pk")
    else:
        rows = _after_receipt(rows, after).order_by("-received_at", "-pk")
    found: list[Any] = list(rows[: PAGE + 1])
    for case in found:
        case.late = case.due < now and case.state in (State.RECEIVED, State.IN_HAND)
        case.runs = case.due != NEVER
    more = len(found) > PAGE
    return Page(found[:PAGE], _key(found[PAGE - 1]) if more else "")


def _due() -> Coalesce:
    """The first running clock of a case to run out."""
    running = Deadline.objects.running().filter(case=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    return Coalesce(Subquery(running), Value(NEVER, DateTimeField()), output_field=DateTimeField())


def _key(case: Any) -> str:
    return f"{stamp(case.due)}~{stamp(case.received_at)}~{case.pk}"


def _read_key(after: str) -> tuple[datetime, datetime, int]:
    try:
        due, received, number = after.split("~")
        key = datetime.fromisoformat(due), datetime.fromisoformat(received), int(number)
        if key[0].tzinfo is None or key[1].tzinfo is None or not 0 < key[2] < 1 << 62:
            raise ValueError(after)
    except (ValueError, OverflowError) as error:
        raise BadRequest("no such page") from error
    return key


def _after_due(rows: Any, after: str) -> Any:
    if not after:
        return rows
    due, received, number = _read_key(after)
    same_due = Q(due=due) & (Q(received_at__gt=received) | Q(received_at=received, pk__gt=number))
    return rows.filter(Q(due__gt=due) | same_due)


def _after_receipt(rows: Any, after: str) -> Any:
    if not after:
        return rows
    _, received, number = _read_key(after)
    return rows.filter(Q(received_at__lt=received) | Q(received_at=received, pk__lt=number))
