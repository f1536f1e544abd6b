"""How a report comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from nafida.cases.actions import Filing, file_once, receive_case
from nafida.cases.actor import CITIZEN, Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.models import Case
from nafida.cases.rows import insert
from nafida.reports.models import DRAFTS_LIVE, Draft, DraftPicture, Report
from nafida.reports.taking_part import ensure_taking_part
from nafida.reports.words import index_report
from nafida.services.models import Service
from nafida.services.responsibility import Answerer, Spot, who_answers
from nafida.territory.calendars import local_day
from nafida.territory.locate import locate, locate_authority
from nafida.territory.models import Area, Body
from nafida.territory.place import cell_of


class OutsideProvince(Exception):
    """The point lies in no commune of the installed province."""


@dataclass(frozen=True)
class Place:
    """Where: a commune, in words, and a point (longitude, latitude in WGS84 degrees) where one is known."""

    commune: Area
    words: str = ""
    point: tuple[float, float] | None = None
    centre_id: int | None = None

    @classmethod
    def at(cls, lon: float, lat: float, words: str = "") -> Place:
        """The place of a point. Raises OutsideProvince, or ValueError for what is no position on earth."""
        found = locate(lon, lat)
        if found is None:
            raise OutsideProvince
        commune = with_parents().get(pk=found.commune)
        return cls(commune, words, (lon, lat), found.centre)


def with_parents() -> Any:
    """Areas with all that Spot needs, in one query; without boundaries, which are long."""
    above = ("parent__" * up + "boundary" for up in range(4))
    return Area.objects.select_related("parent__parent__parent").defer(*above)


def competent_body(service: Service, place: Place, at: datetime) -> Answerer:
    """Who answers for this service at this place on the day of `at`."""
    day = local_day(at)
    key = locate_authority(*place.point, day) if place.point else None
    authority = Body.objects.get(pk=key) if key else None
    return who_answers(service.pk, Spot.in_commune(place.commune, authority), day)


@dataclass(frozen=True, kw_only=True)
class Account:
    """What a citizen tells: in their words, the answers to the service's questions by code, and photos."""

    description: str = ""
    answers: dict[str, Any] | None = None
    pictures: Sequence[KeptPicture] = ()


def file_report(
    service: Service,
    place: Place,
    account: Account,
    *,
    by: Actor = CITIZEN,
    at: datetime | None = None,
    source: str | None = None,
    **filing: Any,
) -> tuple[Case, bool]:
    """Route and write a report; a form sent twice gives the first case, with False.

    `filing` are the other fields of cases.Filing (language, form_key, channel, contact…).
    Raises NotTakingPart, unless the report comes from another register (`source`).
    """
    if source is None:
        ensure_taking_part(place.commune.pk, at or timezone.now())
    body = filing.pop("body", None) or competent_body(service, place, at or timezone.now()).body
    filled = Filing(
        service=service,
        area=place.commune,
        body=body,
        cell=cell_of(*place.point) if place.point else None,
        pictures=account.pictures,
        **filing,
    )

    def write() -> Case:
        case = receive_case(filled, by=by, at=at, source=source)
        lon, lat = place.point or (None, None)
        report = Report(case=case, lon=lon, lat=lat, centre_id=place.centre_id, place=place.words)
        report.description, report.answers = account.description, account.answers or {}
        report.form_version = service.form_version
        insert(report)
        if source is not None:
            index_report(case.pk)  # nothing reacts to an import
        return case

    return file_once(filled.form_key, write)


@transaction.atomic
def add_to_draft(draft: Draft, kept: KeptPicture) -> DraftPicture:
    """Let a prepared photo wait for its form."""
    lon, lat = kept.place or (None, None)
    return draft.pictures.create(
        picture=kept.picture,
        thumbnail=kept.thumbnail,
        width=kept.width,
        height=kept.height,
        lon=lon,
        lat=lat,
    )


def drop_old_drafts(now: datetime) -> int:
    """Forget drafts older than a day; their files are swept when no row names them. Returns how many."""
    old = Draft.objects.filter(made_at__lt=now - DRAFTS_LIVE - timedelta(hours=1))
    return old.delete()[1].get("reports.Draft", 0)
