"""The trail of what happens to no case: sign-in, settings, roles, looks at personal data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from nafida.people.models import Trace

if TYPE_CHECKING:
    from nafida.people.models import User


class Traced(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    ACCESS_CHANGED = "access_changed"
    SESSION_ENDED = "session_ended"
    ACCOUNT_MADE = "account_made"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    SETTING_CHANGED = "setting_changed"
    CONTACT_SEEN = "contact_seen"
    TASK_RETRIED = "task_retried"
    LETTER_RETRIED = "letter_retried"
    ADDRESS_TRIED = "address_tried"
    PIN_REFUSED = "pin_refused"
    LINK_RENEWED = "link_renewed"


FACTS: dict[Traced, frozenset[str]] = {
    Traced.SIGNED_IN: frozenset({"way"}),
    Traced.SIGNED_OUT: frozenset(),
    Traced.SIGN_IN_FAILED: frozenset({"way"}),
    Traced.ACCESS_CHANGED: frozenset({"change"}),
    Traced.SESSION_ENDED: frozenset({"session"}),
    Traced.ACCOUNT_MADE: frozenset({"user", "role", "body"}),
    Traced.ROLE_GIVEN: frozenset({"user", "role", "body"}),
    Traced.ROLE_ENDED: frozenset({"user", "role", "body"}),
    Traced.SETTING_CHANGED: frozenset({"table", "row", "changes"}),
    Traced.CONTACT_SEEN: frozenset({"case"}),
    Traced.TASK_RETRIED: frozenset({"task"}),
    Traced.LETTER_RETRIED: frozenset({"letter"}),
    Traced.ADDRESS_TRIED: frozenset({"body"}),
    Traced.PIN_REFUSED: frozenset({"case"}),
    Traced.LINK_RENEWED: frozenset({"case", "body"}),
}


def trace(what: Traced, *, by: User | None = None, at: datetime | None = None, **facts: object) -> Trace:
    """Write one line of the trail, in the transaction of the change it tells of.

    Facts are codes and keys, never people's words. Raises ValueError when they are not exactly those of `what`.
    """
    if facts.keys() != FACTS[what]:
        raise ValueError(f"{what} tells {sorted(FACTS[what])}, not {sorted(facts)}")
    return Trace.objects.create(what=what, by=by, at=at or timezone.now(), facts=facts)


MOST_TOLD = 500  # characters of one text

type Changes = Mapping[str, tuple[object, object]]


def changed(row: Model, facts: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Of the fields that `facts` would set those that differ: name → (as it is, as it shall be)."""
    kept = {name: getattr(row, name) for name in facts}
    return {name: (kept[name], value) for name, value in facts.items() if kept[name] != value}


def trace_setting(row: Model, changes: Changes, *, by: User | None) -> None:
    """One line about a setting: of each field that changed what it was and what it is; nothing without changes.

    Unlike other lines it holds texts: those of the administration about itself. Long data is told by its digest.
    """
    told = {name: [_told(before), _told(after)] for name, (before, after) in sorted(changes.items()) if before != after}
    if told:
        trace(Traced.SETTING_CHANGED, by=by, table=row._meta.label_lower, row=row.pk, changes=told)


def _told(value: object) -> object:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
    return value[:MOST_TOLD] if isinstance(value, str) else value
