"""A small drawing of the province and of the areas its local authorities have on a day, as paths of SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from nafida.territory.fresh import Fresh
from nafida.territory.models import Area, Body, Jurisdiction
from nafida.territory.shapes import shape_of

WIDTH = 600.0
MARGIN = 4.0


@dataclass(frozen=True)
class Sketch:
    """The viewBox of an <svg>, the path of the communes, and one path for each drawn area."""

    box: str
    communes: str
    areas: list[str]


@dataclass(frozen=True)
class _Drawn:
    box: str
    communes: str
    areas: dict[int, str]
    """By the key of the jurisdiction."""


def sketch(day: date) -> Sketch | None:
    """What is drawn on `day`; None while nothing is."""
    rows = Jurisdiction.objects.drawn().on(day).filter(body__in=Body.objects.on(day))
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return None
    drawn = _drawn.get()
    return Sketch(drawn.box, drawn.communes, [drawn.areas[key] for key in keys if key in drawn.areas])


def _draw() -> _Drawn:
    communes = [shape_of(area.boundary) for area in Area.objects.communes().drawn() if area.boundary]
    rows = {row.pk: shape_of(row.boundary) for row in Jurisdiction.objects.drawn() if row.boundary}
    west, south, east, north = shapely.total_bounds(communes or list(rows.values())).tolist()
    narrow = math.cos(math.radians((south + north) / 2))  # a degree of longitude, in degrees of latitude
    scale = WIDTH / ((east - west) * narrow)

    def path(shape: BaseGeometry) -> str:
        flat = shapely.transform(shape, lambda at: (at - (west, north)) * (narrow * scale, -scale))
        return " ".join(_rings(shapely.simplify(flat, 0.5)))

    size = (-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, (north - south) * scale + 2 * MARGIN)
    box = " ".join(f"{number:.0f}" for number in size)
    return _Drawn(box, " ".join(map(path, communes)), {key: path(shape) for key, shape in rows.items()})


def _rings(shape: BaseGeometry) -> Iterator[str]:
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1])
            yield f"M{points}Z"


_drawn = Fresh("places", _draw)
