"""Posters to print: choose whose, then the sheet."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nafida.people.permissions import public
from nafida.portal.posters import read_poster
from nafida.reports.begun import LONGEST
from nafida.reports.calls import emergency_numbers
from nafida.territory.models import Area, Body, Landmark

MOST_LANDMARKS = 300


@public
@require_safe
def posters(request: HttpRequest) -> HttpResponse:
    """What can be printed: for the province, a commune, an administration, a place; the known places of a commune."""
    try:
        chosen = read_poster(request.GET)
    except BadRequest as wrong:
        return _refused(request, wrong)
    page = {
        "chosen": chosen,
        "communes": Area.objects.communes().defer("boundary").order_by("name", "code"),
        "bodies": Body.objects.on(timezone.localdate()).competent().order_by("name", "code"),
        "landmarks": Landmark.objects.kept().filter(area=chosen.commune)[:MOST_LANDMARKS] if chosen.commune else [],
        "longest": LONGEST,
    }
    return render(request, "portal/posters.html", page)


@public
@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """One sheet of A4, in both languages."""
    try:
        chosen = read_poster(request.GET)
    except BadRequest as wrong:
        return _refused(request, wrong)
    return render(request, "portal/poster.html", {"poster": chosen, "calls": emergency_numbers()})


def _refused(request: HttpRequest, wrong: BadRequest) -> HttpResponse:
    return render(request, "portal/cases_refused.html", {"sentence": str(wrong)}, status=400)
