from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeadlineName(models.TextChoices):
    CITIZEN = "citizen", _("The citizen’s clock")
    BODY = "body", _("The administration’s clock")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def unmet(self) -> DeadlineQuerySet:
        """Neither met nor handed over with the case."""
        return self.filter(met_at=None, left_at=None)

    def running(self) -> DeadlineQuerySet:
        return self.unmet().filter(stopped_at=None)

    def citizens(self) -> DeadlineQuerySet:
        return self.filter(name=DeadlineName.CITIZEN)


class Deadline(models.Model):
    """One clock of a case. `due_at` is a pure function of calendar, start, days and pauses, kept for queries.

    The citizen's clock starts with the first sending and never again. Each body has its own from the day it
    got the case until it answers (`met_at`) or hands the case on (`left_at`). `stopped_at` holds while a
    question to the citizen is open.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="deadlines")
    name = models.CharField(max_length=7, choices=DeadlineName)
    body = models.ForeignKey("territory.Body", models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    told_level = models.PositiveSmallIntegerField(default=0, help_text="Per cent of the time already told.")
    next_alarm_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_alarm_at"],
                condition=models.Q(next_alarm_at__isnull=False),
                name="deadline_next_alarm",
            ),
            models.Index(fields=["due_at"], condition=models.Q(met_at=None, left_at=None), name="deadline_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(name="citizen"), name="one_citizens_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.due_at:%Y-%m-%d}"


class Pause(models.Model):
    """A stretch in which the clocks of a case stood still, because the citizen was asked."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=10, default="citizen")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(to_at=None), name="one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d} – {self.to_at:%Y-%m-%d}" if self.to_at else f"{self.from_at:%Y-%m-%d} –"
