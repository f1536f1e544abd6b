"""Public cases as a list, with filters in the address, and the same as an Atom feed."""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nafida.cases.life import State
from nafida.cases.reference import show_reference
from nafida.people.permissions import public
from nafida.portal.listing import Asked, cases_of, page_of, read_asked
from nafida.portal.rows import rows_of
from nafida.reports.filters import NAMES as TILE_FILTERS
from nafida.services.models import Service
from nafida.services.shelves import public_shelves
from nafida.territory.communes import communes

FED = 30
FRESH = 300  # seconds that a feed may be kept
FILTERS = ("group", "service", "commune", "body", "state", "late", "from", "to")


@public
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """All public cases, newest first, fifty a page, as the filters in the address want them."""
    return list_page(request, "portal/cases.html")


def list_page(request: HttpRequest, template: str, *, most: int = 0) -> HttpResponse:
    """A page with the list that the filters in the address want, and all that choosing others needs."""
    try:
        asked = read_asked(request.GET)
    except BadRequest as wrong:
        return _refused(request, wrong)
    page, shelves = page_of(asked, most=most), public_shelves()
    context = {
        "page": page,
        "asked": asked,
        "chosen": not asked.is_empty,
        "shelves": shelves,
        "groups": [(shelf.code, shelf.name) for shelf in shelves],
        "communes": tuple((commune.code, commune.name) for commune in communes()),
        "states": State.choices,
        "first": address_of("portal:cases", request.GET) if asked.after else "",
        "next": address_of("portal:cases", request.GET, after=page.after) if page.after else "",
        "feed": address_of("portal:feed", request.GET),
        "feed_title": _title(asked),
        "on_map": address_of("portal:map", request.GET),
        "as_list": address_of("portal:cases", request.GET),
        "tiles_query": urlencode({name: request.GET[name] for name in TILE_FILTERS if request.GET.get(name)}),
    }
    return render(request, template, context)


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The newest thirty of such a list as Atom; what is in a row, no more."""
    try:
        asked = read_asked(request.GET)
    except BadRequest as wrong:
        return _refused(request, wrong)
    body = _atom(asked, address_of("portal:feed", request.GET), address_of("portal:cases", request.GET))
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FRESH}"
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _refused(request: HttpRequest, wrong: BadRequest) -> HttpResponse:
    return render(request, "portal/cases_refused.html", {"sentence": str(wrong)}, status=400)


def address_of(route: str, query: QueryDict, *, after: str = "") -> str:
    """The route's path with the filters that are set, in one order, and the key of a page."""
    path = reverse(route)
    kept = QueryDict(mutable=True)
    kept.update({name: str(query[name]) for name in FILTERS if query.get(name)})
    if after:
        kept["after"] = after
    return f"{path}?{kept.urlencode()}" if kept else path


def _title(asked: Asked) -> str:
    subject = Service.objects.filter(code=asked.filter.service).first() if asked.filter.service else None
    parts = [subject.name if subject else _("Reports"), asked.commune.name if asked.commune else ""]
    parts += [asked.filter.body.name] if asked.filter.body else []
    return " · ".join(part for part in parts if part)


def _atom(asked: Asked, here: str, page: str) -> bytes:
    atom = Atom1Feed(
        title=_title(asked),
        link=f"{settings.SITE_URL}{page}",
        description="",
        language=get_language(),
        feed_url=f"{settings.SITE_URL}{here}",
    )
    for row in rows_of(cases_of(asked)[:FED]):
        words = (State(row.state).label, show_reference(row.reference), row.place)
        atom.add_item(
            title=f"{row.title} · {row.area}",
            link=f"{settings.SITE_URL}{row.address}",
            description=" · ".join(str(word) for word in words if word),
            unique_id=f"{settings.SITE_URL}/cases/{row.reference}",
            pubdate=row.received_at,
            updateddate=row.touched_at,
        )
    return atom.writeString("utf-8").encode()
