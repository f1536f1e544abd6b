"""How a case comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from nafida.cases.actions.holding import instant
from nafida.cases.actions.moderation import lay_open
from nafida.cases.actor import CITIZEN, CLOCK, Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.deadlines import first_clocks, start_clocks
from nafida.cases.journal import Happened, record
from nafida.cases.models import Attachment, AttachmentRole, Case, Channel, Contact
from nafida.cases.rows import insert
from nafida.cases.trust import is_trusted
from nafida.services.models import Service
from nafida.territory.calendars import local_day
from nafida.territory.models import Area, Body

TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What every kind of case brings along, checked by its form before."""

    service: Service
    area: Area
    body: Body
    language: str
    form_key: UUID | None = None
    channel: Channel = Channel.WEB
    urgent: bool = False
    cell: int | None = None
    name: str = ""
    name_is_public: bool = False
    email: str = ""
    phone: str = ""
    pictures: Sequence[KeptPicture] = ()
    filed_by_body: Body | None = None
    body_reference: str = ""
    held: bool = False
    proved: bool = False  # whether the address or telephone is shown to be the sender's


def receive_case(
    filing: Filing,
    *,
    by: Actor = CITIZEN,
    at: datetime | None = None,
    first_sent: datetime | None = None,
    body_since: datetime | None = None,
    source: str | None = None,
) -> Case:
    """Write a new case with its contact, clocks, pictures and first event; inside the caller's transaction.

    `source` marks an import: its event is IMPORTED, to which nothing reacts. `first_sent` is when the citizen
    first sent it and `body_since` since when its body has had it, where that was earlier (a split). Raises
    IntegrityError when the reference or the form's key is taken: see file_once.
    """
    at = instant(at)
    case = Case(
        service=filing.service,
        area=filing.area,
        body=filing.body,
        language=filing.language,
        form_key=filing.form_key,
        channel=filing.channel,
        urgent=filing.urgent,
        cell=filing.cell,
        filed_by_body=filing.filed_by_body,
        body_reference=filing.body_reference,
        held_at=at if filing.held else None,
        received_at=at,
        day=local_day(at),
    )
    days, basis = filing.service.working_days, filing.service.limit_source
    clocks = first_clocks(case, first_sent=first_sent or at, body_since=body_since or at, days=days, basis=basis)
    insert(case)
    insert(_contact(case, filing))
    _write_pictures(case, filing.pictures, at)
    start_clocks(case, clocks)
    _record_first(case, filing, by=by, at=at, source=source)
    _show_if_trusted(case, filing, at)
    return case


def _show_if_trusted(case: Case, filing: Filing, at: datetime) -> None:
    if not filing.held and is_trusted(filing.email, filing.phone, proved=filing.proved):
        lay_open(case, photos=None, at=at)
        record(case, Happened.SHOWN, by=CLOCK, at=at, message=None, attachment=None)


def _record_first(case: Case, filing: Filing, *, by: Actor, at: datetime, source: str | None) -> None:
    facts = {"service": filing.service.pk, "area": filing.area.pk, "body": filing.body.pk}
    if source is not None:
        record(case, Happened.IMPORTED, by=by, at=at, first=True, source=source, **facts)
    else:
        told = {"channel": str(filing.channel), "urgent": filing.urgent}
        record(case, Happened.RECEIVED, by=by, at=at, first=True, **facts, **told)


def _contact(case: Case, filing: Filing) -> Contact:
    return Contact(
        case=case,
        name=filing.name,
        name_is_public=filing.name_is_public,
        email=filing.email,
        phone=filing.phone,
    )


def _write_pictures(case: Case, pictures: Sequence[KeptPicture], at: datetime) -> None:
    if pictures:
        rows = [
            Attachment(
                case=case,
                role=AttachmentRole.BEFORE,
                picture=kept.picture,
                thumbnail=kept.thumbnail,
                width=kept.width,
                height=kept.height,
                added_at=at,
            )
            for kept in pictures
        ]
        Attachment.objects.bulk_create(rows)


def file_once(form_key: UUID | None, write: Callable[[], Case]) -> tuple[Case, bool]:
    """Run `write` in one transaction; a form sent twice gives the first case, with False.

    A reference that is taken is drawn again. Raises IntegrityError when neither explains the refusal.
    """
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return write(), True
        except IntegrityError:
            first = form_key and Case.objects.filter(form_key=form_key).first()
            if first:
                return first, False
            if not left:
                raise
    raise AssertionError("unreachable")
