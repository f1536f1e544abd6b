"""What happened to a case, as citizens read it; the coming step stands last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.journal import Happened
from nafida.cases.life import Outcome, State, WaitingFor, Who
from nafida.cases.masking import mask
from nafida.cases.models import Attachment, Case, Deadline, Event, Message, MessageKind
from nafida.cases.readings import Reading
from nafida.services.models import Publicity
from nafida.territory.known import bodies
from nafida.territory.models import Body
from nafida.ui.moments import day_in_words

OPEN = (State.RECEIVED, State.IN_HAND)
CITIZENS = (Who.REPORTER, Who.CITIZEN)
_EVENTS = Reading(Event, lambda case: Event.objects.filter(case=case), only=("what", "at", "facts"))
_MESSAGES = Reading(Message, lambda case: Message.objects.filter(case=case))


@dataclass(frozen=True)
class Step:
    """One step: what, when, in whose words; `joined` is the public case in which this one goes on."""

    title: str
    at: datetime | None = None
    words: str = ""
    joined: Case | None = None
    is_coming: bool = False
    until: str = ""
    photos: Sequence[tuple[int, Attachment]] = ()


@dataclass(frozen=True)
class Names:
    """The rows that events name by their keys, read at once."""

    bodies: dict[int, Body]
    messages: dict[int, Message]
    cases: dict[int, Case]

    @classmethod
    def of(cls, case: Case, events: Iterable[Event]) -> Names:
        keys: dict[str, set[int]] = {"body": set(), "to_body": set(), "message": set(), "into": set()}
        for event in events:
            for name, found in keys.items():
                if event.facts.get(name):
                    found.add(event.facts[name])
        return cls(
            {key: bodies()[key] for key in keys["body"] | keys["to_body"]},
            {message.pk: message for message in _MESSAGES.of(case.pk)} if keys["message"] else {},
            Case.objects.public().in_bulk(keys["into"]) if keys["into"] else {},
        )

    def body(self, facts: dict[str, Any], fact: str) -> str:
        body = self.bodies.get(facts.get(fact) or 0)
        return body.name if body else _("the competent administration")


Title = Callable[[dict[str, Any], Names], str]


def _outcome(facts: dict[str, Any]) -> str:
    return str(Outcome(facts["outcome"]).label) if facts.get("outcome") in Outcome.values else ""


def _closed(facts: dict[str, Any], names: Names) -> str:
    return _("Closed: %(outcome)s") % {"outcome": _outcome(facts)} if facts.get("message") else _("Closed")


def _planned(facts: dict[str, Any], names: Names) -> str:
    return _("Works planned for %(day)s") % {"day": day_in_words(date.fromisoformat(facts["day"]))}


def _received(facts: dict[str, Any], names: Names) -> str:
    return _("Received for %(body)s") % {"body": names.body(facts, "body")}


TITLES: dict[str, Title] = {
    Happened.RECEIVED: _received,
    Happened.IMPORTED: _received,
    Happened.SPLIT_OFF: _received,
    Happened.TAKEN_IN_HAND: lambda facts, names: _("Taken in hand"),
    Happened.PLANNED: _planned,
    Happened.WAITING: lambda facts, names: _("Something is missing before the work can be done"),
    Happened.TRANSFERRED: lambda facts, names: _("Passed on to %(body)s") % {"body": names.body(facts, "to_body")},
    Happened.ANSWERED: lambda facts, names: _("Answered: %(outcome)s") % {"outcome": _outcome(facts)},
    Happened.CLOSED: _closed,
    Happened.REOPENED: lambda facts, names: _("Reopened"),
    Happened.MERGED: lambda facts, names: _("Joined to another report of the same problem"),
    Happened.WITHDRAWN: lambda facts, names: _("Withdrawn by whoever reported it"),
    Happened.UPDATED: lambda facts, names: _("Somebody writes how it is now"),
    Happened.CONFIRMED: lambda facts, names: _("Whoever reported it says: it is solved"),
}
FOR_THE_REPORTER: dict[str, Title] = {
    Happened.ASKED: lambda facts, names: _("A question to you"),
    Happened.REPLIED: lambda facts, names: _("Your answer"),
    Happened.LAPSED: lambda facts, names: _("You have not answered: the time limit runs again"),
    Happened.EXTENDED: lambda facts, names: _("The time limit was extended"),
    Happened.SERVICE_CHANGED: lambda facts, names: _("The subject was changed"),
}


def steps_for_all(case: Case, clock: Deadline | None, pictures: Sequence[tuple[int, Attachment]]) -> list[Step]:
    """What everybody may read; `clock` is the citizen's, `pictures` those that are public.

    Bodies speak in public; citizens once an officer has seen their words and shows them.
    """
    photos: dict[int, list[tuple[int, Attachment]]] = {}
    for number, photo in pictures:
        photos.setdefault(photo.message_id or 0, []).append((number, photo))
    steps = []
    for event, message, step in _steps(case, TITLES):
        speaks = message is None or _is_public(message, case)
        if event.what == Happened.UPDATED and not speaks:
            continue
        words = mask(step.words) if message and message.who in CITIZENS else step.words
        shown = photos.get(message.pk, []) if message and event.what == Happened.UPDATED else []
        steps.append(replace(step, words=words if speaks else "", photos=shown))
    return [*steps, *_coming(case, clock)]


def _is_public(message: Message, case: Case) -> bool:
    """Administrations speak in public; what a reporter wrote shows with the report, an update by itself.

    Where the place is coarse there are no words at all: an answer may say which house.
    """
    if case.service.publicity != Publicity.FULL:
        return False
    if message.who not in CITIZENS:
        return True
    if not message.is_shown:
        return False
    return case.words_are_public or message.kind == MessageKind.UPDATE


def steps_for_reporter(case: Case, clock: Deadline | None) -> list[Step]:
    """All that concerns whoever filed the case; of what others write, what everybody may read."""
    steps = []
    for event, message, step in _steps(case, {**TITLES, **FOR_THE_REPORTER}):
        if event.what != Happened.UPDATED:
            steps.append(step)
        elif message and (message.who == Who.REPORTER or _is_public(message, case)):
            steps.append(replace(step, words=step.words if message.who == Who.REPORTER else mask(step.words)))
    return [*steps, *_coming(case, clock)]


def _steps(case: Case, titles: dict[str, Title]) -> list[tuple[Event, Message | None, Step]]:
    events = [event for event in _EVENTS.of(case.pk) if event.what in titles]
    names = Names.of(case, events)
    found = []
    for event in events:
        message = names.messages.get(event.facts.get("message") or 0)
        joined = names.cases.get(event.facts.get("into") or 0)
        title = titles[event.what](event.facts, names)
        found.append((event, message, Step(title, event.at, message.text if message else "", joined)))
    return found


def _coming(case: Case, clock: Deadline | None) -> list[Step]:
    if case.state not in OPEN or clock is None:
        return []
    due = clock.due_at
    words = _("it was due by %(day)s") if due < timezone.now() else _("by %(day)s at the latest")
    until = words % {"day": day_in_words(due)}
    if case.waiting_for == WaitingFor.CITIZEN:
        return [Step(_("The answer of whoever reported it"), is_coming=True)]
    if case.waiting_for == WaitingFor.WORKS and case.planned_on:
        until = day_in_words(case.planned_on)
        return [Step(_("Works"), is_coming=True, until=until)]
    return [Step(_("Answer expected"), is_coming=True, until=until)]
