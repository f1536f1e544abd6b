"""Which commune is this, and which local authority? Answered from memory, exactly, the smallest area first.

Boundaries sit in one shapely STRtree in each process, made again when they change (at most `fresh.CHECK_EVERY` seconds
later). A point on a border belongs to the smallest area that covers it; of two equal ones, to the lower code.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .fresh import Fresh, forget
from .models import Area, AreaKind, Jurisdiction
from .place import check_position
from .shapes import Shapes, shape_of


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


def _build_places() -> Shapes[Located]:
    areas = Area.objects.drawn().filter(kind__in=[AreaKind.COMMUNE, AreaKind.CENTRE]).select_related("parent")
    return Shapes((shape_of(area.boundary), area.code, _meaning(area)) for area in areas if area.boundary)


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
            (
                row.body.pk,
                Period(row.valid_from, row.valid_to),
                Period(row.body.valid_from, row.body.valid_to),
            ),
        )
        for row in rows
        if row.boundary
    )


_places = Fresh("places", _build_places)
_authorities = Fresh("places", _build_authorities)


def locate(lon: float, lat: float) -> Located | None:
    """The commune at a position in WGS84 degrees; None outside the province. ValueError if it is no position."""
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
    """Look at once, in this process, whether boundaries, bodies or who answers for what have changed."""
    forget("places")
