from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    QUESTION = "question", _("Question")
    REPLY = "reply", _("Reply")
    ANSWER = "answer", _("Answer")
    PLAN = "plan", _("Plan")
    REASON = "reason", _("Reason")
    NOTE = "note", _("Internal note")
    CALL = "call", _("Telephone call")
    MISSED = "missed", _("Call without answer")


class Message(models.Model):
    """What people wrote about a case. Retention erases it; the event that names it stays."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind)
    who = models.CharField(max_length=11)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("territory.Body", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class AttachmentRole(models.TextChoices):
    BEFORE = "before", _("As it was reported")
    AFTER = "after", _("After the work")


class Attachment(models.Model):
    """A picture of a case: names of files kept by their SHA-256, see cases.files."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attachments")
    role = models.CharField(max_length=6, choices=AttachmentRole, default=AttachmentRole.BEFORE)
    picture = models.CharField(max_length=80, db_index=True)
    thumbnail = models.CharField(max_length=80, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.picture


class Follower(models.Model):
    """An address that wants to hear of a case. It hears nothing before its owner has clicked."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="followers")
    email = models.EmailField()
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "email"], name="follow_a_case_once"),
        ]

    def __str__(self) -> str:
        return self.email


class Support(models.Model):
    """“Me too”, once per device: `device` is a keyed digest that names nobody."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="supports")
    device = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "device"], name="support_a_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} +1"


class CaseWords(models.Model):
    """What a case is found by, as search.text.index_text makes it; each column holds what the one before it does.

    `face`: number, service, commune. `public`: what everybody may read too, once an officer shows the words; whether
    they are shown now is asked of the case. `desk`: contact and notes too, for the desk alone.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="words")
    face = models.TextField()
    public = models.TextField()
    desk = models.TextField()

    def __str__(self) -> str:
        return str(self.case_id)
