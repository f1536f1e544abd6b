"""What officers do that moves no state."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases import deadlines
from nafida.cases.actions.holding import hold, instant, write_message
from nafida.cases.actor import Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.journal import Happened, record
from nafida.cases.life import NotAllowed, Verb
from nafida.cases.models import Attachment, AttachmentRole, Case, Follower, MessageKind
from nafida.people.models import Role, User


@transaction.atomic
def assign_case(case: Case, *, by: Actor, to: User | None, at: datetime | None = None) -> Case:
    """Give the case to a colleague of the same body, or to nobody."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.ASSIGN, by)
    if to is not None and not _works_for(to, case.body_id):
        raise NotAllowed(_("This person is not with the administration that has the case."))
    case.officer = to
    case.save(update_fields=["officer"])
    record(case, Happened.ASSIGNED, by=by, at=at, user=to and to.pk)
    return case


def _works_for(user: User, body_id: int) -> bool:
    held = user.memberships.on(timezone.localdate()).with_role(Role.AGENT, Role.MANAGER)
    return user.is_active and held.filter(body=body_id).exists()


@transaction.atomic
def note_case(case: Case, *, by: Actor, text: str, at: datetime | None = None) -> Case:
    """Words for colleagues only."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.NOTE, by)
    message = write_message(case, MessageKind.NOTE, text, by=by, at=at)
    record(case, Happened.NOTED, by=by, at=at, message=message.pk)
    return case


@transaction.atomic
def call_citizen(
    case: Case, *, by: Actor, reached: bool, text: str, follower: Follower | None = None, at: datetime | None = None
) -> Case:
    """Somebody has telephoned whoever filed it, or a follower; `text` says what was said.

    One who was not reached is called again.
    """
    case, at = hold(case), instant(at, case)
    case.allow(Verb.CALL, by)
    told = MessageKind.TOLD if follower else MessageKind.CALL
    message = write_message(case, told if reached else MessageKind.MISSED, text, by=by, at=at)
    if follower and reached:
        case.followers.filter(pk=follower.pk).update(called_at=at)
    key = follower.pk if follower else None
    record(case, Happened.CALLED, by=by, at=at, message=message.pk, reached=reached, follower=key)
    return case


@transaction.atomic
def attach_picture(
    case: Case, *, by: Actor, kept: KeptPicture, role: AttachmentRole, at: datetime | None = None
) -> Attachment:
    """Add a picture whose files are kept already."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.ATTACH, by)
    row = case.attachments.create(
        role=role,
        picture=kept.picture,
        thumbnail=kept.thumbnail,
        width=kept.width,
        height=kept.height,
        added_at=at,
        shown_at=at if role == AttachmentRole.AFTER else None,
    )
    record(case, Happened.ATTACHED, by=by, at=at, attachment=row.pk, role=str(role))
    return row


@transaction.atomic
def extend_limit(case: Case, *, by: Actor, working_days: int, text: str, at: datetime | None = None) -> Case:
    """Give the case a longer limit, counted from the same start: the coordinator's alone, with a reason."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.EXTEND, by)
    clock = case.deadlines.citizens().get()
    if working_days <= clock.working_days:
        raise NotAllowed(_("The new limit must be longer than %(days)d working days.") % {"days": clock.working_days})
    days_from = clock.working_days
    case.deadlines.unmet().update(working_days=F("working_days") + (working_days - days_from), told_level=0)
    deadlines.recompute(case)
    message = write_message(case, MessageKind.REASON, text, by=by, at=at)
    record(case, Happened.EXTENDED, by=by, at=at, days_from=days_from, days_to=working_days, message=message.pk)
    return case


@transaction.atomic
def give_body_reference(case: Case, *, by: Actor, reference: str, at: datetime | None = None) -> Case:
    """Keep the number under which the body itself files the case."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.ATTACH, by)
    case.body_reference = reference
    case.save(update_fields=["body_reference"])
    record(case, Happened.REFERENCED, by=by, at=at)
    return case
