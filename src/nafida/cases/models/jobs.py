from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q


class ClockJobQuerySet(models.QuerySet["ClockJob"]):
    def claim(self, name: str, every: timedelta, now: datetime) -> bool:
        """Take the job if it last ran `every` ago or more; of two clocks only one gets True."""
        if self.filter(name=name, last_run__gt=now - every).exists():
            return False
        self.get_or_create(name=name)
        due = self.filter(Q(last_run=None) | Q(last_run__lte=now - every), name=name)
        return bool(due.update(last_run=now))


class ClockJob(models.Model):
    """When a job of the clock last ran."""

    name = models.CharField(max_length=30, primary_key=True)
    last_run = models.DateTimeField(null=True)

    objects = ClockJobQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
