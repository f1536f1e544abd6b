"""What a body is written about a report: where it is, in whose words, and a link to answer by."""

from __future__ import annotations

from django.tasks import task
from django.utils.translation import gettext as _

from nafida.cases.journal import Happened
from nafida.cases.letters import Fact, Words, ask_body, day_words, pass_to_body, tell_without_link
from nafida.cases.letters.bodies import has_officers
from nafida.cases.letters.writing import case_facts, event_of, message_of
from nafida.cases.life import Who
from nafida.cases.models import Case, Event
from nafida.reports.models import Report


@task(priority=50)
def tell_body(event_id: int) -> None:
    """Write to a body without officers: a new report, one passed on or reopened, or the link for its next answer."""
    event = event_of(event_id)
    if event.what == Happened.WITHDRAWN:
        if has_officers(event.case.body):
            pass_to_body(event, "body", lambda: _withdrawn(event.case))
        else:
            tell_without_link(event, "body", lambda: _withdrawn(event.case))
    else:
        ask_body(event, "body", lambda: _report(event))


@task(priority=50)
def pass_on_reply(event_id: int) -> None:
    """The citizen has answered the body's question; an officer of that body who noted the reply knows it."""
    event = event_of(event_id)
    if event.facts["as"] == Who.OFFICER:
        return
    pass_to_body(event, "body", lambda: _report(event))


@task(priority=50)
def tell_of_decision(event_id: int) -> None:
    """Who coordinates has closed, joined or prolonged a report: a body without officers learns it by letter only."""
    event = event_of(event_id)
    if event.facts["as"] == Who.COORDINATOR:
        tell_without_link(event, "body", lambda: _decided(event))


def _decided(event: Event) -> Words:
    case, about = event.case, {"reference": event.case.shown_reference}
    facts = case_facts(case)
    match event.what:
        case Happened.MERGED:
            subject = _("Joined to another report: %(reference)s") % about
            line = _("The coordination has joined this report to another one. You need not answer it any more.")
            facts.append(Fact(_("Joined to"), str(case.merged_into), code=True))
        case Happened.EXTENDED:
            subject = _("Longer time limit: %(reference)s") % about
            line = _("The coordination has given this report a longer time limit.")
            facts += _answer_by(case)
        case _:
            subject = _("Closed: report %(reference)s") % about
            line = _("The coordination has closed this report. You need not answer it any more.")
    return Words(subject=subject, lines=[line], quote=message_of(event), facts=facts)


def _answer_by(case: Case) -> list[Fact]:
    clock = case.deadlines.unmet().filter(name="body").first()
    return [Fact(_("Answer by"), day_words(clock.due_at))] if clock else []


def _opening(event: Event) -> tuple[str, str]:
    case = event.case
    about = {"reference": case.shown_reference, "service": case.service.name, "commune": case.area.name}
    match event.what:
        case Happened.REPLIED:
            return (
                _("The citizen has answered: %(service)s, %(commune)s (%(reference)s)") % about,
                _("The citizen has answered your question."),
            )
        case Happened.REOPENED:
            return (
                _("Reopened: %(service)s, %(commune)s (%(reference)s)") % about,
                _("The citizen says that the problem is not solved. The report is open again."),
            )
        case Happened.TAKEN_IN_HAND | Happened.PLANNED | Happened.LINK_RENEWED:
            return (
                _("Your next answer: %(service)s, %(commune)s (%(reference)s)") % about,
                _("Here is the link for your next answer to this report."),
            )
        case Happened.TRANSFERRED:
            return (
                _("Passed on to you: %(service)s, %(commune)s (%(reference)s)") % about,
                _("Another administration has passed this report on to you, because you are competent for it."),
            )
    subject = _("New report: %(service)s, %(commune)s (%(reference)s)")
    if case.urgent:
        subject = _("Urgent: %(service)s, %(commune)s (%(reference)s)")
    return (
        subject % about,
        _("A citizen has reported a problem for which your administration is competent."),
    )


def _report(event: Event) -> Words:
    case = event.case
    report = Report.objects.get(pk=case.pk)
    subject, line = _opening(event)
    lines = [line]
    if case.urgent:
        lines.insert(0, _("Urgent: the citizen reports a danger."))
    quote = message_of(event) if event.what in (Happened.REPLIED, Happened.REOPENED) else report.description
    facts = [*case_facts(case), *_place(report), *_answer_by(case)]
    photos = case.attachments.count()
    if photos:
        facts.append(Fact(_("Photos"), str(photos)))
    if event.what == Happened.TRANSFERRED and (reason := message_of(event)):
        facts.append(Fact(_("Reason"), reason))
    return Words(subject=subject, lines=lines, quote=quote, facts=facts)


def _place(report: Report) -> list[Fact]:
    facts = [Fact(_("Place"), report.place)] if report.place else []
    if report.lat is not None:
        facts.append(Fact(_("Position"), f"{report.lat:.6f}, {report.lon:.6f}", code=True))
    return facts


def _withdrawn(case: Case) -> Words:
    return Words(
        subject=_("Withdrawn: report %(reference)s") % {"reference": case.shown_reference},
        lines=[_("The citizen has withdrawn this report. You need not answer it.")],
        facts=case_facts(case),
    )
