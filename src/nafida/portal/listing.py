"""The public cases as a list: filtered by the address, newest first, in pages by key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from nafida.cases.models import Case
from nafida.cases.models.case import CaseQuerySet
from nafida.portal.rows import Row, rows_of
from nafida.reports.filters import Catalogue, Filter, read_filter, read_once
from nafida.territory.models import Area

PAGE = 50
_KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})~([0-9]{1,18})")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `after` is the day and the key of the last case of the page before."""

    filter: Filter
    commune: Area | None = None
    after: tuple[date, int] | None = None

    @property
    def is_empty(self) -> bool:
        return self.filter.is_empty and self.commune is None


@dataclass(frozen=True)
class Page:
    """Cases, and the key of the page after."""

    cases: list[Row]
    after: str = ""


def read_asked(query: QueryDict) -> Asked:
    """What the parameters of a list ask for. Raises BadRequest with a sentence for whatever is wrong with them."""
    wanted = read_filter(query, Catalogue.load())
    return Asked(wanted, _commune(read_once(query, "commune")), _after(read_once(query, "after")))


def _commune(code: str) -> Area | None:
    if not code:
        return None
    commune: Area | None = None if "\0" in code else Area.objects.communes().defer("boundary").filter(code=code).first()
    if commune is None:
        raise BadRequest(_("There is no such commune."))
    return commune


def _after(text: str) -> tuple[date, int] | None:
    if not text:
        return None
    try:
        found = _KEY.fullmatch(text)
        if not found:
            raise ValueError(text)
        return date.fromisoformat(found[1]), int(found[2])
    except ValueError as wrong:
        raise BadRequest(_("There is no such page of this list.")) from wrong


def cases_of(asked: Asked) -> CaseQuerySet:
    """The public cases asked for, newest first."""
    wanted = asked.filter
    cases = Case.objects.public().worth_showing()
    if not wanted.takes_all_services:
        cases = cases.filter(service__in=wanted.services)
    told = {
        "state": wanted.state,
        "day__gte": wanted.since,
        "day__lte": wanted.until,
        "area": asked.commune,
        "body": wanted.body,
    }
    cases = cases.filter(**{name: value for name, value in told.items() if value})
    if wanted.late:
        cases = cases.overdue()
    if asked.after:
        day, key = asked.after
        cases = cases.filter(day__lte=day).filter(Q(day__lt=day) | Q(pk__lt=key))
    return cases.order_by("-day", "-pk")


def page_of(asked: Asked, *, most: int = 0) -> Page:
    """One page of the list, however deep, in two statements; of fifty cases unless `most` says otherwise."""
    most = most or PAGE
    found = rows_of(cases_of(asked)[: most + 1])
    last = found[most - 1] if len(found) > most else None
    return Page(found[:most], f"{last.day}~{last.pk}" if last else "")
