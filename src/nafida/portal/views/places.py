"""A commune and an administration: how they answer, what was reported last, whom to call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nafida.cases.models import Case
from nafida.cases.models.case import CaseQuerySet
from nafida.people.permissions import public
from nafida.portal.figures import figures_of_body, figures_of_commune
from nafida.portal.rows import Row, rows_of
from nafida.services.models import Service
from nafida.territory.models import Area, AreaKind, Body
from nafida.territory.notices import notices
from nafida.territory.participation import absence

LATEST = 10
LOOKED_AT = 200  # newest reports whose services have feeds named on the page


@public
@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of a commune, whichever bodies answer them."""
    found = get_object_or_404(Area.objects.communes().defer("boundary"), code=code.replace("\0", ""))
    page = {
        "commune": found,
        "body": Body.objects.on(timezone.localdate()).commune_of(found),
        "notices": notices(timezone.localdate(), area_id=found.pk),
        "absent": absence(found.pk, timezone.localdate()),
        "figures": figures_of_commune(found, timezone.now()),
        "cases": _latest(Case.objects.filter(area=found)),
        "filter_query": urlencode({"commune": found.code}),
        "feeds": _fed(Case.objects.filter(area=found)),
    }
    return render(request, "portal/commune.html", page)


@public
@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """The cases that are with an administration."""
    rows = Body.objects.competent().select_related("area").defer("area__boundary")
    found = get_object_or_404(rows, code=code)
    page: dict[str, Any] = {
        "body": found,
        "figures": figures_of_body(found, timezone.now()),
        "cases": _latest(Case.objects.filter(body=found)),
        "filter_query": urlencode({"body": found.code}),
        "tiles_query": urlencode({"body": found.code}),
        "area": found.area.code if found.area and found.area.kind == AreaKind.COMMUNE else "",
    }
    return render(request, "portal/body.html", page)


def _latest(cases: CaseQuerySet) -> list[Row]:
    return rows_of(cases.public().worth_showing().order_by("-day", "-pk")[:LATEST])


def _fed(cases: CaseQuerySet) -> list[Service]:
    """The services whose newest reports these are: each has a feed of its own there."""
    lately = cases.public().worth_showing().order_by("-day", "-pk").values("service")[:LOOKED_AT]
    return list(Service.objects.filter(pk__in=[row["service"] for row in lately]).order_by("code"))
