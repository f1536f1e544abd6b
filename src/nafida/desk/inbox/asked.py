"""What the address of the list asks for: pile, filters, order, words; and the address of each neighbouring list."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nafida.cases.life import State
from nafida.cases.models import Channel
from nafida.cases.models.case import CaseQuerySet
from nafida.desk.inbox.options import options
from nafida.desk.inbox.paging import Order
from nafida.desk.inbox.piles import Pile
from nafida.people.models import User
from nafida.reports.filters import read_once
from nafida.ui.moments import day_in_words

NOBODY = "nobody"
FILTERS = ("service", "commune", "state", "channel", "from", "to", "body", "officer", "urgent")
LONGEST = 60


class Chip(NamedTuple):
    """A filter that holds, in words, and the list without it."""

    words: str
    url: str


@dataclass(frozen=True)
class Asked:
    """Everything the address says; empty strings for what it leaves open. `since` and `until` are local days."""

    pile: Pile = Pile.TODO
    order: Order = Order.DUE
    service: str = ""
    commune: str = ""
    state: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None
    body: str = ""
    officer: str = ""
    urgent: str = ""
    q: str = ""

    def url(self, **others: Any) -> str:
        """The address of this list, with these things said otherwise; from its first page unless `after` is told."""
        after = others.pop("after", "")
        there = replace(self, **others)
        said: dict[str, str] = {}
        for field in fields(there):
            value = getattr(there, field.name)
            if value and value != field.default:
                said[_IN_ADDRESS.get(field.name, field.name)] = str(value)
        if after:
            said["after"] = after
        return "?" + urlencode(said)

    @property
    def is_filtered(self) -> bool:
        plain = Asked(pile=self.pile, order=self.order, q=self.q)
        return self != plain


_IN_ADDRESS = {"since": "from", "until": "to"}


def read_asked(query: QueryDict) -> Asked:
    """Raises BadRequest with a sentence for whatever is wrong with the address."""
    one = {name: read_once(query, name) for name in ("pile", "order", "q", *FILTERS)}
    known = options()
    _among(one["service"], known.services, _("There is no such subject."))
    _among(one["commune"], known.communes, _("There is no such commune."))
    _among(one["body"], known.bodies, _("There is no such administration."))
    _among(one["state"], State.values, _("There is no such state."))
    _among(one["channel"], Channel.values, _("There is no such channel."))
    _among(one["urgent"], ("1",), _("Urgent cases are asked for by urgent=1."))
    _among(one["pile"], Pile.values, _("There is no such list."))
    _among(one["order"], Order.values, _("There is no such order."))
    officer = one["officer"]
    if officer and officer != NOBODY and not (officer.isascii() and officer.isdigit() and len(officer) < 18):
        raise BadRequest(_("There is no such officer."))
    since, until = _day(one["from"]), _day(one["to"])
    if since and until and until < since:
        raise BadRequest(_("The period ends before it begins."))
    words = one["q"].replace("\0", "").strip()[:LONGEST]
    pile = Pile(one["pile"] or (Pile.ALL if words else Pile.TODO))
    named = {name: one[name] for name in ("service", "commune", "state", "channel", "body", "urgent")}
    return Asked(pile, Order(one["order"] or Order.DUE), since=since, until=until, officer=officer, q=words, **named)


def _among(word: str, known: Any, sentence: str) -> None:
    if word and word not in known:
        raise BadRequest(sentence)


def _day(text: str) -> date | None:
    try:
        if text and not (text.isascii() and len(text) == 10):
            raise ValueError(text)
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise BadRequest(_("A day is written like 2026-11-22: year, month, day.")) from wrong


def filtered(cases: CaseQuerySet, asked: Asked) -> CaseQuerySet:
    """Those of `cases` that the filters let through."""
    known = options()
    wanted: dict[str, Any] = {}
    if asked.service:
        wanted["service"] = known.services[asked.service].pk
    if asked.commune:
        wanted["area"] = known.communes[asked.commune].pk
    if asked.body:
        wanted["body"] = known.bodies[asked.body].pk
    if asked.officer:
        wanted["officer"] = None if asked.officer == NOBODY else int(asked.officer)
    wanted |= {name: getattr(asked, name) for name in ("state", "channel") if getattr(asked, name)}
    if asked.urgent:
        wanted["urgent"] = True
    if asked.since:
        wanted["day__gte"] = asked.since
    if asked.until:
        wanted["day__lte"] = asked.until
    return cases.filter(**wanted)


def chips(asked: Asked, officers: list[User]) -> list[Chip]:
    """The filters that hold, each with the list that lets it go."""
    known = options()
    said: list[tuple[str, str]] = []
    if asked.service:
        said.append(("service", known.services[asked.service].name))
    if asked.commune:
        said.append(("commune", known.communes[asked.commune].name))
    if asked.body:
        said.append(("body", known.bodies[asked.body].name))
    if asked.state:
        said.append(("state", str(State(asked.state).label)))
    if asked.channel:
        said.append(("channel", str(Channel(asked.channel).label)))
    if asked.officer:
        names = {str(user.pk): str(user) for user in officers}
        said.append(
            ("officer", names.get(asked.officer, "—") if asked.officer != NOBODY else _("Nobody in particular"))
        )
    if asked.urgent:
        said.append(("urgent", _("Urgent")))
    found = [Chip(words, asked.url(**{name: ""})) for name, words in said]
    if asked.since:
        found.append(Chip(_("from %(day)s") % {"day": day_in_words(asked.since)}, asked.url(since=None)))
    if asked.until:
        found.append(Chip(_("until %(day)s") % {"day": day_in_words(asked.until)}, asked.url(until=None)))
    return found
