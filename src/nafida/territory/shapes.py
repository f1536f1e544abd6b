"""Areas on the ground, held in memory: which of them covers a point? Knows no database."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry


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
