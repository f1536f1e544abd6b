"""The accounts of a demonstration, named for what they do and not for persons, and who acts on which case."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nafida.cases.actor import Actor
from nafida.cases.life import Who
from nafida.cases.models import BodyLink, Case
from nafida.cases.models.post import LINK_LIVES
from nafida.launch.demo.words import Words
from nafida.people.actions import give_role
from nafida.people.models import Role, User, digest_of
from nafida.territory.models import Area, Body


@dataclass(frozen=True)
class Account:
    """One line for whoever tries the demonstration."""

    email: str
    role: str
    bodies: str


class Staff:
    """Everybody who works in the demonstration."""

    def __init__(self, words: Words) -> None:
        self.accounts: list[Account] = []
        self._officers: dict[int, User] = {}
        populous = Area.objects.communes().order_by("-population", "code")
        communes = [body for area in populous if (body := Body.objects.commune_of(area))]
        governorate = Body.objects.governorate()
        for row in words.accounts:
            bodies = communes[: row["communes"]] if "communes" in row else [governorate]
            self._make(row, bodies)
        self.coordinator = User.objects.get(memberships__role=Role.COORDINATOR)
        self._governorate = governorate

    def _make(self, row: Any, bodies: list[Body]) -> None:
        role = Role(row["role"])
        user = User.objects.create_user(row["email"], name=row["name"], language=row["language"])
        for body in bodies:
            give_role(user, body_id=body.pk, role=role, by=None)
            if role == Role.AGENT:
                self._officers[body.pk] = user
        self.accounts.append(Account(user.email, str(role), ", ".join(body.name_fr or body.name for body in bodies)))

    def worker(self, case: Case, at: datetime) -> Actor:
        """Whoever does the work: an officer of the body; one without officers used a letter's link at that moment."""
        user = self._officers.get(case.body_id)
        if user:
            return Actor(Who.OFFICER, user, case.body)
        used = {"made_at": at, "used_at": at, "expires_at": at + LINK_LIVES}
        digest = digest_of(secrets.token_urlsafe(24))
        link = BodyLink.objects.create(token_digest=digest, case=case, body=case.body, **used)
        return Actor(Who.BODY, body=case.body, link=link)

    def of_commune(self, area: Area) -> Actor:
        """The officer of a commune that has one, at the desk or on the road."""
        body = Body.objects.commune_of(area)
        assert body
        return Actor(Who.OFFICER, self._officers[body.pk], body)

    def desk(self, case: Case) -> Actor:
        """Whoever sits at a desk: an officer of the body, or whoever coordinates the province."""
        user = self._officers.get(case.body_id)
        return Actor(Who.OFFICER, user, case.body) if user else self.chief()

    def chief(self) -> Actor:
        return Actor(Who.COORDINATOR, self.coordinator, self._governorate)
