"""Areas as people bring them: GeoJSON out of a drawing program, read with suspicion and refused in words."""

import datetime as dt
import json
import re
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from .models import Area, Jurisdiction
from .shapes import shape_of

MOST_BYTES = 2_000_000
MOST_OUTSIDE = 0.5
"""Share of a drawn area that may lie outside the province: its border may have been drawn roughly."""
SLIVER = 0.001
"""Share of the smaller of two areas: less in common comes from drawing the same border twice."""
AREAS = ("Polygon", "MultiPolygon")
_SPOT = re.compile(r"\[(\S+) (\S+)\]")


def read_boundary(content: bytes | str) -> dict[str, Any]:
    """The one area in a GeoJSON text (RFC 7946: longitude first, WGS84 degrees), as Area.boundary holds it.

    Taken are a Polygon, a MultiPolygon, a Feature of one, or a FeatureCollection that holds one. Raises
    ValidationError with a sentence for whoever drew it.
    """
    geometry = _only_area(_parsed(content))
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException as wrong:
        raise ValidationError(
            _("The line of an area needs at least four points of two numbers each, the last being the first.")
        ) from wrong
    _check(shape)
    boundary: dict[str, Any] = json.loads(shapely.to_geojson(shapely.force_2d(shape)))
    return boundary


def check_in_province(boundary: dict[str, Any]) -> None:
    """Raise ValidationError, with a sentence, when an area does not lie in the province by and large."""
    shape, province = shape_of(boundary), _province()
    inside = shapely.intersection(shape, province).area / shape.area
    if inside == 0:
        raise ValidationError(
            _("This area lies outside the province. In GeoJSON the longitude comes first, then the latitude.")
        )
    if inside < 1 - MOST_OUTSIDE:
        raise ValidationError(_("Most of this area lies outside the province."))


def overlapping(jurisdiction: Jurisdiction) -> list[Jurisdiction]:
    """Those of other authorities that cover some of the same ground on some of the same days."""
    if jurisdiction.boundary is None:
        return []
    shape = shape_of(jurisdiction.boundary)
    others = Jurisdiction.objects.drawn().exclude(body=jurisdiction.body_id).select_related("body")
    return [other for other in others if _meet(jurisdiction, other) and _share_ground(shape, other)]


def _parsed(content: bytes | str) -> Any:
    if len(content) > MOST_BYTES:
        raise ValidationError(_("An area of more than 2 MB is too long: simplify its line in the drawing program."))
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as wrong:
        raise ValidationError(_("This is not GeoJSON: it cannot be read.")) from wrong


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _only_area(document: Any) -> dict[str, Any]:
    """Type and coordinates of the one area; whatever else stands there is left out."""
    found = [each for each in map(_geometry, _features(document)) if each.get("type") in AREAS]
    if not found:
        raise ValidationError(_("There is no area in it: a Polygon or a MultiPolygon is needed."))
    if len(found) > 1:
        raise ValidationError(_("There is more than one area in it. Bring one, or join them to a MultiPolygon."))
    return {"type": found[0]["type"], "coordinates": found[0].get("coordinates")}


def _features(document: Any) -> list[Any]:
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        features = document.get("features")
        return features if isinstance(features, list) else []
    return [document]


def _geometry(each: Any) -> dict[str, Any]:
    geometry = each.get("geometry") if isinstance(each, dict) and each.get("type") == "Feature" else each
    return geometry if isinstance(geometry, dict) else {}


def _check(shape: BaseGeometry) -> None:
    if shapely.convex_hull(shape).area == 0:
        raise ValidationError(_("The line of this area encloses no ground."))
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise ValidationError(
            _("These are not longitudes and latitudes in degrees. Save the area in WGS84 (EPSG:4326).")
        )
    if not shape.is_valid:
        spot = _SPOT.search(shapely.is_valid_reason(shape))
        # Kept apart from the direction of Arabic, which would put the sign behind the number.
        lon, lat = (f"\u2066{round(float(each), 5)}\u2069" for each in spot.groups()) if spot else ("?", "?")
        raise ValidationError(
            _("The line of this area crosses or touches itself near longitude %(lon)s, latitude %(lat)s.")
            % {"lon": lon, "lat": lat}
        )


def _province() -> BaseGeometry:
    """Where the province lies; its communes together where it has no boundary of its own."""
    boundary = Area.objects.province().boundary
    if boundary is not None:
        return shape_of(boundary)
    return shapely.union_all([shape_of(area.boundary) for area in Area.objects.communes().drawn() if area.boundary])


def _meet(one: Jurisdiction, other: Jurisdiction) -> bool:
    (start, end), (others_start, others_end) = _days(one), _days(other)
    return max(start, others_start) <= min(end, others_end)


def _days(row: Jurisdiction) -> tuple[dt.date, dt.date]:
    """First and last day on which an area counts: its own, within those of its authority."""
    starts = [day for day in (row.valid_from, row.body.valid_from) if day]
    ends = [day for day in (row.valid_to, row.body.valid_to) if day]
    return max(starts, default=dt.date.min), min(ends, default=dt.date.max)


def _share_ground(shape: BaseGeometry, other: Jurisdiction) -> bool:
    others = shape_of(other.boundary or {})
    return bool(shapely.intersection(shape, others).area > SLIVER * min(shape.area, others.area))
