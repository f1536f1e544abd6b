"""What the desk does to a case: the checks around a verb, the verb, and what comes of it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases import actions
from nafida.cases.actions import Faster, hold
from nafida.cases.actor import Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.journal import Happened, record
from nafida.cases.life import NotAllowed, Outcome, Verb, Who
from nafida.cases.models import AttachmentRole, BodyLink, Case
from nafida.people.models import User
from nafida.people.trail import Traced, trace
from nafida.reports.actions import Place, competent_body, with_parents
from nafida.reports.models import Report
from nafida.reports.retention import erase_report
from nafida.reports.splitting import split_report
from nafida.services.models import Service
from nafida.territory.models import Body

QUIET = frozenset(
    {Happened.UPDATED, Happened.RATED, Happened.SUPPORTED, Happened.FOLLOWED, Happened.ALARMED, Happened.RECOMPUTED}
)
"""What may happen to a case behind an officer's back without their words being about something else."""

Facts = dict[str, Any]


class LinkSpent(Exception):
    """The link was used, has expired, or its case is with another administration."""


def hold_as_seen(case: Case, seen: int) -> Case:
    """The case locked, as somebody saw it at version `seen`. Raises Faster when more than trifles happened since."""
    held = hold(case)
    if seen != held.version:
        since = held.events.filter(seq__gt=seen).exclude(what__in=QUIET)
        if seen > held.version or since.exists():
            raise Faster(held)
    return held


@transaction.atomic
def act_on_case(case: Case, verb: Verb, *, by: Actor, seen: int, facts: Facts, kept: KeptPicture | None = None) -> Case:
    """Do one verb as a form says it. Raises Faster or NotAllowed, and then nothing has happened."""
    if verb == Verb.MERGE:
        # In the order of their keys, as the verb itself holds them: two merges crosswise cannot deadlock.
        for row in sorted((case, facts["into"]), key=lambda row: row.pk):
            hold(row)
    held = hold_as_seen(case, seen)
    _add(held, by, facts, kept)
    done = DO[verb](held, by, facts)
    return done or held


@transaction.atomic
def answer_by_link(link: BodyLink, verb: Verb, *, seen: int, facts: Facts, kept: KeptPicture | None = None) -> Case:
    """Do one verb for the body that a letter's link was made for, once. Raises LinkSpent, Faster or NotAllowed."""
    taken = BodyLink.objects.select_for_update(of=("self",)).select_related("body").get(pk=link.pk)
    if taken.used_at is not None:
        raise LinkSpent
    held = hold(Case(pk=taken.case_id))
    taken.case = held
    now = timezone.now()
    if not taken.is_usable(now):
        raise LinkSpent
    by = Actor(Who.BODY, body=taken.body, link=taken)
    done = act_on_case(held, verb, by=by, seen=seen, facts=facts, kept=kept)
    taken.used_at = now
    taken.save(update_fields=["used_at"])
    return done


@transaction.atomic
def renew_link(link: BodyLink) -> None:
    """Have a new link written to the address of the body that has the case, and to no other. Raises LinkSpent."""
    held = hold(link.case)
    if held.body_id != link.body_id or held.state not in ("received", "in_hand"):
        raise LinkSpent
    by = Actor(Who.BODY, body=link.body, link=link)
    record(held, Happened.LINK_RENEWED, by=by, body=link.body_id)
    trace(Traced.LINK_RENEWED, case=held.pk, body=link.body_id)


def note_contact_seen(case: Case, *, by: User) -> None:
    """Personal data is about to be shown: who looked at whose case stays on the trail."""
    trace(Traced.CONTACT_SEEN, by=by, case=case.pk)


def place_of(case: Case) -> Place:
    """Where a report is, as responsibility sees it."""
    report = Report.objects.get(pk=case.pk)
    point = (report.lon, report.lat) if report.lon is not None and report.lat is not None else None
    return Place(with_parents().get(pk=case.area_id), report.place, point, report.centre_id)


def body_for(case: Case, service: Service) -> Body:
    """Who answers today for this service where the case is."""
    return competent_body(service, place_of(case), timezone.now()).body


def _add(case: Case, by: Actor, facts: Facts, kept: KeptPicture | None) -> None:
    """The photo and the body's own number come before the verb, which may give the case away."""
    if kept is not None:
        actions.attach_picture(case, by=by, kept=kept, role=AttachmentRole.AFTER)
    reference = facts.get("body_reference")
    if reference is not None and reference != case.body_reference and (reference or by.who != Who.BODY):
        actions.give_body_reference(case, by=by, reference=reference)


def _split(case: Case, by: Actor, facts: Facts) -> Case:
    service = facts["service"]
    return split_report(case, by=by, service=service, body=body_for(case, service), text=facts["text"])


def _close(case: Case, by: Actor, facts: Facts) -> Case:
    outcome = Outcome(facts["outcome"]) if facts.get("outcome") else None
    return actions.close_case(case, by=by, outcome=outcome, text=facts["text"])


def _merge(case: Case, by: Actor, facts: Facts) -> Case:
    if by.user is None or not Case.objects.on_desk_of(by.user).filter(pk=facts["into"].pk).exists():
        raise NotAllowed(_("There is no case with this reference on your desk."))
    return actions.merge_case(case, by=by, into=facts["into"])


def _answer(case: Case, by: Actor, facts: Facts) -> Case:
    return actions.answer_case(case, by=by, outcome=Outcome(facts["outcome"]), text=facts["text"])


DO: dict[Verb, Callable[[Case, Actor, Facts], Case | None]] = {
    Verb.TAKE_IN_HAND: lambda case, by, facts: actions.take_in_hand(case, by=by),
    Verb.PLAN: lambda case, by, facts: actions.plan_works(case, by=by, day=facts["day"], text=facts["text"]),
    Verb.WAIT: lambda case, by, facts: actions.wait_for_works(case, by=by, text=facts["text"]),
    Verb.ASK: lambda case, by, facts: actions.ask_citizen(case, by=by, text=facts["text"]),
    Verb.REPLY: lambda case, by, facts: actions.reply_to_question(case, by=by, text=facts["text"]),
    Verb.ANSWER: _answer,
    Verb.CLOSE: _close,
    Verb.REOPEN: lambda case, by, facts: actions.reopen_case(case, by=by, text=facts["text"]),
    Verb.TRANSFER: lambda case, by, facts: actions.transfer_case(case, by=by, to=facts["to"], text=facts["text"]),
    Verb.MERGE: _merge,
    Verb.SPLIT: _split,
    Verb.CHANGE_SERVICE: lambda case, by, facts: actions.change_service(case, by=by, service=facts["service"]),
    Verb.ASSIGN: lambda case, by, facts: actions.assign_case(case, by=by, to=facts["to"]),
    Verb.NOTE: lambda case, by, facts: actions.note_case(case, by=by, text=facts["text"]),
    Verb.CALL: lambda case, by, facts: actions.call_citizen(
        case, by=by, reached=facts["reached"], text=facts["text"], follower=facts.get("whom")
    ),
    Verb.EXTEND: lambda case, by, facts: actions.extend_limit(
        case, by=by, working_days=facts["working_days"], text=facts["text"]
    ),
    Verb.SHOW: lambda case, by, facts: actions.show_words(case, by=by),
    Verb.ERASE: lambda case, by, facts: erase_report(case, by=by),
    Verb.ATTACH: lambda case, by, facts: None,
}
