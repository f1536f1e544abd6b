"""By what cases are found: each index is paid for at every filing, so each says what for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nafida.cases.models.words import WAITING

UNANSWERED = Q(answered_at=None, closed_at=None)
"""Open, in words that an index can hold: nobody has answered yet."""

OF_CASES = [
    # For the desk: what runs by its due date, what stands still, and all by receipt; of one body and of all.
    models.Index(
        fields=["body", "urgent", "next_due_at", "id"],
        condition=Q(next_due_at__isnull=False),
        name="case_body_due",
    ),
    models.Index(fields=["urgent", "next_due_at", "id"], condition=Q(next_due_at__isnull=False), name="case_due"),
    models.Index(fields=["body", "received_at", "id"], name="case_body_received"),
    models.Index(fields=["received_at", "id"], name="case_received"),
    models.Index(
        fields=["received_at", "id"],
        condition=Q(next_due_at=None, answered_at=None, closed_at=None),
        name="case_standing_still",
    ),
    models.Index(fields=["officer", "next_due_at"], condition=Q(officer__isnull=False), name="case_officer_due"),
    models.Index(fields=["cell"], name="case_cell"),
    models.Index(fields=["area", "day", "id"], name="case_area_day"),
    models.Index(fields=["day", "id"], name="case_day"),
    # What the desk counts at every look, whole, so that no case itself is read.
    models.Index(
        fields=["body", "officer", "waiting_for", "next_due_at", "answered_at", "closed_at"],
        condition=UNANSWERED,
        name="case_unanswered",
    ),
    models.Index(
        fields=["body", "id", "service", "shown_at", "hidden_at", "erased_at"],
        condition=WAITING & Q(erased_at=None),
        name="case_unseen",
    ),
    models.Index(fields=["body", "id"], condition=Q(held_at__isnull=False), name="case_held"),
    models.Index(fields=["id"], condition=Q(sealed__lt=F("version")), name="case_unsealed"),
]
