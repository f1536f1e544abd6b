"""Places that people name: mosque, school, market, hamlet, street."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class LandmarkKind(models.TextChoices):
    DOUAR = "douar", _("hamlet (douar)")
    QUARTER = "quarter", _("quarter")
    MOSQUE = "mosque", _("mosque")
    SCHOOL = "school", _("school")
    SOUK = "souk", _("market (souk)")
    STREET = "street", _("street")
    SQUARE = "square", _("square")
    STATION = "station", _("station")
    HEALTH = "health", _("health centre")
    OTHER = "other", _("other place")


class LandmarkSource(models.TextChoices):
    CSV = "csv", _("file")
    DESK = "desk", _("desk")
    CONFIRMED = "confirmed", _("reports")


class LandmarkState(models.TextChoices):
    KEPT = "kept", _("kept")
    PROPOSED = "proposed", _("proposed")
    REFUSED = "refused", _("refused")


class LandmarkQuerySet(models.QuerySet["Landmark"]):
    def kept(self) -> Self:
        """Those that everybody is offered."""
        return self.filter(state=LandmarkState.KEPT)

    def proposed(self) -> Self:
        """Those that several reports name and no officer has looked at yet."""
        return self.filter(state=LandmarkState.PROPOSED)


class Landmark(models.Model):
    """A place that people name to say where something is, at a point in WGS84 degrees; `area` is its commune.

    What reports name is `proposed` until an officer keeps it; refused, it stays so that it is not proposed again.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=LandmarkKind)
    name = models.CharField(_("name"), max_length=150)
    name_ar: str | None
    name_fr: str | None
    name_en: str | None
    name_zgh: str | None
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="landmarks", verbose_name=_("commune"))
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    cell = models.BigIntegerField(db_index=True, help_text="Morton code of its point, see place.")
    source = models.CharField(max_length=9, choices=LandmarkSource)
    state = models.CharField(max_length=8, choices=LandmarkState, default=LandmarkState.KEPT)

    objects = LandmarkQuerySet.as_manager()

    class Meta:
        ordering = ["area", "kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name
