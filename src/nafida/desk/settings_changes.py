"""What administrators change on the desk, each change with its line on the trail in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from nafida.cases.alarms import recompute_deadlines
from nafida.cases.letters.bodies import addresses_of
from nafida.cases.letters.digest import write_open_cases
from nafida.cases.models import UnreadBody
from nafida.mail import actions as mail
from nafida.mail.models import Letter
from nafida.mail.render import render_letter
from nafida.packs.pack import WEEKDAYS
from nafida.people.models import Invitation, Role, User
from nafida.people.trail import Traced, changed, trace, trace_setting
from nafida.territory import actions as territory
from nafida.territory.calendars import Weekdays, calendar, forget_calendar
from nafida.territory.codes import free_code
from nafida.territory.models import Area, Body, BodyKind, DayOverride, Jurisdiction, Participation, WorkingWeek

TOLD_OF_A_DAY = ("name_ar", "name_fr", "source")


@transaction.atomic
def change_body(body: Body, *, by: User, facts: Mapping[str, Any]) -> list[str]:
    """Set fields of a body; returns the names of those that changed. Raises ValidationError."""
    changes = changed(body, facts)
    if changes:
        territory.change_body(body, by=by, **{name: facts[name] for name in changes})
        trace_setting(body, changes, by=by)
    if "email" in changes and facts["email"]:
        write_open_cases.enqueue(body.pk, token_hex(8))
    return list(changes)


@transaction.atomic
def reach_body_again(body: Body, *, by: User) -> None:
    """Somebody says that letters to a body arrive again: what was held back leaves, and its silence is over."""
    for address in addresses_of(body):
        mail.reach_again(address)
    UnreadBody.objects.filter(body=body, over_at=None).update(over_at=timezone.now())
    trace(Traced.ADDRESS_TRIED, by=by, body=body.pk)


@transaction.atomic
def add_authority(*, by: User, facts: Mapping[str, Any]) -> Body:
    """Enter a local authority of the State, called in its code as in French. Raises ValidationError."""
    fixed = {"kind": BodyKind.LOCAL_AUTHORITY, "area": Area.objects.province(), "code": free_code(facts["name_fr"])}
    body = territory.add_body(by=by, **fixed, **facts)
    trace_setting(body, _made({**fixed, **facts}), by=by)
    return body


@transaction.atomic
def add_jurisdiction(body: Body, *, by: User, facts: Mapping[str, Any]) -> Jurisdiction:
    """Say where a local authority answers, and when. Raises ValidationError."""
    row = territory.add_jurisdiction(body, by=by, **facts)
    trace_setting(row, _made(facts), by=by)
    return row


@transaction.atomic
def change_jurisdiction(jurisdiction: Jurisdiction, *, by: User, facts: Mapping[str, Any]) -> Jurisdiction:
    """Set fields of a jurisdiction; what does not change leaves no line. Raises ValidationError."""
    changes = changed(jurisdiction, facts)
    if not changes:
        return jurisdiction
    row = territory.change_jurisdiction(jurisdiction, by=by, **{name: facts[name] for name in changes})
    trace_setting(row, changes, by=by)
    return row


@transaction.atomic
def set_participation(area: Area, *, by: User, facts: Mapping[str, Any]) -> None:
    """Say from which day a commune takes part, and what citizens are told until then. Raises ValidationError."""
    kept = Participation.objects.filter(area=area).first() or Participation(area=area)
    changes = changed(kept, facts)
    if changes:
        trace_setting(territory.set_participation(area, by=by, **facts), changes, by=by)


@transaction.atomic
def set_day(day: date, *, by: User, is_working: bool, names: Mapping[str, str], source: str) -> None:
    """Override the calendar on one day; all running clocks are computed anew. Raises ValidationError."""
    kept = DayOverride.objects.filter(day=day).first()
    row = territory.override_day(day, is_working=is_working, names=names, source=source, by=by)
    changes = {name: (getattr(kept, name, None), getattr(row, name)) for name in ("is_working", *TOLD_OF_A_DAY)}
    trace_setting(row, {"day": (kept and day, day), **changes}, by=by)
    recompute_deadlines.enqueue()


@transaction.atomic
def drop_day(day: date, *, by: User) -> None:
    """Let a day follow the calendar again; all running clocks are computed anew."""
    kept = DayOverride.objects.get(day=day)
    trace_setting(kept, {"day": (day, None), "is_working": (kept.is_working, None)}, by=by)
    territory.drop_override(day, by=by)
    recompute_deadlines.enqueue()


@transaction.atomic
def set_week(starts_on: date, *, by: User, weekdays: str, source: str) -> None:
    """Another working week from a day on; all running clocks are computed anew. Raises ValidationError."""
    kept = WorkingWeek.objects.filter(starts_on=starts_on).first()
    was = kept.days if kept else _week_before(starts_on)
    row = territory.set_week(starts_on, weekdays=weekdays, source=source, by=by)
    changes = {"weekdays": (_named(was), _named(row.days)), "source": (kept and kept.source, row.source)}
    trace_setting(row, {"starts_on": (kept and starts_on, starts_on), **changes}, by=by)
    recompute_deadlines.enqueue()


@transaction.atomic
def drop_week(week: WorkingWeek, *, by: User) -> None:
    """Let the week before it go on; all running clocks are computed anew."""
    goes_on = _named(_week_before(week.starts_on))
    trace_setting(week, {"starts_on": (week.starts_on, None), "weekdays": (_named(week.days), goes_on)}, by=by)
    territory.drop_week(week, by=by)
    recompute_deadlines.enqueue()


def _week_before(day: date) -> Weekdays:
    forget_calendar()
    return calendar().week_on(day - timedelta(days=1))


def _named(week: Weekdays) -> str:
    return " ".join(name for number, name in enumerate(WEEKDAYS) if number in week)


def _made(facts: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    return {name: (None, value) for name, value in facts.items()}


@transaction.atomic
def invite(email: str, *, role: Role, body: Body, by: User) -> str:
    """Write to somebody that they may join a body; returns the link, which is kept nowhere."""
    row, token = Invitation.draw(role=role, body_id=body.pk, email=email)
    trace_setting(row, _made({"body": body, "role": role.value}), by=by)
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
def withdraw_invitation(invitation: Invitation, *, by: User) -> bool:
    """Its link opens nothing from now on; False when it was used, withdrawn or over before."""
    pending = Invitation.objects.usable(timezone.now()).filter(pk=invitation.pk)
    now = timezone.now()
    if not pending.update(expires_at=now):
        return False
    trace_setting(invitation, {"expires_at": (invitation.expires_at, now)}, by=by)
    return True


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> str | None:
    """Write it again with a new link, which is returned; the old one is dead. None when it is pending no more."""
    if not withdraw_invitation(invitation, by=by):
        return None
    return invite(invitation.email, role=Role(invitation.role), body=invitation.body, by=by)


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
