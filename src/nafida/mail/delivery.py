"""One try at one letter: waiting → sending (committed) → the carrier → sent, waiting again, or failed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .bounces import note_refusal
from .carriers import NotNow, Refused, chosen_carrier
from .message import compose
from .models import Letter, LetterState
from .standing import barred_since

logger = logging.getLogger(__name__)

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long a letter waits after its first, second, … failure in a row. One more, and it has failed."""


def try_letter(letter_id: int, attempt: int, *, task_id: str) -> None:
    """Hand a letter to the carrier, if this task may.

    ``attempt`` makes the task good for one try only: a second task for the same try finds the letter
    claimed or already further on, and does nothing. ``task_id`` lets a task that runs again after its
    worker died take up its own claim; the same task never runs twice at once, so no two live workers
    send the same letter.
    """
    if not _claim(letter_id, attempt, task_id):
        return
    letter = Letter.objects.get(pk=letter_id)
    if bar := barred_since(letter):
        _settle(letter, state=LetterState.DROPPED, held_for=bar)
        return
    try:
        content = compose(letter)
    except ValueError as error:
        give_up(letter, f"The letter cannot be written: {error}")
        return
    try:
        chosen_carrier().hand_over(letter, content)
    except Refused as error:
        if give_up(letter, str(error)):
            note_refusal(letter, str(error), about_recipient=error.about_recipient)
    except NotNow as error:
        wait_again(letter, str(error), now=timezone.now())
    else:
        _settle(letter, state=LetterState.SENT, sent_at=timezone.now(), last_error="")


def wait_again(letter: Letter, error: str, *, now: datetime, pause: timedelta | None = None) -> bool:
    """Let a claimed letter wait for its next try, or give it up after too many failures in a row.

    ``pause`` overrides the back-off. True if the letter was still ours to settle.
    """
    failures = letter.failures + 1
    if failures > len(BACK_OFF):
        return give_up(letter, error)
    pause = BACK_OFF[failures - 1] if pause is None else pause
    return _settle(
        letter,
        state=LetterState.WAITING,
        failures=failures,
        next_try_at=now + pause,
        last_error=_short(error),
    )


def give_up(letter: Letter, error: str) -> bool:
    """Mark a claimed letter as failed: visible, and not tried again unless somebody says so."""
    logger.warning("Letter %s (%s) has failed: %s", letter.message_id, letter.purpose, _short(error))
    return _settle(letter, state=LetterState.FAILED, failures=letter.failures + 1, last_error=_short(error))


def _claim(letter_id: int, attempt: int, task_id: str) -> bool:
    """Committed before the carrier is asked: of all that want the same try, the database lets one pass."""
    next_try = Q(state=LetterState.WAITING, attempts=attempt - 1)
    own_claim = Q(state=LetterState.SENDING, attempts=attempt, claimed_by=task_id)
    return (
        Letter.objects.filter(next_try | own_claim, pk=letter_id).update(
            state=LetterState.SENDING, attempts=attempt, claimed_by=task_id, claimed_at=timezone.now()
        )
        == 1
    )


def _settle(letter: Letter, **facts: object) -> bool:
    """Write the end of a try, if the claim that ``letter`` was read under still stands."""
    claim = Letter.objects.filter(
        pk=letter.pk,
        state=LetterState.SENDING,
        attempts=letter.attempts,
        claimed_at=letter.claimed_at,
    )
    return claim.update(**facts) == 1


def _short(error: str) -> str:
    return error.replace("\x00", "")[:1000]
