"""Once an hour the heads of the journal are written down, chained and signed; and anybody can verify both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from nafida.cases.journal import canonical, digest, stamp
from nafida.cases.models import Case, Checkpoint, CheckpointHead, ClockJob, Event

BATCH = 500
_SALT = "nafida.checkpoint"


def write_checkpoint(now: datetime) -> Checkpoint | None:
    """Seal up to 500 heads that moved since the last checkpoint; None when none has. Call again until None.

    A case that somebody holds at this moment waits for the next checkpoint, so that nobody waits for this one.
    """
    with transaction.atomic():
        # One writer at a time: two that continue the same checkpoint would fork the chain.
        ClockJob.objects.select_for_update().get_or_create(name="checkpoints")
        before = Checkpoint.objects.order_by("-pk").first()
        moved = Case.objects.select_for_update(no_key=True, skip_locked=True).filter(sealed__lt=F("version"))
        versions = dict(moved.order_by("pk").values_list("pk", "version")[:BATCH])
        if not versions:
            return None
        events = Event.objects.filter(case__in=versions).values_list("case_id", "seq", "hash")
        heads = [row for row in events if row[1] == versions[row[0]]]
        checkpoint = Checkpoint(at=now, count=len(heads), prev=before.digest if before else "")
        checkpoint.digest = checkpoint_digest(checkpoint, heads)
        checkpoint.signature = sign(checkpoint.digest)
        checkpoint.save(force_insert=True)
        CheckpointHead.objects.bulk_create(
            CheckpointHead(checkpoint=checkpoint, case_id=case, seq=seq, hash=hashed) for case, seq, hashed in heads
        )
        for version in set(versions.values()):
            Case.objects.filter(pk__in=[pk for pk, seen in versions.items() if seen == version]).update(sealed=version)
    return checkpoint


def checkpoint_digest(checkpoint: Checkpoint, heads: list[tuple[int, int, str]]) -> str:
    """SHA-256 (64 hex digits) over the time, the checkpoint before, and the heads in the order of their cases."""
    fields = {"at": stamp(checkpoint.at), "prev": checkpoint.prev, "heads": sorted(map(list, heads))}
    return hashlib.sha256(canonical(fields)).hexdigest()


def sign(digest_: str) -> str:
    return salted_hmac(_SALT, digest_, algorithm="sha256").hexdigest()


def verify_journal() -> Iterator[str]:
    """What is wrong with the history, a sentence each; nothing when it is whole.

    Reads every event in the order of cases, then every checkpoint; holds a number or two a case in memory.
    """
    yield from _verify_events()
    yield from _verify_checkpoints()


def _verify_events() -> Iterator[str]:
    versions = Case.objects.order_by("pk").values_list("pk", "version").iterator(chunk_size=2000)
    expected = dict(versions)
    case_id, seq, prev = None, 0, ""
    for event in Event.objects.order_by("case_id", "seq").iterator(chunk_size=2000):
        if event.case_id != case_id:
            yield from _verify_last(case_id, seq, expected)
            case_id, seq, prev = event.case_id, 0, ""
        where = f"case {event.case_id}, event {event.seq}"
        if event.seq != seq + 1:
            yield f"{where}: event {seq + 1} is missing"
        if event.prev != prev:
            yield f"{where}: does not continue the event before it"
        if event.hash != digest(event):
            yield f"{where}: its words are not those that were sealed"
        seq, prev = event.seq, event.hash
    yield from _verify_last(case_id, seq, expected)
    for missing in expected:
        yield f"case {missing}: has no events"


def _verify_last(case_id: int | None, seq: int, expected: dict[int, int]) -> Iterator[str]:
    """Whether a case's last event is the one it knows of. What happens while we read only makes events more."""
    if case_id is None:
        return
    version = expected.pop(case_id, seq)
    if version < seq:
        version = Case.objects.values_list("version", flat=True).get(pk=case_id)
    if version < seq or (version > seq and not Event.objects.filter(case=case_id, seq=version).exists()):
        yield f"case {case_id}: the last event is {seq}, which is not the case's version"


def _verify_checkpoints() -> Iterator[str]:
    prev = ""
    sealed = dict(Case.objects.filter(sealed__gt=0).values_list("pk", "sealed").iterator(chunk_size=2000))
    for checkpoint in Checkpoint.objects.order_by("pk").iterator():
        heads = list(checkpoint.heads.values_list("case_id", "seq", "hash"))
        where = f"checkpoint {checkpoint.pk}"
        if checkpoint.prev != prev:
            yield f"{where}: does not continue the checkpoint before it"
        if checkpoint.digest != checkpoint_digest(checkpoint, heads):
            yield f"{where}: its heads are not those that were sealed"
        if not constant_time_compare(checkpoint.signature, sign(checkpoint.digest)):
            yield f"{where}: its signature is not this installation's"
        events = Event.objects.filter(case__in=[case for case, _seq, _hash in heads])
        known = {(case, seq): hashed for case, seq, hashed in events.values_list("case_id", "seq", "hash")}
        for case, seq, hashed in heads:
            if known.get((case, seq)) != hashed:
                yield f"{where}: event {seq} of case {case} is not the one it holds"
            if seq >= sealed.get(case, 0):
                sealed.pop(case, None)
        prev = checkpoint.digest
    for case, seq in sealed.items():
        yield f"case {case}: the checkpoint that held its event {seq} is missing"
