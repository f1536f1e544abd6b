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
    """Where a letter stands: waiting → sending (committed before the carrier is asked) → sent, or failed.

    One that may not leave is held back, and leaves when what `held_for` says has changed; or it never will.
    """

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    HELD = "held", _("Held back")
    DROPPED = "dropped", _("Not sent")


class HeldFor(models.TextChoices):
    """Why a letter is held back or was not sent."""

    UNCONFIRMED = "unconfirmed", _("the owner of the address has not opened the first letter’s link yet")
    UNREACHABLE = "unreachable", _("letters to this address come back")
    STOPPED = "stopped", _("the owner of the address wants no letters")


TEST = "test"
"""Purpose of the letter by which an officer tries whether letters arrive."""


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
    tries again. ``until_clicked``: anybody may have given the address. ``thread`` is what the letter is about:
    of the letters of one thread that were held back only the newest leaves. ``opened_at`` is when somebody
    followed one of its links for the first time.
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
    thread = models.CharField(max_length=60, blank=True)
    until_clicked = models.BooleanField(default=False)
    address = models.ForeignKey("mail.KnownAddress", models.SET_NULL, null=True, related_name="letters")

    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=first_rescue)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    held_for = models.CharField(max_length=11, choices=HeldFor, blank=True)
    last_error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=models.Q(state=LetterState.WAITING)),
            models.Index(fields=["claimed_at"], name="mail_sending", condition=models.Q(state=LetterState.SENDING)),
            models.Index(fields=["queued_at"], name="mail_failed", condition=models.Q(state=LetterState.FAILED)),
            models.Index(fields=["id"], name="mail_test", condition=models.Q(purpose=TEST)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.message_id} ({self.state})"

    @property
    def is_erased(self) -> bool:
        """True when the words and the address have been blanked; such a letter is never tried again."""
        return not self.to


class KnownAddress(models.Model):
    """What is known of an address, by its keyed digest: has its owner clicked, do letters come back, are any wanted?

    ``asked_at`` is when the one letter that an unconfirmed address may get was queued; ``used_at`` when somebody
    last wanted to write to it. A stop holds until the owner takes it back.
    """

    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    unreachable_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Temporary ones since a letter last arrived.")

    def __str__(self) -> str:
        return self.digest[:12]


class BounceWay(models.TextChoices):
    REFUSED = "refused", _("refused at once")
    RETURNED = "returned", _("came back later")


class Bounce(models.Model):
    """A letter that its server refused or sent back; ``status`` is its code (RFC 3463), where it gave one."""

    letter = models.ForeignKey("mail.Letter", models.PROTECT, related_name="bounces")
    at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=8, choices=BounceWay)
    permanent = models.BooleanField(help_text="The address is at fault, and stays so.")
    status = models.CharField(max_length=11, blank=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.status or self.way}"
