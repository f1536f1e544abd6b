"""What administrators change on the desk, each change with its line on the trail in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from nafida.cases.alarms import recompute_deadlines
from nafida.mail import actions as mail
from nafida.mail.models import Letter
from nafida.mail.render import render_letter
from nafida.people.models import Invitation, Role, User
from nafida.people.trail import Traced, trace
from nafida.territory import actions as territory
from nafida.territory.codes import free_code
from nafida.territory.models import Area, Body, BodyKind, Jurisdiction


@transaction.atomic
def change_body(body: Body, *, by: User, facts: Mapping[str, Any]) -> list[str]:
    """Set fields of a body; returns the names of those that changed. Raises ValidationError."""
    changed = [name for name, value in facts.items() if getattr(body, name) != value]
    if changed:
        territory.change_body(body, by=by, **{name: facts[name] for name in changed})
        trace(Traced.SETTING_CHANGED, by=by, table="territory.body", row=body.pk, fields=sorted(changed))
    return changed


@transaction.atomic
def add_authority(*, by: User, facts: Mapping[str, Any]) -> Body:
    """Enter a local authority of the State, called in its code as in French. Raises ValidationError."""
    fixed = {"kind": BodyKind.LOCAL_AUTHORITY, "area": Area.objects.province(), "code": free_code(facts["name_fr"])}
    body = territory.add_body(by=by, **fixed, **facts)
    trace(Traced.SETTING_CHANGED, by=by, table="territory.body", row=body.pk, fields=sorted({*fixed, *facts}))
    return body


@transaction.atomic
def add_jurisdiction(body: Body, *, by: User, facts: Mapping[str, Any]) -> Jurisdiction:
    """Say where a local authority answers, and when. Raises ValidationError."""
    row = territory.add_jurisdiction(body, by=by, **facts)
    trace(Traced.SETTING_CHANGED, by=by, table="territory.jurisdiction", row=row.pk, fields=sorted(facts))
    return row


@transaction.atomic
def change_jurisdiction(jurisdiction: Jurisdiction, *, by: User, facts: Mapping[str, Any]) -> Jurisdiction:
    """Set fields of a jurisdiction; what does not change leaves no line. Raises ValidationError."""
    changed = [name for name, value in facts.items() if getattr(jurisdiction, name) != value]
    if not changed:
        return jurisdiction
    row = territory.change_jurisdiction(jurisdiction, by=by, **{name: facts[name] for name in changed})
    trace(Traced.SETTING_CHANGED, by=by, table="territory.jurisdiction", row=row.pk, fields=sorted(changed))
    return row


@transaction.atomic
def set_day(day: date, *, by: User, is_working: bool, names: Mapping[str, str], source: str) -> None:
    """Override the calendar on one day; all running clocks are computed anew. Raises ValidationError."""
    territory.override_day(day, is_working=is_working, names=names, source=source, by=by)
    _note_day(day, by)


@transaction.atomic
def drop_day(day: date, *, by: User) -> None:
    """Let a day follow the calendar again; all running clocks are computed anew."""
    territory.drop_override(day, by=by)
    _note_day(day, by)


def _note_day(day: date, by: User) -> None:
    trace(Traced.SETTING_CHANGED, by=by, table="territory.dayoverride", row=day.isoformat(), fields=["is_working"])
    recompute_deadlines.enqueue()


@transaction.atomic
def invite(email: str, *, role: Role, body: Body, by: User) -> str:
    """Write to somebody that they may join a body; returns the link, which is kept nowhere."""
    row, token = Invitation.draw(role=role, body_id=body.pk, email=email)
    trace(Traced.SETTING_CHANGED, by=by, table="people.invitation", row=row.pk, fields=["body", "role"])
    with translation.override(body.language):
        link = settings.SITE_URL + reverse("desk:invitation", args=[token])
        words = {"link": link, "role": role.label, "body": body.name, "inviter": str(by)}
        rendered = render_letter("desk/letters/invitation", body.language, words)
    mail.queue_letter(
        key=f"invitation-{row.pk}",
        to=email,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        language=body.language,
        purpose="invitation",
    )
    return link


@transaction.atomic
def retry_letter(letter: Letter, *, by: User) -> bool:
    """False when it is not failed any more or its words have been erased."""
    if not mail.retry_letter(letter):
        return False
    trace(Traced.LETTER_RETRIED, by=by, letter=letter.pk)
    return True


@transaction.atomic
def retry_task(key: UUID, *, by: User) -> bool:
    """Give a task that was set aside back to the workers, with all its tries; False when it is not set aside."""
    failed = DBTaskResult.objects.failed().filter(pk=key)
    if not failed.update(status=TaskResultStatus.READY, worker_ids=[], finished_at=None):
        return False
    trace(Traced.TASK_RETRIED, by=by, task=str(key))
    return True
