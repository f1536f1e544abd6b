"""The piles on a desk, and how many cases lie on each."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from nafida.cases.life import WaitingFor
from nafida.cases.models.case import CaseQuerySet
from nafida.cases.models.indexes import UNANSWERED
from nafida.people.models import User
from nafida.territory.calendars import calendar, end_of_day_utc, local_day

SOON = 3  # working days
MOST = 1000
"""No pile is told further than this: a desk that has a thousand needs no exact number."""


class Pile(models.TextChoices):
    TODO = "todo", _("To do")
    MINE = "mine", _("Mine")
    UNASSIGNED = "unassigned", _("Nobody’s yet")
    TO_SEE = "to_see", _("To be seen before publishing")
    LATE = "late", _("Late")
    SOON = "soon", _("Due soon")
    WAITING = "waiting", _("Waiting")
    TO_CALL = "to_call", _("To call")
    ALL = "all", _("All")


UNCOUNTED = frozenset({Pile.TO_CALL, Pile.ALL})
"""What no index holds: counting it would read every case."""
RUNNING_ONLY = frozenset({Pile.LATE, Pile.SOON})
"""Piles of which every case has a running clock."""
OPEN_ONLY = frozenset(Pile) - {Pile.TO_SEE, Pile.TO_CALL, Pile.ALL}


def in_pile(cases: CaseQuerySet, pile: Pile, user: User, now: datetime) -> CaseQuerySet:
    match pile:
        case Pile.TODO:
            return cases.open()
        case Pile.MINE:
            return cases.open().filter(officer=user)
        case Pile.UNASSIGNED:
            return cases.open().filter(officer=None)
        case Pile.TO_SEE:
            return cases.to_be_seen()
        case Pile.LATE:
            return cases.filter(next_due_at__lt=now)
        case Pile.SOON:
            return cases.filter(next_due_at__gte=now, next_due_at__lte=soon(now))
        case Pile.WAITING:
            return cases.open().exclude(waiting_for=WaitingFor.NOBODY)
        case Pile.TO_CALL:
            return cases.to_be_called()
    return cases


def soon(now: datetime) -> datetime:
    """The end of the last day that counts as soon."""
    return end_of_day_utc(calendar().add_working_days(local_day(now), SOON))


def counts(cases: CaseQuerySet, user: User, now: datetime) -> dict[Pile, int]:
    """How many lie on each pile but those not counted; of what is to be seen up to MOST.

    Two statements: one goes once through the index of what is open, the other through that of what is unseen.
    """
    picked = {
        Pile.TODO: Q(),
        Pile.MINE: Q(officer=user),
        Pile.UNASSIGNED: Q(officer=None),
        Pile.LATE: Q(next_due_at__lt=now),
        Pile.SOON: Q(next_due_at__gte=now, next_due_at__lte=soon(now)),
        Pile.WAITING: ~Q(waiting_for=WaitingFor.NOBODY),
    }
    row = cases.filter(UNANSWERED).aggregate(
        **{f"n_{pile}": Count("pk", filter=those) for pile, those in picked.items()}
    )
    return {pile: row[f"n_{pile}"] for pile in picked} | {Pile.TO_SEE: cases.keys_to_be_seen()[:MOST].count()}
