"""The outbox: one row per letter to one address, from when it is wanted until long after it has left."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The task that delivers a letter is an INSERT of the same transaction, so it cannot be lost. Should it be
# set aside as poison, the clock asks again after this long; it also keeps a backlog from being queued twice.
RESCUE_AFTER = timedelta(hours=1)
# A letter that has been in *sending* for this long is looked at by the clock; age alone never takes it over.
STALE_AFTER = timedelta(minutes=15)


class LetterState(models.TextChoices):
    """Where a letter stands: waiting → sending (committed before the carrier is asked) → sent, or failed."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class LetterQuerySet(models.QuerySet["Letter"]):
    """What the desk and the clock ask of the outbox."""

    def failed(self) -> LetterQuerySet:
        """Letters that will not be tried again unless somebody says so, newest first."""
        return self.filter(state=LetterState.FAILED).order_by("-queued_at")

    def due(self, now: datetime) -> LetterQuerySet:
        """Waiting letters whose next try has come."""
        return self.filter(state=LetterState.WAITING, next_try_at__lte=now).defer("text", "html")

    def stuck(self, now: datetime) -> LetterQuerySet:
        """Letters claimed long ago: their worker may have ended before the carrier answered."""
        claimed_long_ago = self.filter(state=LetterState.SENDING, claimed_at__lte=now - STALE_AFTER)
        return claimed_long_ago.defer("text", "html")


def new_message_id() -> str:
    """A Message-ID that no other letter has, in angle brackets."""
    return f"<{uuid.uuid4()}@{settings.MAIL_DOMAIN}>"


def first_rescue() -> datetime:
    """When the clock asks for the first time after a letter that nobody has delivered."""
    return timezone.now() + RESCUE_AFTER


class Letter(models.Model):
    """A letter to one address.

    ``key`` says what the letter is about, once and for all: the same key is the same letter. ``attempts``
    only grows: the task that makes attempt *n* may claim the letter only while ``attempts`` is *n* − 1.
    ``failures`` counts failures in a row; it drives the back-off and starts again at 0 when somebody
    tries again.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=320, blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    reply_to = models.CharField(max_length=320, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    purpose = models.CharField(max_length=60)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    priority = models.SmallIntegerField(default=50)

    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=first_rescue)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=models.Q(state=LetterState.WAITING)),
            models.Index(fields=["claimed_at"], name="mail_sending", condition=models.Q(state=LetterState.SENDING)),
            models.Index(fields=["queued_at"], name="mail_failed", condition=models.Q(state=LetterState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.message_id} ({self.state})"

    @property
    def is_erased(self) -> bool:
        """True when the words and the address have been blanked; such a letter is never tried again."""
        return not self.to
