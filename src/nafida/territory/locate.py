"""Which commune is this, and which local authority? Answered from memory, exactly, the smallest area first.

Boundaries sit in one shapely STRtree in each process, made again when they change (at most `fresh.CHECK_EVERY` seconds
later). A point on a border belongs to the smallest area that covers it; of two equal ones, to the lower code.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from .fresh import Fresh
from .models import Area, AreaKind, Jurisdiction
from .place import check_position


@dataclass(frozen=True, slots=True)
class Located:
    """The commune of a point (primary key and code), and the built-up centre within it if the point lies in one."""

    commune: int
    code: str
    centre: int | None = None
    centre_code: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None is open."""

    start: dt.date | None
    end: dt.date | None

    def holds(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Shapes[T]:
    """Areas on the ground, each with what it means; `code` breaks the tie of two that are equally large."""

    def __init__(self, drawn: Iterable[tuple[BaseGeometry, str, T]]) -> None:
        smallest_first = sorted(drawn, key=lambda each: (each[0].area, each[1]))
        self._shapes = [shape for shape, _, _ in smallest_first]
        self._meanings = [meaning for _, _, meaning in smallest_first]
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def all_at(self, lon: float, lat: float) -> list[T]:
        """What covers the point, smallest area first."""
        return [self._meanings[i] for i in self._near(lon, lat) if self._covers(i, lon, lat)]

    def at(self, lon: float, lat: float) -> T | None:
        """What the smallest area that covers the point means."""
        for i in self._near(lon, lat):
            if self._covers(i, lon, lat):
                return self._meanings[i]
        return None

    def at_each(self, points: Sequence[tuple[float, float]]) -> list[T | None]:
        """As `at`, for many points in one pass."""
        smallest: dict[int, int] = {}
        for point, area in zip(*self._tree.query(shapely.points(points), predicate="intersects").tolist(), strict=True):
            smallest[point] = min(area, smallest.get(point, area))
        return [self._meanings[smallest[i]] if i in smallest else None for i in range(len(points))]

    def _near(self, lon: float, lat: float) -> list[int]:
        return sorted(self._tree.query(shapely.Point(lon, lat)).tolist())

    def _covers(self, i: int, lon: float, lat: float) -> bool:
        return bool(shapely.intersects_xy(self._shapes[i], lon, lat))


def shape_of(boundary: dict[str, Any]) -> BaseGeometry:
    """The shape of a GeoJSON Polygon or MultiPolygon. ValueError if it is no valid one."""
    try:
        shape = shapely.from_geojson(json.dumps(boundary))
    except shapely.GEOSException as wrong:
        raise ValueError(f"Not a boundary: {wrong}") from wrong
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"A boundary is a Polygon or a MultiPolygon, not a {shape.geom_type}.")
    if shape.is_empty or not shape.is_valid:
        raise ValueError(f"Not a valid boundary: {shapely.is_valid_reason(shape)}.")
    return shape


def _build_places() -> Shapes[Located]:
    areas = Area.objects.drawn().filter(kind__in=[AreaKind.COMMUNE, AreaKind.CENTRE]).select_related("parent")
    return Shapes((shape_of(area.boundary), area.code, _meaning(area)) for area in areas)


def _meaning(area: Area) -> Located:
    if area.kind == AreaKind.CENTRE and area.parent is not None:
        return Located(area.parent.pk, area.parent.code, area.pk, area.code)
    return Located(area.pk, area.code)


def _build_authorities() -> Shapes[tuple[int, Period, Period]]:
    rows = Jurisdiction.objects.drawn().select_related("body")
    return Shapes(
        (
            shape_of(row.boundary),
            row.body.code,
            (row.body.pk, Period(row.valid_from, row.valid_to), Period(row.body.valid_from, row.body.valid_to)),
        )
        for row in rows
    )


_places = Fresh("places", _build_places)
_authorities = Fresh("places", _build_authorities)


def locate(lon: float, lat: float) -> Located | None:
    """The commune at a position in WGS84 degrees; None outside the installed province. ValueError if it is no position."""
    check_position(lon, lat)
    return _places.get().at(lon, lat)


def locate_many(points: Sequence[tuple[float, float]]) -> list[Located | None]:
    """As `locate`, for (longitude, latitude) pairs, in their order."""
    for lon, lat in points:
        check_position(lon, lat)
    return _places.get().at_each(points) if points else []


def locate_authority(lon: float, lat: float, on: dt.date) -> int | None:
    """The primary key of the local authority drawn at a position on that day; None where none is drawn."""
    check_position(lon, lat)
    for body, jurisdiction, existence in _authorities.get().all_at(lon, lat):
        if jurisdiction.holds(on) and existence.holds(on):
            return body
    return None


def forget_places() -> None:
    """Look at once, in this process, whether boundaries have changed."""
    _places.forget()
    _authorities.forget()
