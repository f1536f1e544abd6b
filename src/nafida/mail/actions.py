"""What others may ask of the post office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.tasks import TaskResultStatus, default_task_backend
from django.tasks.base import TASK_MAX_PRIORITY, TASK_MIN_PRIORITY
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone

from . import standing
from .address import extra_headers, one_address, one_line
from .delivery import wait_again
from .models import RESCUE_AFTER, HeldFor, Letter, LetterState
from .tasks import deliver, forget_file

LETTER = 50
"""Priority of an ordinary letter."""
SIGN_IN_CODE = 90
"""Priority of a letter that somebody is waiting for in front of a screen."""
BATCH = 500


def queue_letter(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    language: str,
    purpose: str,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    priority: int = LETTER,
    until_clicked: bool = False,
    thread: str = "",
) -> Letter:
    """Put a letter into the outbox, in the caller's transaction: it leaves if and only if that commits.

    The same ``key`` (at most 200 characters) a second time gives the first letter back, whatever the other
    arguments say. ``to`` and ``reply_to`` are one address each; ``purpose`` is a short code such as
    ``acknowledgement``; ``priority`` is −100…100. ``until_clicked`` is for addresses that anybody may have given:
    one letter leaves, the others are held back until its owner has clicked. ``thread`` says what they are about.
    To an address whose letters come back nothing leaves but sign-in codes. Four statements, two on a known key.
    Raises ValueError, before anything is written, if a header could be broken out of.
    """
    letter = _checked(
        Letter(key=key, to=to, subject=subject, text=text, html=html, language=language, purpose=purpose,
               reply_to=reply_to, headers=extra_headers(headers or {}), priority=priority,
               until_clicked=until_clicked, thread=thread)
    )  # fmt: skip
    # No savepoint: nothing in here fails on a known key; on PostgreSQL too the transaction stays whole.
    with transaction.atomic(savepoint=False):
        Letter.objects.bulk_create([letter], ignore_conflicts=True)
        stored = Letter.objects.get(key=key)
        if stored.message_id == letter.message_id:
            _let_go(stored)
    return stored


def _checked(letter: Letter) -> Letter:
    """The letter, fit for its columns and for the head of a message. Raises ValueError."""
    letter.key = _code(letter.key, 200, "The key")
    letter.to = one_address(letter.to, "The recipient")
    letter.subject = one_line(letter.subject, "The subject")
    letter.text, letter.html = letter.text.replace("\x00", ""), letter.html.replace("\x00", "")
    letter.language = _code(letter.language, 10, "The language")
    letter.purpose = _code(letter.purpose, 60, "The purpose")
    letter.reply_to = one_address(letter.reply_to, "The reply address") if letter.reply_to else ""
    letter.priority = _priority(letter.priority)
    letter.thread = one_line(letter.thread, "The thread")[:60]
    return letter


def _let_go(letter: Letter) -> None:
    """Queue the delivery of a new letter, or hold it back; a code that somebody waits for is never held back."""
    bar = None if letter.priority >= SIGN_IN_CODE else standing.admit(letter)
    if bar is None:
        _enqueue(letter)
    else:
        _hold(letter, bar)


def _hold(letter: Letter, bar: HeldFor) -> None:
    """Keep a letter back; to an address whose owner said stop it never leaves."""
    letter.held_for = bar
    letter.state = LetterState.DROPPED if bar == HeldFor.STOPPED else LetterState.HELD
    Letter.objects.filter(pk=letter.pk).update(state=letter.state, held_for=bar)


@transaction.atomic
def open_letter(letter_id: int, at: datetime) -> None:
    """Somebody has followed a link of the letter: what was held back for its address may leave."""
    _send(standing.note_opened(letter_id, at))


@transaction.atomic
def reach_again(address: str) -> None:
    """Somebody says that letters to this address arrive again: what was held back leaves."""
    _send(standing.try_again(address))


def _send(letters: Iterable[Letter]) -> None:
    for letter in letters:
        _enqueue(letter)


@transaction.atomic
def retry_letter(letter: Letter) -> bool:
    """Try a failed letter again from the start of the back-off.

    False if it is not failed (any more) or its words have been erased.
    """
    failed = Letter.objects.filter(pk=letter.pk, state=LetterState.FAILED).exclude(to="")
    now = timezone.now()
    if not failed.update(state=LetterState.WAITING, failures=0, next_try_at=now + RESCUE_AFTER):
        return False
    reach_again(letter.to)
    _enqueue(Letter.objects.get(pk=letter.pk))
    return True


@transaction.atomic
def erase_letter(letter: Letter) -> None:
    """Blank the address and the words; that a letter was written, why, when and what became of it stays.

    A letter that had not left yet will not leave. Its .eml file is removed by a task.
    """
    row = Letter.objects.filter(pk=letter.pk)
    row.filter(state=LetterState.WAITING).update(state=LetterState.FAILED)
    row.filter(state=LetterState.HELD).update(state=LetterState.DROPPED)
    row.update(to="", subject="", text="", html="", reply_to="", headers={}, last_error="", address=None)
    letter.bounces.update(said="")
    forget_file.enqueue(letter.message_id)


def requeue_due_letters(now: datetime) -> int:
    """For the clock: queue each waiting letter that is due, and each that a dead worker left in *sending*.

    Returns how many deliveries were queued. Two clocks at once do no harm: a conditional UPDATE decides.
    Commits every 500 letters.
    """
    for letter in Letter.objects.stuck(now):
        if not _may_still_send(letter):
            wait_again(letter, "The worker ended while it was sending.", now=now, pause=timedelta(0))
    queued = 0
    while batch := list(Letter.objects.due(now).order_by("next_try_at")[:BATCH]):
        with transaction.atomic():
            queued += sum(_requeue(letter, now) for letter in batch)
    return queued


def _requeue(letter: Letter, now: datetime) -> bool:
    due = Letter.objects.due(now).filter(pk=letter.pk, attempts=letter.attempts)
    if not due.update(next_try_at=now + RESCUE_AFTER):
        return False
    _enqueue(letter)
    return True


def _enqueue(letter: Letter) -> None:
    deliver.using(priority=letter.priority).enqueue(letter.pk, letter.attempts + 1)


def _may_still_send(letter: Letter) -> bool:
    """True while the task that claimed the letter is running, or will be run again by the launcher."""
    try:
        status = default_task_backend.get_result(letter.claimed_by).status
    except TaskResultDoesNotExist:
        return False
    return status in {TaskResultStatus.READY, TaskResultStatus.RUNNING}


def _priority(value: int) -> int:
    """The value, checked here because a task's refusal would come in the middle of the transaction."""
    if not TASK_MIN_PRIORITY <= value <= TASK_MAX_PRIORITY:
        raise ValueError(f"The priority must be {TASK_MIN_PRIORITY} to {TASK_MAX_PRIORITY}.")
    return value


def _code(value: str, limit: int, what: str) -> str:
    """The value, checked to be one non-empty line that fits its column on every database."""
    if not 0 < len(one_line(value, what)) <= limit:
        raise ValueError(f"{what} must have 1 to {limit} characters.")
    return value
