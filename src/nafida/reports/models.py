"""A case about a place: where, in whose words, and what the extra questions brought."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.people.models import digest_of

DRAFTS_LIVE = timedelta(hours=24)


class Report(models.Model):
    """What a report adds to its case. Place in WGS84 degrees when a point is known; it is always said in words too."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="report")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    centre = models.ForeignKey("territory.Area", models.PROTECT, null=True, related_name="+")
    place = models.CharField(_("place in words"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    answers = models.JSONField(default=dict)
    form_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.place or str(self.case)


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self, at: datetime) -> DraftQuerySet:
        return self.filter(made_at__gt=at - DRAFTS_LIVE)

    def by_token(self, token: str) -> Draft | None:
        return self.alive(timezone.now()).filter(token_digest=digest_of(token)).first()


class Draft(models.Model):
    """What somebody has sent of a form that could not be accepted yet: their photos wait here for 24 hours.

    `form_key` goes with the form whatever is sent again, so that a double tap is one case.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    form_key = models.UUIDField(default=uuid4, unique=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.form_key)

    @classmethod
    def open(cls, form_key: UUID | None = None) -> tuple[Draft, str]:
        """A new draft and its token, which stands in the form only. A key that another draft has is drawn anew."""
        token = secrets.token_urlsafe(18)
        taken = form_key is None or cls.objects.filter(form_key=form_key).exists()
        key = uuid4() if taken else form_key
        return cls.objects.create(token_digest=digest_of(token), form_key=key), token


class DraftPicture(models.Model):
    """A photo of a draft, prepared and kept, with the place its camera wrote down: no case ever gets that."""

    draft = models.ForeignKey("reports.Draft", models.CASCADE, related_name="pictures")
    picture = models.CharField(max_length=80)
    thumbnail = models.CharField(max_length=80)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.picture

    @property
    def taken_at(self) -> tuple[float, float] | None:
        """Longitude and latitude (WGS84 degrees), to be offered to whoever sent the photo."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)
