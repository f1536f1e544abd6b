"""The first page of reporting: say it in a word, take what is reported most, or browse."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nafida.people.permissions import public
from nafida.reports.begun import read_begun
from nafida.reports.calls import emergency_numbers
from nafida.reports.filters import read_once
from nafida.reports.popular import most_reported
from nafida.search.text import words_of
from nafida.services.models import Service, ServiceGroup
from nafida.services.search import find_services
from nafida.ui.icons import ICONS

LONGEST = 100  # characters of a question
SIGNS = {
    "lighting": "lamp",
    "roads": "road",
    "waste": "bin",
    "water": "drop",
    "green": "tree",
    "hygiene": "bug",
    "order": "people",
    "buildings": "body",
    "coast": "wave",
}
"""Drawings of ui.icons for the groups that a catalogue usually has; any other gets the flag."""


def catalogue() -> list[Service]:
    """What can be reported, in order, each with `sign`: the drawing chosen for it, or that of its group."""
    services = list(Service.objects.active().of_kind("report").in_order().prefetch_related("group__only_in"))
    for service in services:
        chosen = service.icon if service.icon in ICONS else ""
        service.sign = chosen or SIGNS.get(service.group.code, "flag")  # type: ignore[attr-defined]
    return services


@public
@require_safe
@cache_control(private=True, max_age=300)
def start(request: HttpRequest) -> HttpResponse:
    """What can be reported: `?q=` in words, `?commune=`, `place`, `lon`, `lat` from a poster.

    The home page fetches it ahead, for who taps its first door: it stays good for five minutes.
    """
    try:
        text, begun = _asked(request), read_begun(request.GET)
    except BadRequest as wrong:
        return render(request, "reports/start_refused.html", {"sentence": str(wrong)}, status=400)
    services = catalogue()
    signs = {service.pk: service for service in services}
    page = {
        "text": text,
        "found": [signs[one.pk] for one in find_services(text) if one.pk in signs] if text else None,
        "popular": most_reported(services, begun.commune.pk if begun.commune else None),
        "begun": begun,
        "shelves": _shelves(services),
        "calls": emergency_numbers(),
    }
    return render(request, "reports/start.html", page)


@public
@require_safe
@cache_control(public=True, max_age=3600)
def subjects(request: HttpRequest) -> HttpResponse:
    """What the services are found by while somebody types: {code: words}, folded as search.text does."""
    words = {service.code: " ".join(_words(service)) for service in catalogue()}
    return HttpResponse(msgspec.json.encode(words), content_type="application/json")


def _asked(request: HttpRequest) -> str:
    text = read_once(request.GET, "q").strip()
    if len(text) > LONGEST:
        raise BadRequest(_("Say it in a few words, in at most 100 characters."))
    return text


def _shelves(services: Iterable[Service]) -> dict[ServiceGroup, list[Service]]:
    shelves: dict[ServiceGroup, list[Service]] = {}
    for service in services:
        shelves.setdefault(service.group, []).append(service)
    return shelves


def _words(service: Service) -> Iterable[str]:
    names = (getattr(service, f"name_{language}") for language in settings.MODELTRANSLATION_LANGUAGES)
    return dict.fromkeys(words_of(" ".join([*(name for name in names if name), service.words])))
