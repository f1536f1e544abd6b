"""An invented report of an invented citizen with an invented administration; all of it is undone at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from nafida.cases.actor import Actor
from nafida.cases.journal import in_silence
from nafida.cases.life import Who
from nafida.cases.models import Case
from nafida.mail.models import Letter
from nafida.people.models import User
from nafida.reports.actions import Account, Place, file_report
from nafida.services.models import Publicity, Service
from nafida.sqlite.stage import stage
from nafida.territory.models import Area, Body, BodyKind

CITIZEN, FOLLOWER, BODY, ABOVE, OTHER = (
    f"{name}@sample.example" for name in ("citizen", "follower", "administration", "above", "other")
)
COORDINATOR = Actor(Who.COORDINATOR)


class Sample(NamedTuple):
    """What somebody would read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Scene:
    """What a story starts from: a report just filed in `language`, and who has it."""

    language: str
    case: Case
    by: User

    def tell(self, task: Any) -> None:
        """Let the reaction to the last thing that happened write its letters."""
        task.call(self.case.events.order_by("-seq").values_list("pk", flat=True)[0])


Story = Callable[[Scene], Sample | str]
"""What happens until the letter is written; returns the letter, or the address that it went to."""


def sample_of(story: Story, language: str, *, by: User) -> Sample:
    """Play the story with the real actions and letters, in memory (on PostgreSQL in a transaction), and undo it.

    Raises Service.DoesNotExist or Area.DoesNotExist in a house that is not set up.
    """
    with stage(_tables()), transaction.atomic(), in_silence(), translation.override(language):
        told = story(Scene(language, _filed(language), by))
        if isinstance(told, str):
            letter = Letter.objects.filter(to=told).latest("pk")
            told = Sample(letter.subject, letter.text, letter.html)
        transaction.set_rollback(True)
    return told


def _tables() -> list[str]:
    """What a story reads of the house."""
    rooms = [apps.get_app_config(room) for room in ("territory", "services")]
    return [model._meta.db_table for room in rooms for model in room.get_models(include_auto_created=True)]


def _filed(language: str) -> Case:
    above = _body("sample-above", _("Sample administration above"), ABOVE, language)
    body = _body("sample", _("Sample administration"), BODY, language, superior=above)
    _body("sample-other", _("Another sample administration"), OTHER, language, superior=above)
    return another(language, body)


def _body(code: str, name: str, email: str, language: str, **more: Any) -> Body:
    names = {"name_ar": name, "name_fr": name}
    return Body.objects.create(code=code, kind=BodyKind.COMPANY, email=email, language=language, **names, **more)


def another(language: str, body: Body, *, email: str = CITIZEN, urgent: bool = False, days: int = 0) -> Case:
    """A report to `body`, filed so many days ago."""
    services = Service.objects.active().of_kind("report").filter(publicity=Publicity.FULL)
    service = next(iter(services.in_order()), None)
    commune = Area.objects.communes().select_related("parent__parent__parent").order_by("code").first()
    if service is None or commune is None:
        raise Service.DoesNotExist
    at = timezone.now() - timedelta(days=days) if days else None
    account = Account(description=_("Sample words of a citizen: the lamp in front of the school does not work."))
    place = Place(commune, _("Sample street, in front of the school"))
    filed, _new = file_report(
        service, place, account, at=at, language=language, email=email, body=body, urgent=urgent, form_key=None
    )
    return filed
