"""The case that a page for everybody is about: read in few statements, names from memory."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nafida.cases.models import Attachment, Case, Support
from nafida.cases.readings import Reading
from nafida.services.models import Service
from nafida.services.shelves import services
from nafida.territory.known import areas, bodies


def _asked(reference: Any) -> QuerySet[Case]:
    heard = Support.objects.filter(case=OuterRef("pk"), held=False).order_by().values("case")
    voices = Coalesce(Subquery(heard.annotate(number=Count("pk")).values("number")), 0)
    return Case.objects.public().annotate(voices=voices).filter(reference=reference)


_CASE = Reading(Case, _asked, joined=("contact", "report"), more=("service__publicity", "voices"))
_PHOTOS = Reading(Attachment, lambda case: Attachment.objects.filter(case=case))


def public_case(reference: str) -> Case | None:
    """The public case of this reference with its report, contact, photos and names; None where there is none.

    What the public may see is asked of the tables each time: only names may be some seconds old.
    """
    case = _CASE.one(reference)
    if case is None:
        return None
    case.service, case.area, case.body = _service(case), areas()[case.area_id], bodies()[case.body_id]
    _PHOTOS.lay(case, "attachments")
    return case


def _service(case: Case) -> Service:
    known = services()[case.service_id]
    return known if known.publicity == vars(case)["service__publicity"] else Service.objects.get(pk=case.service_id)


def voices(case: Case) -> int:
    """How many say “me too” of a case that public_case has read; those that wait for an officer do not count."""
    return int(vars(case)["voices"])
