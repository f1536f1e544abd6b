"""Places inside the communes of the installed province, drawn by chance, where people live rather than anywhere."""

from __future__ import annotations

from random import Random

import shapely
from shapely.geometry.base import BaseGeometry

from nafida.territory.locate import locate
from nafida.territory.models import Area, AreaKind
from nafida.territory.shapes import shape_of

# Of the points of a commune: how many lie in its built-up centre, and how near to its middle the others keep.
IN_CENTRE = 0.6
SPREAD = 0.18
TRIES = 500


class Spots:
    """Draws points (longitude, latitude in WGS84 degrees) in communes."""

    def __init__(self) -> None:
        drawn = Area.objects.drawn().filter(kind__in=[AreaKind.COMMUNE, AreaKind.CENTRE]).order_by("code")
        self.communes: list[Area] = []
        self._shapes: dict[int, BaseGeometry] = {}
        self._centres: dict[int, list[BaseGeometry]] = {}
        for area in drawn:
            shape = shape_of(area.boundary or {})
            if area.kind == AreaKind.COMMUNE:
                self.communes.append(area)
                self._shapes[area.pk] = shape
            elif area.parent_id is not None:
                self._centres.setdefault(area.parent_id, []).append(shape)

    def draw(self, commune: Area, rng: Random) -> tuple[float, float]:
        """A point that the installation itself finds in `commune`. Raises ValueError when it finds none."""
        for _try in range(TRIES):
            centres = self._centres.get(commune.pk, [])
            inside = rng.choice(centres) if centres and rng.random() < IN_CENTRE else self._shapes[commune.pk]
            lon, lat = _around_the_middle(inside, rng)
            if self._is_in(commune, lon, lat):
                return lon, lat
        raise ValueError(f"No point was found in {commune}.")

    def beside(self, commune: Area, point: tuple[float, float], rng: Random) -> tuple[float, float]:
        """A point a few metres from another one of the same commune."""
        lon, lat = (round(degrees + rng.uniform(-0.0002, 0.0002), 6) for degrees in point)
        return (lon, lat) if self._is_in(commune, lon, lat) else point

    def _is_in(self, commune: Area, lon: float, lat: float) -> bool:
        found = locate(lon, lat)
        return found is not None and found.commune == commune.pk


def _around_the_middle(shape: BaseGeometry, rng: Random) -> tuple[float, float]:
    middle = shapely.point_on_surface(shape)
    west, south, east, north = shape.bounds
    lon = rng.gauss(middle.x, SPREAD * (east - west))
    lat = rng.gauss(middle.y, SPREAD * (north - south))
    return round(lon, 6), round(lat, 6)
