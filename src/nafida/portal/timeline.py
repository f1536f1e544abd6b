"""What happened to a case, as citizens read it; the coming step stands last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.cases.journal import Happened
from nafida.cases.life import Outcome, State, WaitingFor, Who
from nafida.cases.models import Case, Event, Message
from nafida.territory.models import Body
from nafida.ui.moments import day_in_words

OPEN = (State.RECEIVED, State.IN_HAND)


@dataclass(frozen=True)
class Step:
    """One step: what, when, in whose words; `joined` is the public case in which this one goes on."""

    title: str
    at: datetime | None = None
    words: str = ""
    joined: Case | None = None
    is_coming: bool = False
    until: str = ""


@dataclass(frozen=True)
class Names:
    """The rows that events name by their keys, read at once."""

    bodies: dict[int, Body]
    messages: dict[int, Message]
    cases: dict[int, Case]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Names:
        keys: dict[str, set[int]] = {"body": set(), "to_body": set(), "message": set(), "into": set()}
        for event in events:
            for name, found in keys.items():
                if event.facts.get(name):
                    found.add(event.facts[name])
        return cls(
            Body.objects.in_bulk(keys["body"] | keys["to_body"]),
            Message.objects.in_bulk(keys["message"]) if keys["message"] else {},
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
}
FOR_THE_REPORTER: dict[str, Title] = {
    Happened.ASKED: lambda facts, names: _("A question to you"),
    Happened.REPLIED: lambda facts, names: _("Your answer"),
    Happened.LAPSED: lambda facts, names: _("You have not answered: the time limit runs again"),
    Happened.EXTENDED: lambda facts, names: _("The time limit was extended"),
    Happened.SERVICE_CHANGED: lambda facts, names: _("The subject was changed"),
}


def steps_for_all(case: Case) -> list[Step]:
    """What everybody may read. Bodies speak in public; citizens once an officer has seen their words and shows them."""
    return _steps(case, TITLES, lambda event: event.facts.get("as") != Who.REPORTER or _was_seen(case, event))


def _was_seen(case: Case, event: Event) -> bool:
    """What a reporter wrote after an officer let the words be public, nobody has looked at yet."""
    return case.words_are_public and case.shown_at is not None and event.at <= case.shown_at


def steps_for_reporter(case: Case) -> list[Step]:
    """All that concerns whoever filed the case."""
    return _steps(case, {**TITLES, **FOR_THE_REPORTER}, lambda event: True)


def _steps(case: Case, titles: dict[str, Title], may_speak: Callable[[Event], bool]) -> list[Step]:
    events = [event for event in case.events.order_by("seq") if event.what in titles]
    names = Names.of(events)
    steps = [_step(event, names, titles, may_speak(event)) for event in events]
    return [*steps, *_coming(case)]


def _step(event: Event, names: Names, titles: dict[str, Title], speaks: bool) -> Step:
    message = names.messages.get(event.facts.get("message") or 0) if speaks else None
    return Step(
        title=titles[event.what](event.facts, names),
        at=event.at,
        words=message.text if message else "",
        joined=names.cases.get(event.facts.get("into") or 0),
    )


def _coming(case: Case) -> list[Step]:
    if case.state not in OPEN:
        return []
    due = case.deadlines.citizens().get().due_at
    words = _("it was due by %(day)s") if due < timezone.now() else _("by %(day)s at the latest")
    until = words % {"day": day_in_words(due)}
    if case.waiting_for == WaitingFor.CITIZEN:
        return [Step(_("The answer of whoever reported it"), is_coming=True)]
    if case.waiting_for == WaitingFor.WORKS and case.planned_on:
        until = day_in_words(case.planned_on)
        return [Step(_("Works"), is_coming=True, until=until)]
    return [Step(_("Answer expected"), is_coming=True, until=until)]
