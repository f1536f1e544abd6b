"""Landmarks suggested while somebody types, as JSON: no session, no cookie, the same for everybody."""

from __future__ import annotations

import msgspec
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nafida.people.permissions import public
from nafida.reports.filters import read_once
from nafida.territory.landmarks import suggest
from nafida.territory.models import Area, Landmark

LONGEST = 100  # characters
FRESH = 300  # seconds


class Place(msgspec.Struct):
    """A landmark in the active language: `kind` is its code, `commune` its commune's code, WGS84 degrees."""

    name: str
    kind: str
    commune: str
    commune_name: str
    lon: float
    lat: float


@public
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """`?q=` and perhaps `commune=` (a code): {"places": [Place…]}, at most eight; 400 and {"error": sentence}."""
    try:
        found = suggest(*_asked(request.GET))
    except BadRequest as wrong:
        return _json({"error": str(wrong)}, status=400)
    response = _json({"places": [_place(row) for row in found]})
    response["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _asked(query: QueryDict) -> tuple[str, int | None]:
    if not set(query) <= {"q", "commune"}:
        raise BadRequest(_("One of these filters is not known."))
    text, code = read_once(query, "q"), read_once(query, "commune")
    if not text.strip() or len(text) > LONGEST:
        raise BadRequest(_("Say in q what you are looking for, in at most 100 characters."))
    if not code:
        return text, None
    key = None if "\0" in code else Area.objects.communes().filter(code=code).values_list("pk", flat=True).first()
    if key is None:
        raise BadRequest(_("There is no such commune."))
    return text, key


def _place(row: Landmark) -> Place:
    return Place(row.name, row.kind, row.area.code, row.area.name, round(row.lon, 6), round(row.lat, 6))


def _json(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(content), content_type="application/json", status=status)
