"""What an administration tells all citizens of a place for some days."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """A few words for a commune, or for the whole territory without one, from one day to another, both included."""

    area = models.ForeignKey("territory.Area", models.PROTECT, null=True, blank=True, related_name="notices")
    words = models.TextField(_("words"), default="")
    words_ar: str | None
    words_fr: str | None
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.area or '—'} {self.starts_on} {self.ends_on}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is told on that day."""
        return self.starts_on <= day <= self.ends_on
