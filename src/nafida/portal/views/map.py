"""The map of the province: its page, the land it lies on, the card of a report on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from nafida.cases.models import Case
from nafida.people.permissions import public
from nafida.portal.rows import rows_of
from nafida.portal.views.listing import list_page
from nafida.reports.publicity import public_pictures
from nafida.territory.ground import ground as land

BESIDE = 20
YEAR = 365 * 86400


@public
@require_safe
def province_map(request: HttpRequest) -> HttpResponse:
    """The public reports on the map and, beside it or instead of it, the newest of them as a list."""
    return list_page(request, "portal/map.html", most=BESIDE)


@public
@require_safe
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """What the map shows of one report that was tapped: a part of a page."""
    found = Case.objects.public().filter(reference=reference)
    case = found.select_related("service").first()
    if case is None:
        raise Http404
    picture = next(iter(public_pictures(case)), None)
    return render(request, "portal/map_card.html", {"row": rows_of(found)[0], "picture": picture})


@public
@require_safe
def ground(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The land as GeoJSON, kept for ever by its digest; an old address leads to the new one."""
    drawn = land()
    if digest != drawn.digest:
        response: HttpResponseBase = HttpResponseRedirect(reverse("ground", args=[drawn.digest]))
        response["Cache-Control"] = "no-store"
        return response
    packed = {"br": drawn.brotli, "gzip": drawn.gzip}
    taken = request.headers.get("Accept-Encoding", "")
    way = next((name for name in packed if name in taken), "")
    response = HttpResponse(packed.get(way, drawn.plain), content_type="application/geo+json")
    if way:
        response["Content-Encoding"] = way
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
