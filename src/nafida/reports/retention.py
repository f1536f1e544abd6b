"""Reports forget with their cases."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nafida.cases.actor import CLOCK, Actor
from nafida.cases.batches import BATCH, one_by_one
from nafida.cases.life import State
from nafida.cases.models import Case
from nafida.cases.retention import erase_people
from nafida.reports.models import Report
from nafida.services.models import Publicity


@transaction.atomic
def erase_report(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Erase what people told with a report: its case's part, and its own words, answers and private place."""
    case = erase_people(case, by=by, at=at)
    told = {"description": "", "place": "", "answers": {}}
    hidden = {} if case.service.publicity == Publicity.FULL else {"lon": None, "lat": None, "centre": None}
    Report.objects.filter(pk=case.pk).update(**told, **hidden)
    return case


def erase_old_reports(now: datetime) -> int:
    """Erase what people told with reports closed longer ago than `settings.KEEP_WORDS_DAYS`; returns how many."""
    before = now - timedelta(days=settings.KEEP_WORDS_DAYS)
    old = Case.objects.filter(state=State.CLOSED, closed_at__lte=before, erased_at=None).order_by("closed_at")
    return one_by_one(old.values_list("pk", flat=True)[:BATCH], lambda key: _erase(key, before))


@transaction.atomic
def _erase(case_id: int, before: datetime) -> bool:
    case = Case.objects.get(pk=case_id)
    if case.closed_at is None or case.closed_at > before or case.erased_at:
        return False  # reopened or erased since the list was read
    erase_report(case, by=CLOCK)
    return True
