"""The journal of a case told in sentences: what, by whom, when, and the words that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nafida.cases.journal import Happened
from nafida.cases.life import HideReason, Outcome, Who
from nafida.cases.models import BodyLink, Case, Event, Message
from nafida.people.models import User
from nafida.services.models import Service
from nafida.territory.models import Body
from nafida.ui.moments import day_in_words

INTERNAL = frozenset(
    {
        Happened.NOTED,
        Happened.CALLED,
        Happened.ASSIGNED,
        Happened.ALARMED,
        Happened.RECOMPUTED,
        Happened.FOLLOWED,
        Happened.SUPPORTED,
    }
)
"""What a body that works by letters need not read."""


@dataclass
class Entry:
    """One line of the history."""

    what: str
    sentence: str
    who: str
    at: datetime
    words: str = ""
    seq: int = 0


@dataclass(frozen=True)
class Names:
    """The rows that events name by key, read at once."""

    bodies: dict[int, Body]
    services: dict[int, Service]
    cases: dict[int, Case]
    users: dict[int, User]
    messages: dict[int, Message]
    links: dict[int, BodyLink]

    @classmethod
    def of(cls, events: Iterable[Event]) -> Names:
        keys: dict[str, set[int]] = {}
        for event in events:
            for name, value in event.facts.items():
                if isinstance(value, int) and not isinstance(value, bool):
                    keys.setdefault(_TABLES.get(name, ""), set()).add(value)

        def read(table: str, rows: Any) -> dict[int, Any]:
            return rows.in_bulk(keys[table]) if keys.get(table) else {}

        return cls(
            bodies=read("body", Body.objects),
            services=read("service", Service.objects),
            cases=read("case", Case.objects),
            users=read("user", User.objects),
            messages=read("message", Message.objects),
            links=read("link", BodyLink.objects.select_related("body")),
        )


_TABLES = {
    "body": "body",
    "from_body": "body",
    "to_body": "body",
    "service": "service",
    "from_service": "service",
    "to_service": "service",
    "into": "case",
    "other": "case",
    "user": "user",
    "message": "message",
    "link": "link",
}


def history_of(case: Case, *, since: int = 0, by_link: int | None = None, internal: bool = True) -> list[Entry]:
    """What happened after event number `since`, oldest first; `by_link` picks what one link of a letter did."""
    events = case.events.filter(seq__gt=since).select_related("by").order_by("seq")
    if by_link is not None:
        events = events.filter(facts__link=by_link)
    told = [event for event in events if internal or event.what not in INTERNAL]
    names = Names.of(told)
    entries: list[Entry] = []
    count = 0
    for event in told:
        count = count + 1 if entries and entries[-1].what == event.what == Happened.SUPPORTED else 1
        entry = _entry(event, names, count)
        if count > 1:
            entries.pop()
        entries.append(entry)
    return entries


def _entry(event: Event, names: Names, count: int) -> Entry:
    message = names.messages.get(event.facts.get("message") or 0)
    words = message.text if message else ""
    return Entry(event.what, sentence_of(event, names, count), _who(event, names), event.at, words, event.seq)


def _who(event: Event, names: Names) -> str:
    if event.by is not None:
        return str(event.by)
    link = names.links.get(event.facts.get("link") or 0)
    if link is not None:
        return _("%(body)s, by the link of a letter") % {"body": link.body.name}
    match event.facts.get("as"):
        case Who.CITIZEN | Who.REPORTER:
            return _("The citizen")
        case Who.CLOCK:
            return _("Automatically")
    return ""


PLAIN = {
    Happened.RECEIVED: gettext_lazy("Received"),
    Happened.IMPORTED: gettext_lazy("Taken over from another register"),
    Happened.TAKEN_IN_HAND: gettext_lazy("Taken in hand"),
    Happened.ASKED: gettext_lazy("A question was put to the citizen"),
    Happened.REPLIED: gettext_lazy("The citizen has answered the question"),
    Happened.WAITING: gettext_lazy("Something is missing before the work can be done"),
    Happened.REOPENED: gettext_lazy("Reopened"),
    Happened.WITHDRAWN: gettext_lazy("Withdrawn by the citizen"),
    Happened.NOTED: gettext_lazy("Internal note"),
    Happened.FOLLOWED: gettext_lazy("Somebody asked to follow it"),
    Happened.UPDATED: gettext_lazy("Somebody has written how it is now"),
    Happened.CONFIRMED: gettext_lazy("The citizen says that it is solved"),
    Happened.BLURRED: gettext_lazy("Parts of a photo were blurred for the public"),
    Happened.RECOMPUTED: gettext_lazy("Time limit computed anew: a holiday has changed"),
    Happened.REFERENCED: gettext_lazy("The administration’s own reference was noted"),
    Happened.LAPSED: gettext_lazy("The citizen has not answered for 30 days: the time limit runs again"),
    Happened.ERASED: gettext_lazy("What people told was erased"),
    Happened.LINK_RENEWED: gettext_lazy("A new link was sent to the administration"),
}


def sentence_of(event: Event, names: Names, count: int = 1) -> str:
    """What happened, without who and when; names are those of today."""
    if event.what in PLAIN:
        return str(PLAIN[Happened(event.what)])
    return str(_TOLD[Happened(event.what)](event.facts, names, count))


def _body(facts: dict[str, Any], names: Names, key: str) -> str:
    body = names.bodies.get(facts[key])
    return body.name if body else "—"


def _service(facts: dict[str, Any], names: Names, key: str) -> str:
    service = names.services.get(facts[key])
    return service.name if service else "—"


def _case(facts: dict[str, Any], names: Names, key: str) -> str:
    case = names.cases.get(facts[key])
    return case.shown_reference if case else "—"


def _assigned(facts: dict[str, Any], names: Names, _count: int) -> str:
    user = names.users.get(facts["user"] or 0)
    return _("Given to %(name)s") % {"name": user} if user else _("Given to nobody in particular")


def _called(facts: dict[str, Any], _names: Names, _count: int) -> str:
    if facts.get("follower"):
        return _("A follower was called") if facts["reached"] else _("A follower was called and not reached")
    return _("The citizen was called") if facts["reached"] else _("The citizen was called and not reached")


def _outcome(facts: dict[str, Any]) -> str:
    return str(Outcome(facts["outcome"]).label) if facts["outcome"] in Outcome.values else ""


def _shown(facts: dict[str, Any], _names: Names, _count: int) -> str:
    if facts.get("message"):
        return _("An update may be shown to the public")
    if facts.get("attachment"):
        return _("A photo may be shown to the public")
    return _("Words and photos may be shown to the public")


def _hidden(facts: dict[str, Any], _names: Names, _count: int) -> str:
    reason = {"reason": HideReason(facts["reason"]).label}
    if facts["message"]:
        return _("An update was hidden from the public: %(reason)s") % reason
    if facts["attachment"]:
        return _("A photo was hidden from the public: %(reason)s") % reason
    return _("Words and photos were hidden from the public: %(reason)s") % reason


_TOLD: dict[Happened, Any] = {
    Happened.SHOWN: _shown,
    Happened.HIDDEN: _hidden,
    Happened.RATED: lambda facts, names, count: (
        ngettext("The citizen gives %(count)d star of 5", "The citizen gives %(count)d stars of 5", facts["stars"])
        % {"count": facts["stars"]}
    ),
    Happened.PLANNED: lambda facts, names, count: (
        _("Planned for %(day)s") % {"day": day_in_words(date.fromisoformat(facts["day"]))}
    ),
    Happened.ANSWERED: lambda facts, names, count: _("Answered: %(outcome)s") % {"outcome": _outcome(facts)},
    Happened.CLOSED: lambda facts, names, count: _("Closed: %(outcome)s") % {"outcome": _outcome(facts)},
    Happened.TRANSFERRED: lambda facts, names, count: (
        _("Passed on from %(origin)s to %(target)s")
        % {"origin": _body(facts, names, "from_body"), "target": _body(facts, names, "to_body")}
    ),
    Happened.MERGED: lambda facts, names, count: _("Joined to %(case)s") % {"case": _case(facts, names, "into")},
    Happened.ABSORBED: lambda facts, names, count: (
        _("%(case)s was joined to this one; the earlier date counts") % {"case": _case(facts, names, "other")}
    ),
    Happened.SPLIT: lambda facts, names, count: (
        _("A second case was made of it: %(case)s") % {"case": _case(facts, names, "other")}
    ),
    Happened.SPLIT_OFF: lambda facts, names, count: (
        _("Made of %(case)s, with its date") % {"case": _case(facts, names, "other")}
    ),
    Happened.SERVICE_CHANGED: lambda facts, names, count: (
        _("Subject changed from “%(origin)s” to “%(target)s”")
        % {"origin": _service(facts, names, "from_service"), "target": _service(facts, names, "to_service")}
    ),
    Happened.ASSIGNED: _assigned,
    Happened.ATTACHED: lambda facts, names, count: _("A photo was added"),
    Happened.SUPPORTED: lambda facts, names, count: (
        ngettext("%(count)d person says “me too”", "%(count)d people say “me too”", count) % {"count": count}
    ),
    Happened.CALLED: _called,
    Happened.EXTENDED: lambda facts, names, count: (
        _("Time limit extended from %(old)d to %(new)d working days")
        % {"old": facts["days_from"], "new": facts["days_to"]}
    ),
    Happened.ALARMED: lambda facts, names, count: (
        _("%(level)d%% of the time limit has passed: %(body)s")
        % {"level": facts["level"], "body": _body(facts, names, "body")}
        if facts["body"]
        else _("%(level)d%% of the time limit has passed") % {"level": facts["level"]}
    ),
}
