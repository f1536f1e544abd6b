"""Who may be written to: one letter to an address until its owner has clicked, none once they said stop.

See docs/decisions/one-letter-until-clicked.md. An address is known here by its keyed digest only.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import HeldFor, KnownAddress, Letter, LetterState, first_rescue

FAILURES_IN_A_ROW = 5
"""So many temporary failures with no letter opened in between, and an address counts as not reachable."""


def digest_of_address(address: str) -> str:
    """64 hex digits that stand for an address, however it is written; nobody without our key can tell which."""
    return salted_hmac("nafida.mail.address", address.strip().lower(), algorithm="sha256").hexdigest()


def known(address: str) -> KnownAddress | None:
    """What is known of an address, if anything is."""
    return KnownAddress.objects.filter(digest=digest_of_address(address)).first() if address else None


def is_confirmed(address: str) -> bool:
    """Whether the owner of an address has clicked in one of our letters."""
    row = known(address)
    return row is not None and row.confirmed_at is not None


def bar_of(address: str) -> HeldFor | None:
    """Why the next letter to an address that others gave us would not leave; None when it would."""
    row = known(address)
    if row is None:
        return None
    if row.stopped_at:
        return HeldFor.STOPPED
    if row.unreachable_at:
        return HeldFor.UNREACHABLE
    return HeldFor.UNCONFIRMED if row.asked_at and not row.confirmed_at else None


def admit(letter: Letter) -> HeldFor | None:
    """Why a letter just written may not leave; None when it may. In the transaction that queues it.

    Of several at once for a new address the database lets one pass.
    """
    if not letter.until_clicked:
        row = known(letter.to)
        if row is None or row.unreachable_at is None:
            return None
        Letter.objects.filter(pk=letter.pk).update(address=row)
        return HeldFor.UNREACHABLE
    row, _new = KnownAddress.objects.get_or_create(digest=digest_of_address(letter.to))
    KnownAddress.objects.filter(pk=row.pk).update(used_at=timezone.now())
    Letter.objects.filter(pk=letter.pk).update(address=row)
    unasked = KnownAddress.objects.filter(pk=row.pk, asked_at=None, confirmed_at=None)
    first = unasked.filter(stopped_at=None, unreachable_at=None).update(asked_at=timezone.now())
    return None if first else bar_of(letter.to)


def barred_since(letter: Letter) -> HeldFor | None:
    """What has come to stand between a letter that was let go and its address, while it waited for its turn."""
    row = letter.address if letter.until_clicked else None
    if row is None:
        return None
    return HeldFor.STOPPED if row.stopped_at else HeldFor.UNREACHABLE if row.unreachable_at else None


@transaction.atomic
def note_opened(letter_id: int, at: datetime) -> list[Letter]:
    """Somebody has followed a link of a letter: its address is its owner's, and letters arrive there.

    Returns the letters that may leave now, for the caller to send.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return []
    Letter.objects.filter(pk=letter_id, opened_at=None).update(opened_at=at)
    if letter.is_erased:
        return []
    row = KnownAddress.objects.filter(digest=digest_of_address(letter.to))
    row.update(failures=0, unreachable_at=None, used_at=at)
    row.filter(confirmed_at=None).update(confirmed_at=at)
    return _release(row.first(), shown=letter.thread)


@transaction.atomic
def stop_letters(letter: Letter, at: datetime) -> None:
    """The owner of a letter's address wants no more of what others have us send there."""
    row, _new = KnownAddress.objects.get_or_create(digest=digest_of_address(letter.to))
    KnownAddress.objects.filter(pk=row.pk, stopped_at=None).update(stopped_at=at)
    ours = Letter.objects.filter(address=row, until_clicked=True)
    ours.filter(state__in=(LetterState.WAITING, LetterState.HELD)).update(
        state=LetterState.DROPPED, held_for=HeldFor.STOPPED
    )


@transaction.atomic
def allow_letters(letter: Letter, at: datetime) -> None:
    """They want letters after all; only the owner has a letter to say so from, so the address is confirmed too."""
    row = KnownAddress.objects.filter(digest=digest_of_address(letter.to))
    row.update(stopped_at=None, confirmed_at=at)


def is_stopped(letter: Letter) -> bool:
    row = known(letter.to)
    return row is not None and row.stopped_at is not None


@transaction.atomic
def note_failure(address: str, *, permanent: bool, at: datetime) -> None:
    """A letter to this address was refused or came back."""
    row, _new = KnownAddress.objects.get_or_create(digest=digest_of_address(address))
    row = KnownAddress.objects.select_for_update(no_key=True).get(pk=row.pk)
    row.failures = min(row.failures + 1, 1000)
    if permanent or row.failures >= FAILURES_IN_A_ROW:
        row.unreachable_at = row.unreachable_at or at
    row.save(update_fields=["failures", "unreachable_at"])


@transaction.atomic
def try_again(address: str) -> list[Letter]:
    """Somebody says that the address works again. Returns the letters that may leave now, for the caller to send."""
    rows = KnownAddress.objects.filter(digest=digest_of_address(address))
    rows.update(unreachable_at=None, failures=0)
    return _release(rows.first())


def is_unreachable(address: str) -> bool:
    """Whether letters to this address came back for good."""
    row = known(address)
    return row is not None and row.unreachable_at is not None


def forget_addresses(now: datetime) -> int:
    """For the clock: forget what was not used for as long as people's words are kept; stops are kept.

    An address that never clicked is counted from the one letter it got, however often somebody has named it since.
    """
    before = now - timedelta(days=settings.KEEP_WORDS_DAYS)
    silent = Q(confirmed_at=None, asked_at__lt=before) | Q(confirmed_at=None, asked_at=None, used_at__lt=before)
    old = KnownAddress.objects.filter(silent | Q(confirmed_at__isnull=False, used_at__lt=before), stopped_at=None)
    return old.delete()[1].get("mail.KnownAddress", 0)


def _release(row: KnownAddress | None, *, shown: str = "") -> list[Letter]:
    """Of what was held back the newest of each thread waits again; the others, and the thread just shown, never leave.

    What waits for a click goes on waiting for it.
    """
    if row is None:
        return []
    held = Letter.objects.filter(address=row, state=LetterState.HELD)
    if row.confirmed_at is None or row.stopped_at is not None:
        held.filter(until_clicked=True).update(held_for=HeldFor.UNCONFIRMED)
        held = held.filter(until_clicked=False)
    newest: dict[str, int] = {}
    for key, thread, name in held.exclude(to="").order_by("pk").values_list("pk", "thread", "key"):
        if not shown or thread != shown:
            newest[thread or name] = key
    free = list(newest.values())
    held.exclude(pk__in=free).update(state=LetterState.DROPPED)
    Letter.objects.filter(pk__in=free).update(state=LetterState.WAITING, held_for="", next_try_at=first_rescue())
    return list(Letter.objects.filter(pk__in=free))
