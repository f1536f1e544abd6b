"""What is late, by administration, and what to do first: for whoever answers for more than one desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from nafida.cases.life import State
from nafida.cases.models import Case, Channel
from nafida.cases.models.case import CaseQuerySet
from nafida.desk.inbox.piles import soon
from nafida.desk.rows import dress
from nafida.territory.calendars import local_day
from nafida.territory.models import Body

FIRST = 20
DAYS = 365


@dataclass(frozen=True)
class Row:
    """One administration: how many of its cases are open, late, late and urgent, due soon, and with nobody.

    `oldest` is when the first of the late ones ran out.
    """

    body: Body
    open: int
    late: int
    urgent: int
    soon: int
    unassigned: int
    oldest: datetime | None


def late_by_body(cases: CaseQuerySet, now: datetime) -> list[Row]:
    """The worst first; administrations with nothing open are left out. Two statements."""
    is_late = Q(next_due_at__lt=now)
    found = (
        cases.open()
        .order_by()
        .values("body")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=is_late),
            urgent=Count("pk", filter=is_late & Q(urgent=True)),
            soon=Count("pk", filter=Q(next_due_at__gte=now, next_due_at__lte=soon(now))),
            unassigned=Count("pk", filter=Q(officer=None)),
            oldest=Min("next_due_at", filter=is_late),
        )
    )
    told: list[dict[str, Any]] = [dict(row) for row in found]
    bodies = Body.objects.in_bulk([row["body"] for row in told])
    rows = [Row(**{**row, "body": bodies[row["body"]]}) for row in told]
    return sorted(rows, key=lambda row: (-row.late, -row.soon, -row.open, row.body.pk))


def first_to_do(cases: CaseQuerySet, now: datetime) -> list[Case]:
    """What runs out: urgent first, then whatever ran out first; at most twenty. One statement."""
    rows = cases.filter(state__in=(State.RECEIVED, State.IN_HAND), next_due_at__lte=soon(now))
    rows = rows.select_related("body", "officer", "report").defer("report__description")
    found = list(rows.order_by("-urgent", "next_due_at", "pk")[:FIRST])
    dress(found, now)
    return found


def by_channel(cases: CaseQuerySet, now: datetime) -> list[tuple[str, int]]:
    """By which way the cases of the last year came in, the most first. One statement."""
    since = local_day(now).toordinal() - DAYS
    rows = cases.filter(day__gte=local_day(now).fromordinal(since)).order_by()
    counted = dict(rows.values_list("channel").annotate(number=Count("pk")))
    named = [(str(channel.label), counted[channel.value]) for channel in Channel if channel.value in counted]
    return sorted(named, key=lambda pair: -pair[1])
