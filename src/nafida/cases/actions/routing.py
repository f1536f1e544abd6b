"""How a case changes hands, joins another, or becomes two. The citizen's clock never starts again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nafida.cases import deadlines
from nafida.cases.actions.holding import hold, instant, write_message
from nafida.cases.actions.intake import Filing, receive_case
from nafida.cases.actions.moderation import cover_again
from nafida.cases.actor import Actor
from nafida.cases.journal import Happened, record, stamp
from nafida.cases.life import MOVES, NotAllowed, Outcome, Verb, WaitingFor
from nafida.cases.models import Case, Channel, DeadlineName, MessageKind
from nafida.services.models import Service
from nafida.territory.calendars import local_day
from nafida.territory.models import Body


@transaction.atomic
def transfer_case(case: Case, *, by: Actor, to: Body, text: str, at: datetime | None = None) -> Case:
    """“Not ours, it is theirs”: the other body gets the case and a clock of its own; why is said to all."""
    case, at = hold(case), instant(at, case)
    if to.pk == case.body_id or not _may_have_cases(to, at):
        raise NotAllowed(_("Choose another administration."))
    origin = case.body
    case.move(Verb.TRANSFER, by)
    deadlines.resume(case, at=at)
    deadlines.hand_over(case, to=to, at=at)
    case.body, case.officer, case.body_reference = to, None, ""
    case.planned_on, case.waiting_for = None, WaitingFor.NOBODY
    case.save(update_fields=["state", "body", "officer", "body_reference", "planned_on", "waiting_for"])
    message = write_message(case, MessageKind.REASON, text, by=by, at=at)
    facts: dict[str, Any] = {"from_body": origin.pk, "to_body": to.pk, "message": message.pk}
    record(case, Happened.TRANSFERRED, by=by, at=at, **facts)
    return case


def _may_have_cases(body: Body, at: datetime) -> bool:
    there = Body.objects.on(local_day(at)).competent().filter(pk=body.pk)
    return bool(there.exists())


@transaction.atomic
def change_service(case: Case, *, by: Actor, service: Service, at: datetime | None = None) -> Case:
    """It is another kind of problem. A shorter limit holds at once, a longer one needs the coordinator.

    Where the other service shows more to the public, an officer looks again at what was shown for less.
    """
    case, at = hold(case), instant(at, case)
    if service.pk == case.service_id or service.kind != case.service.kind or not service.takes_a_form:
        raise NotAllowed(_("Choose another service."))
    case.move(Verb.CHANGE_SERVICE, by)
    origin, case.service = case.service, service
    case.save(update_fields=["service"])
    if service.shows_more_than(origin):
        cover_again(case)
    for clock in case.deadlines.unmet():
        clock.working_days = min(clock.working_days, service.working_days)
        clock.save(update_fields=["working_days"])
    deadlines.recompute(case)
    record(case, Happened.SERVICE_CHANGED, by=by, at=at, from_service=origin.pk, to_service=service.pk)
    return case


def _hold_both(case: Case, into: Case) -> tuple[Case, Case]:
    """Locked in the order of their keys, whichever way they are merged: two merges crosswise cannot deadlock."""
    held = {row.pk: hold(row) for row in sorted((case, into), key=lambda row: row.pk)}
    return held[case.pk], held[into.pk]


@transaction.atomic
def merge_case(case: Case, *, by: Actor, into: Case, at: datetime | None = None) -> Case:
    """It is the same as another open case, which goes on with the earlier of the two starts."""
    case, into = _hold_both(case, into)
    at = instant(at, case, into)
    if into.pk == case.pk or into.state not in MOVES[Verb.MERGE].start:
        raise NotAllowed(_("Choose another open case."))
    into.allow(Verb.MERGE, by)
    if into.service.kind != case.service.kind:
        raise NotAllowed(_("Only cases of the same kind can be merged."))
    case.move(Verb.MERGE, by)
    deadlines.resume(case, at=at)
    deadlines.take_over(into, gone=case)
    deadlines.leave(case, at=at)
    case.outcome, case.merged_into, case.closed_at = Outcome.DUPLICATE, into, at
    case.waiting_for = WaitingFor.NOBODY
    case.save(update_fields=["state", "outcome", "merged_into", "closed_at", "waiting_for"])
    record(case, Happened.MERGED, by=by, at=at, into=into.pk)
    starts = into.deadlines.citizens().get().starts_at
    record(into, Happened.ABSORBED, by=by, at=at, other=case.pk, starts=stamp(starts))
    return into


@transaction.atomic
def split_case(case: Case, *, by: Actor, service: Service, body: Body, text: str, at: datetime | None = None) -> Case:
    """Two problems in one: a second case for the other one. Its citizen's clock starts with the first sending,

    and that of a body that has the first case too on the day it got that.
    """
    case, at = hold(case), instant(at, case)
    if service.kind != case.service.kind or not service.takes_a_form:
        raise NotAllowed(_("Choose another service."))
    if not _may_have_cases(body, at):
        raise NotAllowed(_("Choose another administration."))
    case.move(Verb.SPLIT, by)
    first_sent = case.deadlines.citizens().get().starts_at
    had = case.deadlines.unmet().filter(name=DeadlineName.BODY, body=body).first()
    contact = case.contact
    filing = Filing(
        service=service,
        area=case.area,
        body=body,
        language=case.language,
        cell=case.cell,
        urgent=case.urgent,
        channel=Channel(case.channel),
        name=contact.name,
        name_is_public=contact.name_is_public,
        email=contact.email,
        phone=contact.phone,
        filed_by_body=case.filed_by_body,
        proved=case.shown_at is not None,
    )
    twin = receive_case(filing, by=by, at=at, first_sent=first_sent, body_since=had.starts_at if had else None)
    write_message(twin, MessageKind.REASON, text, by=by, at=at)
    record(case, Happened.SPLIT, by=by, at=at, other=twin.pk)
    facts: dict[str, Any] = {"other": case.pk, "service": service.pk, "body": body.pk}
    record(twin, Happened.SPLIT_OFF, by=by, at=at, **facts)
    return twin
