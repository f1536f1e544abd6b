"""What a body does with a case it has."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nafida.cases import deadlines
from nafida.cases.actions.holding import hold, instant, write_message
from nafida.cases.actor import Actor
from nafida.cases.journal import Happened, record
from nafida.cases.life import ANSWERS, NotAllowed, Outcome, Verb, WaitingFor
from nafida.cases.models import Case, MessageKind
from nafida.territory.calendars import local_day


@transaction.atomic
def take_in_hand(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """The body says: we have it, we work on it."""
    case, at = hold(case), instant(at, case)
    case.move(Verb.TAKE_IN_HAND, by)
    if by.user and case.officer_id is None:
        case.officer = by.user
    case.save(update_fields=["state", "officer"])
    record(case, Happened.TAKEN_IN_HAND, by=by, at=at)
    return case


@transaction.atomic
def plan_works(case: Case, *, by: Actor, day: date, text: str = "", at: datetime | None = None) -> Case:
    """Say on which day somebody comes. Planning stops no clock."""
    case, at = hold(case), instant(at, case)
    if day < local_day(at):
        raise NotAllowed(_("The day planned lies in the past."))
    case.move(Verb.PLAN, by)
    deadlines.resume(case, at=at)
    case.planned_on, case.waiting_for = day, WaitingFor.WORKS
    case.save(update_fields=["state", "planned_on", "waiting_for"])
    message = write_message(case, MessageKind.PLAN, text, by=by, at=at) if text else None
    record(case, Happened.PLANNED, by=by, at=at, day=day.isoformat(), message=message and message.pk)
    return case


@transaction.atomic
def wait_for_works(case: Case, *, by: Actor, text: str, at: datetime | None = None) -> Case:
    """Say what is missing before the work can be done: parts, a machine, a road closed. It stops no clock."""
    case, at = hold(case), instant(at, case)
    case.move(Verb.WAIT, by)
    deadlines.resume(case, at=at)
    case.planned_on, case.waiting_for = None, WaitingFor.WORKS
    case.save(update_fields=["state", "planned_on", "waiting_for"])
    message = write_message(case, MessageKind.REASON, text, by=by, at=at)
    record(case, Happened.WAITING, by=by, at=at, message=message.pk)
    return case


@transaction.atomic
def ask_citizen(case: Case, *, by: Actor, text: str, at: datetime | None = None) -> Case:
    """Put a question to whoever filed the case. Only this pauses the clocks, and only those not yet late."""
    case, at = hold(case), instant(at, case)
    case.move(Verb.ASK, by)
    if not (case.contact.email or case.contact.phone):
        raise NotAllowed(_("The citizen left no address: there is nobody to ask."))
    if case.waiting_for == WaitingFor.CITIZEN:
        raise NotAllowed(_("A question is open already."))
    deadlines.pause(case, at=at)
    case.waiting_for = WaitingFor.CITIZEN
    case.save(update_fields=["waiting_for"])
    message = write_message(case, MessageKind.QUESTION, text, by=by, at=at)
    record(case, Happened.ASKED, by=by, at=at, message=message.pk)
    return case


@transaction.atomic
def answer_case(case: Case, *, by: Actor, outcome: Outcome, text: str, at: datetime | None = None) -> Case:
    """Tell the citizen what came of it. The running clocks are met."""
    case, at = hold(case), instant(at, case)
    if outcome not in ANSWERS:
        raise NotAllowed(_("A body does not answer with this outcome."))
    case.move(Verb.ANSWER, by)
    deadlines.meet(case, at=at)
    case.outcome, case.waiting_for, case.answered_at = outcome, WaitingFor.NOBODY, at
    case.save(update_fields=["state", "outcome", "waiting_for", "answered_at"])
    message = write_message(case, MessageKind.ANSWER, text, by=by, at=at)
    record(case, Happened.ANSWERED, by=by, at=at, outcome=str(outcome), message=message.pk)
    return case


@transaction.atomic
def close_case(
    case: Case, *, by: Actor, outcome: Outcome | None = None, text: str = "", at: datetime | None = None
) -> Case:
    """End a case. One that was answered keeps its outcome; any other needs one, and words that say why."""
    case, at = hold(case), instant(at, case)
    if not case.outcome and (outcome not in ANSWERS or not text):
        raise NotAllowed(_("Say how the case ended, and why."))
    case.move(Verb.CLOSE, by)
    deadlines.meet(case, at=at)
    case.outcome = case.outcome or str(outcome)
    case.waiting_for, case.closed_at = WaitingFor.NOBODY, at
    case.answered_at = case.answered_at or at
    case.save(update_fields=["state", "outcome", "waiting_for", "answered_at", "closed_at"])
    message = write_message(case, MessageKind.ANSWER, text, by=by, at=at) if text else None
    record(case, Happened.CLOSED, by=by, at=at, outcome=case.outcome, message=message and message.pk)
    return case
