"""A question that nobody answers does not stop the clocks for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nafida.cases import deadlines
from nafida.cases.actions import hold
from nafida.cases.actions.holding import instant
from nafida.cases.actor import CLOCK, Actor
from nafida.cases.batches import one_by_one
from nafida.cases.journal import Happened, record
from nafida.cases.life import NotAllowed, Verb, WaitingFor
from nafida.cases.models import Case, Pause

ANSWERING_TIME = timedelta(days=30)


def lapse_questions(now: datetime) -> int:
    """Let the clocks run on where the citizen was asked thirty days ago and has not answered; returns how many."""
    silent = Pause.objects.filter(to_at=None, from_at__lte=now - ANSWERING_TIME).order_by("from_at")
    return one_by_one(silent.values_list("case_id", flat=True), lambda key: _lapse(key, now))


@transaction.atomic
def _lapse(case_id: int, now: datetime) -> bool:
    case = hold(Case(pk=case_id))
    if not case.pauses.filter(to_at=None, from_at__lte=now - ANSWERING_TIME).exists():
        return False  # answered since the list was read
    lapse_question(case, by=CLOCK)
    return True


@transaction.atomic
def lapse_question(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """The citizen has not answered in time: the clocks run on without an answer."""
    case = hold(case)
    at = instant(at, case)
    if case.waiting_for != WaitingFor.CITIZEN:
        raise NotAllowed(_("No question is open."))
    case.move(Verb.LAPSE, by)
    deadlines.resume(case, at=at)
    case.waiting_for = WaitingFor.NOBODY
    case.save(update_fields=["waiting_for"])
    record(case, Happened.LAPSED, by=by, at=at)
    return case
