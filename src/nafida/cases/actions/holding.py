"""Taking a case into one's hand: re-read, locked, and known to be the one somebody looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from nafida.cases.models import Case, Message, MessageKind

if TYPE_CHECKING:
    from nafida.cases.actor import Actor


class Faster(Exception):
    """Somebody was faster: the case has moved on since the page was shown."""

    def __init__(self, case: Case) -> None:
        super().__init__(str(case))
        self.case = case


def hold(case: Case, *, seen: int | None = None) -> Case:
    """The same case re-read and locked until the transaction ends.

    `seen` is the version that a form carries; raises Faster when the case has moved on since.
    """
    # Without joins: PostgreSQL re-reads a row it had to wait for, and one whose body has just changed
    # would no longer match the body it was joined with, as if the case did not exist.
    held = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if seen is not None and seen != held.version:
        raise Faster(held)
    return held


def instant(at: datetime | None, *cases: Case) -> datetime:
    """Now, or a moment of the past for imports and demonstrations, once `cases` are held.

    Raises ValueError for the future, and for a moment before the last event of a case: an answer dated back
    would flatter its clock.
    """
    now = timezone.now()
    if at is None:
        return now
    if at > now:
        raise ValueError("what happens cannot be dated in the future")
    if any(case.events.filter(at__gt=at).exists() for case in cases):
        raise ValueError("what happens cannot be dated before what has happened already")
    return at


def write_message(case: Case, kind: MessageKind, text: str, *, by: Actor, at: datetime) -> Message:
    """Keep people's words beside the event that will name them."""
    return Message.objects.create(case=case, kind=kind, who=str(by.who), author=by.user, body=by.body, text=text, at=at)
