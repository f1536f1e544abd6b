"""What a position means for one service: the place in words, who answers, whom to call, what is open near by."""

from __future__ import annotations

import msgspec
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.reports.actions import OutsideProvince, Place, competent_body
from nafida.reports.calls import numbers_to_call
from nafida.reports.forms import communes_of
from nafida.reports.nearby import Neighbour, open_nearby
from nafida.reports.taking_part import NotTakingPart, ensure_taking_part
from nafida.services.models import Danger, Service
from nafida.territory.landmarks import said


class Around(msgspec.Struct, omit_defaults=True):
    """In the active language. `commune` is its code, `words` where the position is, `said` the sentence that tells it.

    `refused` says instead why nothing can be reported there. `calls` are the numbers to dial there in danger;
    `nearby` is the list of open cases as HTML, "" when there is none.
    """

    said: str = ""
    words: str = ""
    commune: str = ""
    body: str = ""
    calls: list[str] = []
    nearby: str = ""
    refused: str = ""


def look_around(service: Service, lon: float, lat: float) -> Around:
    """Raises ValueError for what is no position on earth."""
    try:
        place = Place.at(lon, lat)
        ensure_taking_part(place.commune.pk, timezone.now())
    except OutsideProvince:
        return Around(refused=_("This place lies outside the communes that this window serves."))
    except NotTakingPart as absent:
        name = absent.participation.area.name
        return Around(refused=_("%(commune)s does not take part yet. Please call it.") % {"commune": name})
    offered = communes_of(service)
    if place.commune.code not in offered:
        names = _(", ").join(area.name for area in offered.values())
        return Around(refused=_("This service is offered only in: %(communes)s.") % {"communes": names})
    words = said(lon, lat)
    told = {"place": words, "commune": place.commune.name}
    asks = service.danger == Danger.ASK
    near = open_nearby(service, (lon, lat))
    return Around(
        said=_("The place: %(place)s.") % told,
        words=words,
        commune=place.commune.code,
        body=competent_body(service, place, timezone.now()).body.name,
        calls=[call.number for call in numbers_to_call(service, place.commune)] if asks else [],
        nearby=_list(near) if near else "",
    )


def _list(near: list[Neighbour]) -> str:
    """As HTML; msgspec takes plain strings only."""
    return str.__str__(render_to_string("reports/nearby_list.html", {"nearby": near}))
