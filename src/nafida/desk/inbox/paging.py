"""Pages of a list by key, so that page 400 costs as page 1.

A list is a row of stretches, each in the order of one index: urgent cases whose clock runs, the others whose clock
runs, then those whose clock stands still or has ended. A page goes on in the stretch in which the last one stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.cases.journal import stamp
from nafida.cases.models import Case
from nafida.cases.models.case import CaseQuerySet
from nafida.desk.inbox.piles import OPEN_ONLY, RUNNING_ONLY, Pile
from nafida.desk.rows import dress

PAGE = 50
SHOWN = (
    *("reference", "service", "area", "body", "state", "urgent", "channel", "received_at", "next_due_at"),
    *("waiting_for", "planned_on", "officer__name", "officer__email", "report__place", "report__lon", "report__lat"),
)
"""What a row says; a case has three times as many columns."""


class Order(models.TextChoices):
    DUE = "due", gettext_lazy("Urgent, then by due date")
    NEWEST = "newest", gettext_lazy("Newest first")
    OLDEST = "oldest", gettext_lazy("Oldest first")


class Stretch(NamedTuple):
    """Some of a list, ordered by one moment, then by key."""

    pick: Callable[[CaseQuerySet], CaseQuerySet]
    moment: str
    backwards: bool = False


@dataclass(frozen=True)
class Page:
    """At most fifty cases, dressed (desk.rows), and the key of the page after ("" at the end)."""

    cases: list[Case]
    next: str


def stretches(pile: Pile, order: Order) -> list[Stretch]:
    if order != Order.DUE:
        return [Stretch(lambda cases: cases, "received_at", order == Order.NEWEST)]
    running = [
        Stretch(lambda cases: cases.filter(urgent=True, next_due_at__isnull=False), "next_due_at"),
        Stretch(lambda cases: cases.filter(urgent=False, next_due_at__isnull=False), "next_due_at"),
    ]
    if pile in RUNNING_ONLY:
        return running
    # An index of its own holds what is open and stands still.
    still = Q(next_due_at=None, answered_at=None, closed_at=None) if pile in OPEN_ONLY else Q(next_due_at=None)
    return [*running, Stretch(lambda cases: cases.filter(still), "received_at", backwards=True)]


def page_of(cases: CaseQuerySet, pile: Pile, order: Order, after: str, now: datetime) -> Page:
    """One page of `cases`, which all lie on `pile`. Raises BadRequest for a key that no page gave.

    One statement for each stretch that the page touches.
    """
    row = stretches(pile, order)
    number, key = _read_key(after, len(row)) if after else (0, None)
    found: list[tuple[int, Any]] = []
    for place in range(number, len(row)):
        rows = _some(cases, row[place], key, PAGE + 1 - len(found))
        found += [(place, case) for case in rows]
        key = None
        if len(found) > PAGE:
            break
    dress((case for _place, case in found), now)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page([case for _place, case in found[:PAGE]], _key(row, *last) if last else "")


def _some(cases: CaseQuerySet, stretch: Stretch, key: tuple[datetime, int] | None, most: int) -> list[Case]:
    rows: Any = stretch.pick(cases).select_related("officer", "report").only(*SHOWN)
    moment, side, sign = stretch.moment, "lt" if stretch.backwards else "gt", "-" if stretch.backwards else ""
    if key is not None:
        at, number = key
        # The first condition is a range of the index; the second sets aside what the last page showed of that moment.
        rows = rows.filter(**{f"{moment}__{side}e": at}).filter(
            Q(**{f"{moment}__{side}": at}) | Q(**{f"pk__{side}": number})
        )
    return list(rows.order_by(f"{sign}{moment}", f"{sign}pk")[:most])


def _key(row: list[Stretch], place: int, case: Case) -> str:
    return f"{place}~{stamp(getattr(case, row[place].moment))}~{case.pk}"


def _read_key(after: str, count: int) -> tuple[int, tuple[datetime, int]]:
    try:
        place, at, number = after.split("~")
        key = int(place), (datetime.fromisoformat(at), int(number))
        if key[1][0].tzinfo is None or not 0 < key[1][1] < 1 << 62 or not 0 <= key[0] < count:
            raise ValueError(after)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("There is no such page.")) from error
    return key
