"""Accounts, what they may do for which body, and the trail of what happens to no case."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.territory.models import valid_on


class Role(models.TextChoices):
    AGENT = "agent", _("Agent")
    MANAGER = "manager", _("Manager")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """An account known by its e-mail address; without password it signs in by code."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with an account. People are anonymised in place, never deleted: history points at them."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="ar")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_officer(self) -> bool:
        return self.is_active and self.memberships.on(timezone.localdate()).exists()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        return self.filter(valid_on(day))

    def with_role(self, *roles: Role) -> MembershipQuerySet:
        return self.filter(role__in=roles)


class Membership(models.Model):
    """What a person may do for a body, and from when to when."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="memberships")
    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=13, choices=Role)
    valid_from = models.DateField(default=timezone.localdate)
    valid_to = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "body", "role", "valid_from"], name="one_membership_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.body}"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime) -> InvitationQuerySet:
        return self.filter(used_at=None, expires_at__gt=at)

    def by_token(self, token: str) -> Invitation | None:
        return self.usable(timezone.now()).filter(token_digest=digest_of(token)).first()


class Invitation(models.Model):
    """A one-time link that gives whoever opens it an account with one role. Only its digest is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=13, choices=Role)
    body = models.ForeignKey("territory.Body", models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.role} · {self.body}"

    @classmethod
    def draw(cls, *, role: Role, body_id: int, email: str = "", days: int = 7) -> tuple[Invitation, str]:
        """Make an invitation; returns it with its token, which is shown once and kept nowhere."""
        token = secrets.token_urlsafe(24)
        row = cls.objects.create(
            token_digest=digest_of(token),
            role=role,
            body_id=body_id,
            email=email,
            expires_at=timezone.now() + timedelta(days=days),
        )
        return row, token


class Trace(models.Model):
    """One line of the trail: append-only, refused any change by the database itself."""

    what = models.CharField(max_length=40, db_index=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="traces")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"
