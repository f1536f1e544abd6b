"""Who acts on a case, and in which quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.life import NotAllowed, Who
from nafida.people.models import Role

if TYPE_CHECKING:
    from nafida.cases.models import BodyLink, Case
    from nafida.people.models import User
    from nafida.territory.models import Body


@dataclass(frozen=True)
class Actor:
    """Whoever does something to a case. `user` has an account; `link` is the letter's link a body used."""

    who: Who
    user: User | None = None
    body: Body | None = None
    link: BodyLink | None = None

    @classmethod
    def on_desk(cls, user: User, case: Case) -> Actor:
        """An officer in the best quality that `user` has for this case. Raises NotAllowed for a stranger to it."""
        held = list(user.memberships.on(timezone.localdate()).select_related("body"))
        for membership in held:
            if membership.role == Role.COORDINATOR:
                return cls(Who.COORDINATOR, user, membership.body)
        for membership in held:
            if membership.body_id == case.body_id and membership.role in (Role.AGENT, Role.MANAGER):
                return cls(Who.OFFICER, user, membership.body)
        raise NotAllowed(_("This case is with another administration."))


REPORTER = Actor(Who.REPORTER)
CITIZEN = Actor(Who.CITIZEN)
CLOCK = Actor(Who.CLOCK)
IMPORTER = Actor(Who.IMPORTER)
