"""The history of cases: one vocabulary, one writer, chained per case, and refused any change by the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from nafida.cases.models import Case, Event
from nafida.cases.rows import insert
from nafida.cases.tasks import react

if TYPE_CHECKING:
    from nafida.cases.actor import Actor


class Happened(StrEnum):
    RECEIVED = "received"
    IMPORTED = "imported"
    TAKEN_IN_HAND = "taken_in_hand"
    ASKED = "asked"
    REPLIED = "replied"
    PLANNED = "planned"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    ABSORBED = "absorbed"
    SPLIT = "split"
    SPLIT_OFF = "split_off"
    SERVICE_CHANGED = "service_changed"
    ASSIGNED = "assigned"
    NOTED = "noted"
    CALLED = "called"
    ATTACHED = "attached"
    SUPPORTED = "supported"
    FOLLOWED = "followed"
    EXTENDED = "extended"
    SHOWN = "shown"
    ALARMED = "alarmed"
    RECOMPUTED = "recomputed"
    REFERENCED = "referenced"
    LINK_RENEWED = "link_renewed"
    LAPSED = "lapsed"
    ERASED = "erased"
    HIDDEN = "hidden"
    BLURRED = "blurred"
    UPDATED = "updated"
    CONFIRMED = "confirmed"
    RATED = "rated"


FACTS: dict[Happened, frozenset[str]] = {
    Happened.RECEIVED: frozenset({"service", "area", "body", "channel", "urgent"}),
    Happened.IMPORTED: frozenset({"service", "area", "body", "source"}),
    Happened.TAKEN_IN_HAND: frozenset(),
    Happened.ASKED: frozenset({"message"}),
    Happened.REPLIED: frozenset({"message"}),
    Happened.PLANNED: frozenset({"day", "message"}),
    Happened.WAITING: frozenset({"message"}),
    Happened.ANSWERED: frozenset({"outcome", "message"}),
    Happened.CLOSED: frozenset({"outcome", "message"}),
    Happened.REOPENED: frozenset({"message"}),
    Happened.WITHDRAWN: frozenset(),
    Happened.TRANSFERRED: frozenset({"from_body", "to_body", "message"}),
    Happened.MERGED: frozenset({"into"}),
    Happened.ABSORBED: frozenset({"other", "starts"}),
    Happened.SPLIT: frozenset({"other"}),
    Happened.SPLIT_OFF: frozenset({"other", "service", "body"}),
    Happened.SERVICE_CHANGED: frozenset({"from_service", "to_service"}),
    Happened.ASSIGNED: frozenset({"user"}),
    Happened.NOTED: frozenset({"message"}),
    Happened.CALLED: frozenset({"message", "reached", "follower"}),
    Happened.ATTACHED: frozenset({"attachment", "role"}),
    Happened.SUPPORTED: frozenset({"support"}),
    Happened.FOLLOWED: frozenset({"follower"}),
    Happened.EXTENDED: frozenset({"days_from", "days_to", "message"}),
    Happened.SHOWN: frozenset({"message", "attachment"}),
    Happened.ALARMED: frozenset({"deadline", "level", "body"}),
    Happened.RECOMPUTED: frozenset({"deadline", "due_from", "due_to"}),
    Happened.REFERENCED: frozenset(),
    Happened.LINK_RENEWED: frozenset({"body"}),
    Happened.LAPSED: frozenset(),
    Happened.ERASED: frozenset(),
    Happened.HIDDEN: frozenset({"reason", "message", "attachment"}),
    Happened.BLURRED: frozenset({"attachment", "areas"}),
    Happened.UPDATED: frozenset({"message", "held"}),
    Happened.CONFIRMED: frozenset(),
    Happened.RATED: frozenset({"stars", "message"}),
}


_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def in_silence() -> Iterator[None]:
    """What is recorded within is told as history: nothing reacts to it, so nobody is written to."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)


def record(
    case: Case, what: Happened, *, by: Actor, at: datetime | None = None, first: bool = False, **facts: Any
) -> Event:
    """Write down what happened, inside the transaction that changed the case and while its row is locked.

    Facts are codes and keys, exactly those of `what`; in which quality `by` acted, and by which letter's
    link, is added. `first` opens the journal of a case just made. Enqueues one task, `react`, unless the
    event is an import's or is recorded in silence. Raises ValueError for other facts.
    """
    if facts.keys() != FACTS[what]:
        raise ValueError(f"{what} tells {sorted(FACTS[what])}, not {sorted(facts)}")
    facts["as"] = str(by.who)
    if by.link is not None:
        facts["link"] = by.link.pk
    head = None if first else case.events.order_by("-seq").first()
    event = Event(
        case=case,
        seq=head.seq + 1 if head else 1,
        what=what,
        by=by.user,
        at=at or timezone.now(),
        facts=facts,
        prev=head.hash if head else "",
    )
    event.hash = digest(event)
    insert(event)
    if not first:
        case.version = event.seq
        Case.objects.filter(pk=case.pk).update(version=event.seq)
    if what != Happened.IMPORTED and not _silent.get():
        react.enqueue(event.pk)
    return event


def canonical(fields: dict[str, Any]) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: one text for one content."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def stamp(at: datetime) -> str:
    """An instant in UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(event: Event) -> str:
    """SHA-256 (64 hex digits) of everything an event says but its own key and hash."""
    return hashlib.sha256(
        canonical(
            {
                "case": event.case_id,
                "seq": event.seq,
                "what": str(event.what),
                "by": event.by_id,
                "at": stamp(event.at),
                "facts": event.facts,
                "prev": event.prev,
            }
        )
    ).hexdigest()


SEALED = ("cases_event", "cases_checkpoint", "cases_checkpointhead", "people_trace")
_REFUSAL = "history is append-only"


def seal(connection: BaseDatabaseWrapper) -> None:
    """Let the database refuse UPDATE and DELETE (on PostgreSQL also TRUNCATE) of history, with IntegrityError.

    Idempotent; wanted after every migrate, because SQLite drops triggers when a migration rebuilds a table.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION nafida_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
            )
        for table in SEALED:
            for statement in _refusals(connection.vendor, table):
                cursor.execute(statement)


def unseal(connection: BaseDatabaseWrapper) -> None:
    """Lift the refusals: for tests that flush, nowhere else."""
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in SEALED:
            for verb in ("update", "delete", "truncate"):
                target = f" ON {table}" if on_table else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{target}")


def _refusals(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION nafida_refuse()"
        for verb, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ]
