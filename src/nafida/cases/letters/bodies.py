"""What bodies are written: a body without officers works by these letters alone."""

from __future__ import annotations

from collections.abc import Callable

from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.journal import Happened
from nafida.cases.letters.writing import (
    Fact,
    Words,
    absolute,
    case_facts,
    day_words,
    event_of,
    write_once,
)
from nafida.cases.models import BodyLink, Case, Deadline, DeadlineName, Event
from nafida.people.models import Membership, MembershipQuerySet, Role
from nafida.territory.models import Body, LetterRhythm


def has_officers(body: Body) -> bool:
    return _officers(body).exists()


def _officers(body: Body) -> MembershipQuerySet:
    return members_of(body).with_role(Role.AGENT, Role.MANAGER)


def members_of(body: Body) -> MembershipQuerySet:
    return Membership.objects.on(timezone.localdate()).filter(body=body, user__is_active=True)


def addresses_of(body: Body) -> list[str]:
    """Where letters to a body go: its own address, else its managers', its agents', or whoever coordinates there."""
    if body.email:
        return [body.email]
    held = list(members_of(body).order_by("pk").values_list("role", "user__email"))
    for role in (Role.MANAGER, Role.AGENT, Role.COORDINATOR):
        if addresses := list(dict.fromkeys(email for has, email in held if has == role)):
            return addresses
    return []


def reachable_from(body: Body) -> Body | None:
    """The body itself, or the first above it that letters reach; None when nobody is."""
    above: Body | None = body
    while above is not None and not addresses_of(above):
        above = above.superior
    return above


def ask_body(event: Event, purpose: str, say: Callable[[], Words]) -> None:
    """Send a case to a body that has no officers, with a link by which it answers once; nothing to one that has.

    A body that no letter reaches is stood in for by the one above it, which is told so and gets no link.
    """
    case = event.case
    reader = None if has_officers(case.body) else reachable_from(case.body)
    if reader is None or _waits_for_the_daily_letter(event, reader):
        return

    def say_with_link() -> Words:
        return _with_link(say(), case, reader)

    for address in addresses_of(reader):
        write_once(event, purpose, to=address, language=reader.language, say=say_with_link, body=reader)


def _waits_for_the_daily_letter(event: Event, reader: Body) -> bool:
    """Whether a body wants its cases in one letter a day; urgent ones, and links it has asked for, leave at once."""
    daily = reader.letter_rhythm == LetterRhythm.DAILY and reader.pk == event.case.body_id and bool(reader.email)
    return daily and not event.case.urgent and event.what != Happened.LINK_RENEWED


def _with_link(words: Words, case: Case, reader: Body) -> Words:
    if reader.pk == case.body_id:
        words.url = absolute("desk:answer", BodyLink.draw(case, reader))
        words.label = _("Answer this report")
        words.after = [
            _("The link works once, without account, for this report only. After each answer you get a new one.")
        ]
    else:
        words.lines.insert(0, _("No letter reaches %(body)s: please pass this on.") % {"body": case.body.name})
        words.url, words.label = absolute("desk:case", case.reference), _("Open the desk")
    return words


def pass_to_body(event: Event, purpose: str, say: Callable[[], Words]) -> None:
    """Write to a body whether it has officers or not; the link goes only to one that has none."""
    body = event.case.body
    if not has_officers(body):
        ask_body(event, purpose, say)
        return

    def say_with_desk() -> Words:
        words = say()
        words.url, words.label = absolute("desk:case", event.case.reference), _("Open the desk")
        return words

    for address in addresses_of(body):
        write_once(event, purpose, to=address, language=body.language, say=say_with_desk, body=body)


def tell_without_link(event: Event, purpose: str, say: Callable[[], Words]) -> None:
    """Write to a body without officers what it need not answer."""
    body = event.case.body
    if not has_officers(body):
        for address in addresses_of(body):
            write_once(event, purpose, to=address, language=body.language, say=say, body=body)


@task(priority=50)
def warn_of_deadline(event_id: int) -> None:
    """An alarm of the clock: the body is warned of its own; when time has run out, the body above hears of it."""
    event = event_of(event_id)
    clock = Deadline.objects.select_related("body__superior").get(pk=event.facts["deadline"])
    level = event.facts["level"]
    if clock.met_at or clock.left_at:
        return  # answered or handed over since the alarm
    if clock.name == DeadlineName.BODY:
        pass_to_body(event, "alarm", lambda: _warning(event.case, clock, level))
    if level >= 100:
        _escalate(event, clock)


def _escalate(event: Event, clock: Deadline) -> None:
    if clock.name == DeadlineName.CITIZEN and event.case.deadlines.unmet().filter(
        name=DeadlineName.BODY, due_at=clock.due_at
    ):
        return  # it ends with the body's clock, whose alarm says so already
    above = event.case.body.superior and reachable_from(event.case.body.superior)
    if above is None:
        return

    def say() -> Words:
        words = _warning(event.case, clock, 100)
        words.url, words.label = absolute("desk:case", event.case.reference), _("Open the desk")
        return words

    for address in addresses_of(above):
        write_once(event, "escalation", to=address, language=above.language, say=say, body=above)


def _warning(case: Case, clock: Deadline, level: int) -> Words:
    due = {"day": day_words(clock.due_at), "level": level}
    if level >= 100:
        subject = _("Time limit exceeded: %(reference)s") % {"reference": case.shown_reference}
        line = _("The time limit of this report ended on %(day)s without an answer.") % due
    else:
        subject = _("Time limit approaching: %(reference)s") % {"reference": case.shown_reference}
        line = _("%(level)d%% of the time limit of this report has passed. It ends on %(day)s.") % due
    if clock.name == DeadlineName.CITIZEN:
        line += " " + _("This is the citizen’s time limit, counted from the first sending.")
    return Words(subject=subject, lines=[line], facts=[*case_facts(case), Fact(_("Due"), day_words(clock.due_at))])
