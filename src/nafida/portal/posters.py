"""Posters: whose they are, and the address behind their square code."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nafida.reports.begun import Begun, read_commune, read_place, read_point
from nafida.reports.filters import read_once
from nafida.territory.models import Area, AreaKind, Body

NAMES = ("commune", "body", "place", "lon", "lat")


@dataclass(frozen=True)
class Poster:
    """A sheet for a commune, an administration or a place in words; the point in WGS84 degrees may be missing."""

    commune: Area | None
    body: Body | None
    place: str = ""
    point: tuple[float, float] | None = None

    @property
    def address(self) -> str:
        """Where a report begins, with the place filled in; the phone's own language follows from there."""
        query = Begun(self.commune, self.place, self.point).query
        return f"{settings.SITE_URL}/report/" + (f"?{query}" if query else "")

    @property
    def short_address(self) -> str:
        """What one types who has no camera."""
        return settings.SITE_URL.partition("://")[2]

    @property
    def code(self) -> SafeString:
        """The address as a square code, an SVG picture; a quarter of it may be torn off."""
        drawn = segno.make(self.address, error="q", micro=False)
        return mark_safe(drawn.svg_inline(border=0, omitsize=True, svgclass="code", lineclass=None))


def read_poster(query: QueryDict) -> Poster:
    """The poster that the parameters ask for. Raises BadRequest with a sentence for whatever is wrong with them."""
    if not set(query) <= set(NAMES):
        raise BadRequest(_("One of these parameters is not known."))
    told = {name: read_once(query, name).strip() for name in NAMES}
    body, commune = _body(told["body"]), read_commune(told["commune"])
    if body and body.area and body.area.kind == AreaKind.COMMUNE:
        commune = commune or body.area
    return Poster(commune, body, read_place(told["place"]), read_point(told["lon"], told["lat"]))


def _body(code: str) -> Body | None:
    if not code:
        return None
    rows = Body.objects.competent().select_related("area").defer("area__boundary")
    found: Body | None = None if "\0" in code else rows.filter(code=code).first()
    if found is None:
        raise BadRequest(_("There is no such administration."))
    return found
