"""What citizens do to a case after it was filed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nafida.cases import deadlines
from nafida.cases.actions.holding import hold, instant, write_message
from nafida.cases.actor import CITIZEN, REPORTER, Actor
from nafida.cases.journal import Happened, record
from nafida.cases.life import NotAllowed, Outcome, Verb, WaitingFor
from nafida.cases.models import Case, Follower, MessageKind, Support
from nafida.services.models import Publicity


@transaction.atomic
def reply_to_question(case: Case, *, by: Actor = REPORTER, text: str, at: datetime | None = None) -> Case:
    """The citizen has answered the body's question: the clocks run on."""
    case, at = hold(case), instant(at, case)
    if case.waiting_for != WaitingFor.CITIZEN:
        raise NotAllowed(_("No question is open."))
    case.move(Verb.REPLY, by)
    deadlines.resume(case, at=at)
    case.waiting_for = WaitingFor.NOBODY
    case.save(update_fields=["waiting_for"])
    message = write_message(case, MessageKind.REPLY, text, by=by, at=at)
    record(case, Happened.REPLIED, by=by, at=at, message=message.pk)
    return case


@transaction.atomic
def withdraw_case(case: Case, *, by: Actor = REPORTER, at: datetime | None = None) -> Case:
    """The reporter takes the case back."""
    case, at = hold(case), instant(at, case)
    case.move(Verb.WITHDRAW, by)
    deadlines.meet(case, at=at)
    case.outcome, case.closed_at, case.waiting_for = Outcome.WITHDRAWN, at, WaitingFor.NOBODY
    case.save(update_fields=["state", "outcome", "closed_at", "waiting_for"])
    record(case, Happened.WITHDRAWN, by=by, at=at)
    return case


@transaction.atomic
def reopen_case(case: Case, *, by: Actor = REPORTER, text: str, at: datetime | None = None) -> Case:
    """It is not settled: back to received, on the same clocks as if nobody had answered."""
    case, at = hold(case), instant(at, case)
    if case.outcome == Outcome.DUPLICATE:
        raise NotAllowed(_("This case goes on in another one."))
    case.move(Verb.REOPEN, by)
    case.outcome, case.waiting_for, case.planned_on = "", WaitingFor.NOBODY, None
    case.answered_at = case.closed_at = None
    case.save(update_fields=["state", "outcome", "waiting_for", "planned_on", "answered_at", "closed_at"])
    deadlines.unmeet(case)
    message = write_message(case, MessageKind.REASON, text, by=by, at=at)
    record(case, Happened.REOPENED, by=by, at=at, message=message.pk)
    return case


@transaction.atomic
def support_case(
    case: Case, *, by: Actor = CITIZEN, device: str, held: bool = False, at: datetime | None = None
) -> bool:
    """“Me too” from one device (a keyed digest of 64 hex digits); False when it has said so before.

    `held` says that too many came at a time: then an officer looks at the case before it counts.
    """
    case, at = hold(case), instant(at, case)
    case.allow(Verb.SUPPORT, by)
    support, new = Support.objects.get_or_create(case=case, device=device, defaults={"at": at, "held": held})
    if new:
        record(case, Happened.SUPPORTED, by=by, at=at, support=support.pk)
    return new


@transaction.atomic
def follow_case(
    case: Case, *, by: Actor = CITIZEN, email: str = "", phone: str = "", language: str, at: datetime | None = None
) -> Follower:
    """Let an address hear of the case, once its owner has confirmed, or (without one) a telephone number (E.164).

    Asking twice changes nothing.
    """
    case, at = hold(case), instant(at, case)
    case.allow(Verb.FOLLOW, by)
    if case.service.publicity == Publicity.PRIVATE:
        raise NotAllowed(_("This case has no public page to follow."))
    email = email.strip().lower()
    phone = "" if email else phone
    asked = {"language": language, "asked_at": at, "confirmed_at": None, "left_at": None, "called_at": None}
    follower = Follower.objects.filter(case=case, email=email, phone=phone, left_at=None).first()
    if follower is None:
        follower, _new = Follower.objects.update_or_create(asked, case=case, email=email, phone=phone)
        record(case, Happened.FOLLOWED, by=by, at=at, follower=follower.pk)
    return follower


@transaction.atomic
def confirm_follower(follower: Follower, *, by: Actor = CITIZEN, at: datetime | None = None) -> Follower:
    """The owner of the address has clicked: from now on it hears of the case."""
    Follower.objects.filter(pk=follower.pk, confirmed_at=None).update(confirmed_at=instant(at))
    follower.refresh_from_db()
    return follower


@transaction.atomic
def leave_case(follower: Follower, *, by: Actor = CITIZEN, at: datetime | None = None) -> Follower:
    """The owner of the address wants to hear no more of it; asking again later starts anew."""
    Follower.objects.filter(pk=follower.pk, left_at=None).update(left_at=instant(at))
    follower.refresh_from_db()
    return follower
