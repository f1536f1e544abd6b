"""What the public may see of what citizens brought: shown, hidden for a reason, or blurred, by an officer's hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nafida.cases.actions.holding import hold, instant
from nafida.cases.actor import Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.journal import Happened, record
from nafida.cases.life import HideReason, NotAllowed, Verb
from nafida.cases.models import Attachment, AttachmentRole, Case, Message
from nafida.cases.models.words import WAITING


@transaction.atomic
def show_words(case: Case, *, by: Actor, photos: Collection[int] | None = None, at: datetime | None = None) -> Case:
    """An officer has seen words and photos and lets the public see them, as far as the service allows.

    `photos` are the keys of those that may be seen too, None for all. What was hidden or held comes back.
    """
    case, at = hold(case), instant(at, case)
    case.allow(Verb.SHOW, by)
    if case.shown_at is None or case.held_at is not None or case.supports.filter(held=True).exists():
        lay_open(case, photos=photos, at=at)
        record(case, Happened.SHOWN, by=by, at=at, message=None, attachment=None)
    return case


def lay_open(case: Case, *, photos: Collection[int] | None, at: datetime) -> None:
    """Mark as shown what a reporter has brought so far; the caller holds the case and records it."""
    case.shown_at, case.hidden_at, case.hidden_for, case.held_at = at, None, "", None
    case.save(update_fields=["shown_at", "hidden_at", "hidden_for", "held_at"])
    brought = case.attachments.filter(WAITING, role=AttachmentRole.BEFORE)
    if photos is not None:
        brought = brought.filter(pk__in=photos)
    brought.update(shown_at=at)
    case.messages.filter(WAITING, who="reporter").update(shown_at=at)
    case.supports.filter(held=True).update(held=False)


def cover_again(case: Case) -> None:
    """Let what an officer has shown to fewer eyes wait for another look; the caller holds the case and records why."""
    case.shown_at = None
    case.save(update_fields=["shown_at"])
    case.attachments.filter(role=AttachmentRole.BEFORE).update(shown_at=None)
    case.messages.filter(who="reporter").update(shown_at=None)


@transaction.atomic
def hide_words(case: Case, *, by: Actor, reason: HideReason, at: datetime | None = None) -> Case:
    """Keep words, place and photos of a case from the public; service, commune, state and clock stay."""
    case, at = hold(case), instant(at, case)
    case.allow(Verb.HIDE, by)
    case.shown_at, case.hidden_at, case.hidden_for = None, at, HideReason(reason)
    case.save(update_fields=["shown_at", "hidden_at", "hidden_for"])
    record(case, Happened.HIDDEN, by=by, at=at, reason=str(reason), message=None, attachment=None)
    return case


@transaction.atomic
def show_update(message: Message, *, by: Actor, at: datetime | None = None) -> Message:
    """Let the public read what somebody has written later, and see the photos that came with it."""
    case, at = _hold_for(message, Verb.SHOW, by, at)
    message.shown_at, message.hidden_at, message.hidden_for = at, None, ""
    message.save(update_fields=["shown_at", "hidden_at", "hidden_for"])
    message.attachments.filter(hidden_at=None).update(shown_at=at)
    record(case, Happened.SHOWN, by=by, at=at, message=message.pk, attachment=None)
    return message


@transaction.atomic
def hide_update(message: Message, *, by: Actor, reason: HideReason, at: datetime | None = None) -> Message:
    """Keep what somebody has written later from the public."""
    case, at = _hold_for(message, Verb.HIDE, by, at)
    message.hidden_at, message.hidden_for = at, HideReason(reason)
    message.save(update_fields=["hidden_at", "hidden_for"])
    record(case, Happened.HIDDEN, by=by, at=at, reason=str(reason), message=message.pk, attachment=None)
    return message


@transaction.atomic
def show_photo(photo: Attachment, *, by: Actor, at: datetime | None = None) -> Attachment:
    """Let the public see one photo, as far as it sees the words that came with it."""
    case, at = _hold_for(photo, Verb.SHOW, by, at)
    photo.shown_at, photo.hidden_at, photo.hidden_for = at, None, ""
    photo.save(update_fields=["shown_at", "hidden_at", "hidden_for"])
    record(case, Happened.SHOWN, by=by, at=at, message=None, attachment=photo.pk)
    return photo


@transaction.atomic
def hide_photo(photo: Attachment, *, by: Actor, reason: HideReason, at: datetime | None = None) -> Attachment:
    """Keep one photo from the public."""
    case, at = _hold_for(photo, Verb.HIDE, by, at)
    photo.hidden_at, photo.hidden_for = at, HideReason(reason)
    photo.save(update_fields=["hidden_at", "hidden_for"])
    record(case, Happened.HIDDEN, by=by, at=at, reason=str(reason), message=None, attachment=photo.pk)
    return photo


@transaction.atomic
def blur_photo(
    photo: Attachment, *, by: Actor, kept: KeptPicture, areas: int, at: datetime | None = None
) -> Attachment:
    """Show the public `kept` instead, in which so many areas are blurred; the desk keeps the whole photo."""
    case, at = _hold_for(photo, Verb.BLUR, by, at)
    photo.blurred, photo.blurred_thumbnail = kept.picture, kept.thumbnail
    photo.save(update_fields=["blurred", "blurred_thumbnail"])
    record(case, Happened.BLURRED, by=by, at=at, attachment=photo.pk, areas=areas)
    return photo


def _hold_for(thing: Message | Attachment, verb: Verb, by: Actor, at: datetime | None) -> tuple[Case, datetime]:
    case = hold(thing.case)
    case.allow(verb, by)
    if case.erased_at is not None:
        raise NotAllowed(_("What people told with this case has been erased."))
    thing.refresh_from_db()
    return case, instant(at, case)
