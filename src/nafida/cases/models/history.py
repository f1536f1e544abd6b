from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """What happened to a case, in codes and keys. Append-only and chained: `hash` covers all the others.

    The database itself refuses changes, see journal.seal().
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    what = models.CharField(max_length=20)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="one_event_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.what}"


class Checkpoint(models.Model):
    """Once an hour: the heads that moved, chained to the checkpoint before and signed. `digest` is public."""

    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.digest[:12]}"


class CheckpointHead(models.Model):
    """The last event of one case as a checkpoint saw it."""

    checkpoint = models.ForeignKey("cases.Checkpoint", models.PROTECT, related_name="heads")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"
