"""The land as maps draw it: outlines of the communes, simplified together, and where their names stand."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import brotli
import shapely
from shapely.geometry.base import BaseGeometry

from .fresh import Fresh
from .models import Area
from .shapes import shape_of

LANGUAGES = ("ar", "fr", "en")
TOLERANCE = 0.0002  # degrees, the side of the smallest triangle that is kept: some 20 m
DIGITS = 4  # of a degree: 11 m


@dataclass(frozen=True)
class Ground:
    """The land as JSON bytes, plain and packed, and the digest that its address carries.

    `bounds` are west, south, east, north in WGS84 degrees; None before any boundary is known.
    """

    digest: str
    bounds: tuple[float, float, float, float] | None
    plain: bytes
    brotli: bytes
    gzip: bytes


def _build() -> Ground:
    areas = list(Area.objects.communes().drawn().order_by("code"))
    shapes = apart([shape_of(area.boundary or {}) for area in areas])
    drawn = {
        "type": "FeatureCollection",
        "features": [_feature(area, shape) for area, shape in zip(areas, shapes, strict=True)],
    }
    plain = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()
    west, south, east, north = (round(side, DIGITS) for side in shapely.total_bounds(shapes).tolist() or [0.0] * 4)
    return Ground(
        digest=hashlib.sha256(plain).hexdigest()[:16],
        bounds=(west, south, east, north) if areas else None,
        plain=plain,
        brotli=brotli.compress(plain, mode=brotli.MODE_TEXT, quality=11),
        gzip=gzip.compress(plain, mtime=0),
    )


_ground = Fresh("places", _build)


def ground() -> Ground:
    """The land of the installed province, kept until a boundary or a name changes."""
    return _ground.get()


def forget_ground() -> None:
    """Look at the tables again at the next call."""
    _ground.forget()


def apart(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes without what a smaller one covers, simplified so that neighbours still meet."""
    smallest_first = sorted(range(len(shapes)), key=lambda i: shapes[i].area)
    own: dict[int, BaseGeometry] = {}
    taken: BaseGeometry = shapely.Polygon()
    for i in smallest_first:
        own[i] = shapes[i].difference(taken)
        taken = taken.union(shapes[i])
    if not own:
        return []
    return list(shapely.coverage_simplify([own[i] for i in range(len(shapes))], TOLERANCE))


def _feature(area: Area, shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON; `at` is where the name stands, well inside; `people` says whose name goes first where room is short."""
    circle = shapely.maximum_inscribed_circle(cast(shapely.Polygon | shapely.MultiPolygon, shape), tolerance=0.001)
    middle = shapely.Point(circle.coords[0])
    return {
        "type": "Feature",
        "id": area.code,
        "properties": {
            **{language: getattr(area, f"name_{language}") or area.name for language in LANGUAGES},
            "at": [round(middle.x, DIGITS), round(middle.y, DIGITS)],
            "people": area.population or 0,
        },
        "geometry": _rounded(json.loads(shapely.to_geojson(shape))),
    }


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _shorter(geometry["coordinates"])}


def _shorter(numbers: Any) -> Any:
    if isinstance(numbers[0], float):
        return [round(number, DIGITS) for number in numbers]
    return [_shorter(one) for one in numbers]
