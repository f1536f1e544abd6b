"""Two problems in one report: the other one gets a report of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nafida.cases.actions import split_case
from nafida.cases.actor import Actor
from nafida.cases.models import Attachment, AttachmentRole, Case
from nafida.reports.models import Report
from nafida.services.models import Service
from nafida.territory.models import Body


@transaction.atomic
def split_report(case: Case, *, by: Actor, service: Service, body: Body, text: str, at: datetime | None = None) -> Case:
    """A second report at the same place, in the citizen's own words and with the same photos; `text` says why."""
    twin = split_case(case, by=by, service=service, body=body, text=text, at=at)
    report = Report.objects.get(pk=case.pk)
    report.pk, report.case, report.form_version = twin.pk, twin, service.form_version
    report.answers = {}
    report.save(force_insert=True)
    pictures = [
        Attachment(
            case=twin,
            role=row.role,
            picture=row.picture,
            thumbnail=row.thumbnail,
            width=row.width,
            height=row.height,
            added_at=row.added_at,
            shown_at=row.shown_at if row.role == AttachmentRole.AFTER else None,
            hidden_at=row.hidden_at,
            hidden_for=row.hidden_for,
            blurred=row.blurred,
            blurred_thumbnail=row.blurred_thumbnail,
        )
        for row in case.attachments.exclude(role=AttachmentRole.UPDATE)
    ]
    Attachment.objects.bulk_create(pictures)
    return twin
