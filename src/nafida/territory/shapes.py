"""Areas on the ground, held in memory: which of them covers a point? Knows no database."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

SQUARES = 128  # along the longer side of the ground
MARGIN = 1e-9  # degrees; more than the error of rounding a point into its square

type Touching = list[tuple[int, bool]]


class Shapes[T]:
    """Areas, each with what it means; `code` breaks the tie of two that are equally large.

    The ground is parted into squares. What a square touches is worked out from an STRtree when a point first falls into
    it, and ends with the first area that covers all of it: most points are then decided without geometry.
    """

    def __init__(self, drawn: Iterable[tuple[BaseGeometry, str, T]]) -> None:
        smallest_first = sorted(drawn, key=lambda each: (each[0].area, each[1]))
        self._shapes = [shape for shape, _, _ in smallest_first]
        self._meanings = [meaning for _, _, meaning in smallest_first]
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self._west, self._south, self._east, self._north = _bounds(self._shapes)
        self._step = max(self._east - self._west, self._north - self._south) / SQUARES or 1.0
        self._touching: dict[tuple[int, int], Touching] = {}

    def at(self, lon: float, lat: float) -> T | None:
        """What the smallest area that covers the point means; None where there is none."""
        if not (self._west <= lon <= self._east and self._south <= lat <= self._north):
            return None
        square = (int((lon - self._west) / self._step), int((lat - self._south) / self._step))
        touching = self._touching.get(square)
        if touching is None:
            touching = self._touching[square] = self._work_out(*square)
        for i, whole in touching:
            if whole or shapely.intersects_xy(self._shapes[i], lon, lat):
                return self._meanings[i]
        return None

    def all_at(self, lon: float, lat: float) -> list[T]:
        """What covers the point, smallest area first."""
        if not (self._west <= lon <= self._east and self._south <= lat <= self._north):
            return []
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return [self._meanings[i] for i in sorted(found.tolist())]

    def at_each(self, points: Iterable[tuple[float, float]]) -> list[T | None]:
        """As `at`, for many points, in their order."""
        at = self.at
        return [at(lon, lat) for lon, lat in points]

    def _work_out(self, x: int, y: int) -> Touching:
        """The areas that a square touches, smallest first, and whether each covers it all."""
        west, south = self._west + x * self._step, self._south + y * self._step
        square = shapely.box(west - MARGIN, south - MARGIN, west + self._step + MARGIN, south + self._step + MARGIN)
        touching: Touching = []
        for i in sorted(self._tree.query(square, predicate="intersects").tolist()):
            whole = bool(shapely.covers(self._shapes[i], square))
            touching.append((i, whole))
            if whole:
                break
        return touching


def _bounds(shapes: Sequence[BaseGeometry]) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(shapes).tolist() if shapes else (0.0, 0.0, 0.0, 0.0)
    return west, south, east, north


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
