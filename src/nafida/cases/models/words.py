from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.cases.life import HideReason, Who

WAITING = Q(shown_at=None, hidden_at=None)
"""No officer has said yet whether the public sees it."""


class Moderated(models.Model):
    """What citizens bring, word by word and photo by photo: public from `shown_at` on, unless it was hidden since."""

    shown_at = models.DateTimeField(null=True, help_text="Since when an officer lets it be public.")
    hidden_at = models.DateTimeField(null=True, help_text="Since when an officer keeps it from the public.")
    hidden_for = models.CharField(max_length=9, choices=HideReason, blank=True)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        return self.shown_at is not None and self.hidden_at is None

    @property
    def waits(self) -> bool:
        """Whether no officer has said yet what becomes of it."""
        return self.shown_at is None and self.hidden_at is None


class MessageKind(models.TextChoices):
    QUESTION = "question", _("Question")
    REPLY = "reply", _("Reply")
    ANSWER = "answer", _("Answer")
    PLAN = "plan", _("Plan")
    REASON = "reason", _("Reason")
    NOTE = "note", _("Internal note")
    UPDATE = "update", _("Update")
    RATING = "rating", _("Rating")
    CALL = "call", _("Telephone call")
    MISSED = "missed", _("Call without answer")
    TOLD = "told", _("Telephone call to a follower")


class MessageQuerySet(models.QuerySet["Message"]):
    def to_be_seen(self) -> MessageQuerySet:
        """What citizens wrote for all to read and no officer has looked at."""
        return self.filter(WAITING, _FOR_ALL).exclude(text="")


_FOR_ALL = Q(kind=MessageKind.UPDATE) | Q(kind=MessageKind.REASON, who=Who.REPORTER.value)


class Message(Moderated):
    """What people wrote about a case. Retention erases it; the event that names it stays.

    An officer's leave (Moderated) is asked for citizens' words only: administrations speak in public.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind)
    who = models.CharField(max_length=11)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("territory.Body", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["case"], condition=WAITING & _FOR_ALL, name="message_unseen")]

    def __str__(self) -> str:
        return self.text[:60]


class AttachmentRole(models.TextChoices):
    BEFORE = "before", _("As it was reported")
    AFTER = "after", _("After the work")
    UPDATE = "update", _("Sent later by somebody")


class Attachment(Moderated):
    """A picture of a case: names of files kept by their SHA-256, see cases.files.

    `blurred` and `blurred_thumbnail` are what the public sees instead, once an officer has blurred a part of it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attachments")
    message = models.ForeignKey("cases.Message", models.PROTECT, null=True, related_name="attachments")
    role = models.CharField(max_length=6, choices=AttachmentRole, default=AttachmentRole.BEFORE)
    picture = models.CharField(max_length=80, db_index=True)
    thumbnail = models.CharField(max_length=80, db_index=True)
    blurred = models.CharField(max_length=80, blank=True, db_index=True)
    blurred_thumbnail = models.CharField(max_length=80, blank=True, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.picture

    def public_file(self, size: str) -> str:
        """The name of the file that the public sees; `size` is picture or thumbnail."""
        whole, blurred = (self.picture, self.blurred) if size == "picture" else (self.thumbnail, self.blurred_thumbnail)
        return blurred or whole

    @property
    def mark(self) -> str:
        """Changes with what the public sees, so that nothing on the way goes on showing what it was before."""
        return self.public_file("picture")[:8]


class FollowerQuerySet(models.QuerySet["Follower"]):
    def by_phone(self) -> FollowerQuerySet:
        """Those whom no letter reaches: somebody calls them."""
        return self.filter(left_at=None).exclude(phone="").order_by("pk")


class Follower(models.Model):
    """An address that wants to hear of a case, and hears nothing before its owner has clicked; or a telephone number,
    which is called once the case has its answer. `called_at` is when somebody was last reached by it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="followers")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    called_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "email"], condition=~Q(email=""), name="follow_a_case_once"),
            models.UniqueConstraint(fields=["case", "phone"], condition=~Q(phone=""), name="follow_by_phone_once"),
            models.CheckConstraint(
                condition=Q(email="", phone__gt="") | Q(phone="", email__gt=""), name="follow_by_one_way"
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.phone


class Support(models.Model):
    """“Me too”, once per device: `device` is a keyed digest that names nobody."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="supports")
    device = models.CharField(max_length=64)
    held = models.BooleanField(default=False, help_text="One of too many at a time: an officer looks before it counts.")
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
