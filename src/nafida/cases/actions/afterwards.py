"""What citizens say once a case is public or has ended: news from the spot, “it is fixed”, how well it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.actions.holding import hold, instant, write_message
from nafida.cases.actor import CITIZEN, REPORTER, Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.journal import Happened, record
from nafida.cases.life import NotAllowed, Outcome, Verb
from nafida.cases.models import Attachment, AttachmentRole, Case, Event, Message, MessageKind

STARS = range(1, 6)
RATING_TIME = timedelta(days=14)
UNRATED = (Outcome.WITHDRAWN, Outcome.DUPLICATE)


@transaction.atomic
def add_update(
    case: Case,
    *,
    by: Actor = CITIZEN,
    text: str,
    pictures: Sequence[KeptPicture] = (),
    held: bool = False,
    at: datetime | None = None,
) -> Message:
    """What somebody has seen since. It waits for an officer's look; `held` says that too many came at a time."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.UPDATE, by)
    if case.erased_at is not None:
        raise NotAllowed(_("This case ended long ago: report it anew."))
    message = write_message(case, MessageKind.UPDATE, text, by=by, at=at)
    told = {"case": case, "message": message, "role": AttachmentRole.UPDATE, "added_at": at}
    Attachment.objects.bulk_create(
        Attachment(picture=kept.picture, thumbnail=kept.thumbnail, width=kept.width, height=kept.height, **told)
        for kept in pictures
    )
    record(case, Happened.UPDATED, by=by, at=at, message=message.pk, held=held)
    return message


@transaction.atomic
def confirm_fixed(case: Case, *, by: Actor = REPORTER, at: datetime | None = None) -> Case:
    """The reporter says that it is solved: an answered case closes, a closed one stays so."""
    case, at = hold(case), instant(at, case)
    if case.outcome in UNRATED or is_confirmed(case):
        raise NotAllowed(_("There is nothing left to confirm."))
    case.move(Verb.CONFIRM, by)
    case.closed_at = case.closed_at or at
    case.save(update_fields=["state", "closed_at"])
    record(case, Happened.CONFIRMED, by=by, at=at)
    return case


def is_confirmed(case: Case) -> bool:
    """Whether its reporter has said that it is solved, and nobody has reopened it since."""
    told = case.events.filter(what__in=(Happened.CONFIRMED, Happened.REOPENED)).order_by("-seq").first()
    return told is not None and told.what == Happened.CONFIRMED


@transaction.atomic
def rate_case(case: Case, *, by: Actor = REPORTER, stars: int, text: str = "", at: datetime | None = None) -> Case:
    """How well it went, from 1 to 5, once; whoever said it may change it for fourteen days.

    The number is a fact of the journal and stays; the words go when people are forgotten.
    """
    case, at = hold(case), instant(at, case)
    case.allow(Verb.RATE, by)
    if stars not in STARS:
        raise ValueError("a rating is a number from 1 to 5")
    if not may_rate(case, at):
        raise NotAllowed(_("This can no longer be rated."))
    case.messages.filter(kind=MessageKind.RATING).update(text="")
    message = write_message(case, MessageKind.RATING, text, by=by, at=at) if text else None
    record(case, Happened.RATED, by=by, at=at, stars=stars, message=message and message.pk)
    return case


def may_rate(case: Case, at: datetime | None = None) -> bool:
    """A case that was closed by an answer, not yet rated since or rated less than fourteen days ago."""
    if case.closed_at is None or case.outcome in UNRATED or case.erased_at is not None:
        return False
    first = ratings_of(case).first()
    return first is None or (at or timezone.now()) < first.at + RATING_TIME


def ratings_of(case: Case) -> models.QuerySet[Event]:
    """What its reporter has said of it since it was last closed, oldest first: the last one counts."""
    return case.events.filter(what=Happened.RATED, at__gte=case.closed_at).order_by("seq")
