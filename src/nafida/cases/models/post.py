from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.people.models import digest_of

if TYPE_CHECKING:
    from nafida.cases.models.case import Case
    from nafida.territory.models import Body

LINK_LIVES = timedelta(days=60)


class BodyLinkQuerySet(models.QuerySet["BodyLink"]):
    def by_token(self, token: str) -> BodyLink | None:
        """Used, expired or not: the page says which, and offers a new one."""
        row = self.filter(token_digest=digest_of(token))
        return row.select_related("case__service__group", "case__area", "body").first()


class BodyLink(models.Model):
    """Lets a body act once on one case, without account. Only the token's digest is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="links")
    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = BodyLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.body_id}"

    @classmethod
    def draw(cls, case: Case, body: Body) -> str:
        """Make a link for `body` to answer `case`; returns its token, which stands in the letter only."""
        token = secrets.token_urlsafe(24)
        cls.objects.create(token_digest=digest_of(token), case=case, body=body, expires_at=timezone.now() + LINK_LIVES)
        return token

    def is_usable(self, at: datetime) -> bool:
        """Not used, not expired, and the case is still with the body it was made for."""
        return self.used_at is None and self.expires_at > at and self.case.body_id == self.body_id


class CaseLetter(models.Model):
    """Which letter told whom of which event: nobody is told twice, whatever crashes in between."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="letters")
    event = models.ForeignKey("cases.Event", models.PROTECT, null=True, related_name="letters")
    letter = models.OneToOneField("mail.Letter", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.letter_id}"


class BodyLetter(models.Model):
    """Which administration a letter was written to, about one case or many: whether anybody reads there."""

    letter = models.OneToOneField("mail.Letter", models.PROTECT, primary_key=True, related_name="+")
    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="letters")

    def __str__(self) -> str:
        return f"{self.body_id}: {self.letter_id}"


class Digest(models.Model):
    """The daily letter of a body, made once a day; without `letter` there was nothing to say."""

    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="digests")
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    letter = models.OneToOneField("mail.Letter", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.day:%Y-%m-%d}"


class Silence(models.TextChoices):
    BOUNCED = "bounced", _("Letters to its address come back.")
    UNREAD = "unread", _("Nobody has opened a letter for five working days.")


class UnreadBodyQuerySet(models.QuerySet["UnreadBody"]):
    def now(self) -> UnreadBodyQuerySet:
        """Those that nobody reads at present, the longest silent first."""
        return self.filter(over_at=None).select_related("body").order_by("since", "pk")


class UnreadBody(models.Model):
    """A body whose letters nobody reads, from when to when; the coordination is told once."""

    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="silences")
    why = models.CharField(max_length=7, choices=Silence)
    since = models.DateTimeField()
    noticed_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(null=True)

    objects = UnreadBodyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body"], condition=models.Q(over_at=None), name="one_silence_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.why}"
