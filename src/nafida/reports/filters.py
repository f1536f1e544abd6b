"""Which public cases somebody wants to see: the parameters that map, list and feed share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from nafida.cases.life import State
from nafida.services.models import Publicity, Service
from nafida.territory.models import Body

NAMES = ("service", "group", "state", "late", "body", "from", "to")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Subject(NamedTuple):
    """What the filters know of a service."""

    pk: int
    code: str
    group: str
    publicity: str


@dataclass(frozen=True)
class Catalogue:
    """All services, those of the past too: their cases stay."""

    subjects: tuple[Subject, ...]

    @classmethod
    def load(cls) -> Catalogue:
        """One statement."""
        rows = Service.objects.order_by("pk").values_list("pk", "code", "group__code", "publicity")
        return cls(tuple(Subject(*row) for row in rows))

    def keys(self, *publicity: Publicity) -> frozenset[int]:
        return frozenset(subject.pk for subject in self.subjects if subject.publicity in publicity)


@dataclass(frozen=True)
class Filter:
    """What was asked for; `services` are the keys of those whose cases may be seen and are wanted.

    `body` is the administration that a case is with.
    """

    catalogue: Catalogue
    services: frozenset[int]
    service: str = ""
    group: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    body: Body | None = None
    late: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.service or self.group or self.state or self.since or self.until or self.body or self.late)

    @property
    def takes_all_services(self) -> bool:
        return not (self.service or self.group)


def read_once(query: QueryDict, name: str) -> str:
    """The value of a parameter, "" without. Raises BadRequest with a sentence when it is given twice."""
    values = query.getlist(name)
    if len(values) > 1:
        raise BadRequest(_("Each filter can be given only once."))
    return values[0] if values else ""


def read_filter(query: QueryDict, catalogue: Catalogue, *, strict: bool = False) -> Filter:
    """The filter that the parameters ask for; an empty one asks for nothing.

    Raises BadRequest with a sentence for whatever is wrong with them, and when `strict` for those it does not know.
    """
    if strict and not set(query) <= set(NAMES):
        raise BadRequest(_("One of these filters is not known."))
    service, group, state = (read_once(query, name) for name in ("service", "group", "state"))
    seen = [subject for subject in catalogue.subjects if subject.publicity != Publicity.PRIVATE]
    if service and service not in {subject.code for subject in seen}:
        raise BadRequest(_("No public reports have this subject."))
    if group and group not in {subject.group for subject in seen}:
        raise BadRequest(_("No public reports have a subject of this kind."))
    if state and state not in State.values:
        raise BadRequest(_("There is no such state."))
    since, until = _day(read_once(query, "from")), _day(read_once(query, "to"))
    if since and until and until < since:
        raise BadRequest(_("The period ends before it begins."))
    body = _body(read_once(query, "body"))
    late = read_once(query, "late")
    if late not in ("", "1"):
        raise BadRequest(_("Late reports are asked for by late=1."))
    wanted = (one.pk for one in seen if service in ("", one.code) and group in ("", one.group))
    return Filter(catalogue, frozenset(wanted), service, group, state, since, until, body, bool(late))


def _body(code: str) -> Body | None:
    if not code:
        return None
    body: Body | None = None if "\0" in code else Body.objects.competent().filter(code=code).first()
    if body is None:
        raise BadRequest(_("There is no such administration."))
    return body


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadRequest(_("A day is written like 2026-11-22: year, month, day.")) from wrong
