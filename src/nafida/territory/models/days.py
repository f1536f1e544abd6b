"""The working weeks, and the days that do not follow the calendar."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class DayOverride(models.Model):
    """What an official announcement made of one day; it wins over the week and over the computed holidays."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    name_ar: str | None
    name_fr: str | None
    name_en: str | None
    name_zgh: str | None
    source = models.TextField(_("source"))

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"


class WorkingWeek(models.Model):
    """Which weekdays are working days from `starts_on` on; before the first row the pack's week holds.

    `weekdays` are their digits in order, Monday 0: "01234".
    """

    starts_on = models.DateField(_("first day"), unique=True)
    weekdays = models.CharField(max_length=7, validators=[RegexValidator(r"\A(?=.)0?1?2?3?4?5?6?\Z")])
    source = models.TextField(_("source"))

    class Meta:
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d} {self.weekdays}"

    @property
    def days(self) -> frozenset[int]:
        return frozenset(map(int, self.weekdays))
