"""One page for whatever somebody looks for: a number, a subject, a place, an administration, a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nafida.cases.models import Case
from nafida.cases.reference import read_reference
from nafida.people.permissions import public
from nafida.portal.rows import rows_of
from nafida.reports.filters import read_once
from nafida.services.search import find_services
from nafida.territory.landmarks import suggest
from nafida.territory.search import find_bodies, find_communes

LONGEST = 100  # characters
PAGE = 20
FEW = 4


@dataclass(frozen=True)
class Asked:
    """What is looked for; `before` is the key of the last case of the page before."""

    text: str
    before: int | None = None


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` in services, communes, administrations, landmarks and public reports; a number goes to its report."""
    try:
        asked = _read(request.GET)
    except BadRequest as wrong:
        return render(request, "portal/search_refused.html", {"sentence": str(wrong)}, status=400)
    reference = read_reference(asked.text)
    if reference and Case.objects.public().filter(reference=reference).exists():
        return HttpResponseRedirect(reverse("portal:case", args=[reference]))
    page: dict[str, Any] = {"text": asked.text, "reference": reference, "first": asked.before is None}
    if asked.text:
        page |= _cases(asked)
        if asked.before is None:
            page |= _names(asked.text)
            page["nothing"] = not any(page[name] for name in ("services", "communes", "bodies", "landmarks", "cases"))
    return render(request, "portal/search.html", page)


def _read(query: QueryDict) -> Asked:
    text, before = read_once(query, "q").strip(), read_once(query, "before")
    if len(text) > LONGEST:
        raise BadRequest(_("Say it in a few words, in at most 100 characters."))
    if not before:
        return Asked(text)
    if not (before.isascii() and before.isdigit() and len(before) < 19):
        raise BadRequest(_("There is no such page of this list."))
    return Asked(text, int(before))


def _names(text: str) -> dict[str, Any]:
    return {
        "services": find_services(text, FEW),
        "communes": find_communes(text, FEW),
        "bodies": find_bodies(text, FEW),
        "landmarks": suggest(text, limit=FEW),
    }


def _cases(asked: Asked) -> dict[str, Any]:
    """The newest public cases that hold all the words, and the key by which the next page goes on."""
    found = Case.objects.matching(asked.text).worth_showing()
    if asked.before is not None:
        found = found.filter(pk__lt=asked.before)
    rows = rows_of(found.order_by("-pk")[: PAGE + 1])
    return {"cases": rows[:PAGE], "next": rows[PAGE - 1].pk if len(rows) > PAGE else None}
