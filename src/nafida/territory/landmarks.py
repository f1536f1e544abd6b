"""Places in words: what people name, suggested while they type, and any point said by what lies near it.

Landmarks are kept in each process until one changes, see fresh.Fresh.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nafida.search.shelf import Shelf

from .fresh import Fresh, forget
from .locate import locate
from .models import Area, AreaKind, Landmark, LandmarkKind
from .place import check_position
from .shapes import shape_of

NEAR = 600  # metres within which a place is "near" a landmark
FAR = 8_000  # metres beyond which a bearing to a landmark says nothing
DEGREE = 111_320  # metres of latitude
SQUARE = 0.01  # degrees; a side of the squares that landmarks are looked up by
_NAMED = frozenset({LandmarkKind.DOUAR, LandmarkKind.QUARTER, LandmarkKind.SOUK, LandmarkKind.STATION})

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Near:
    """A landmark, and how far away it is in metres."""

    landmark: Landmark
    metres: float


@dataclass(frozen=True, slots=True)
class _Landmarks:
    """All of them, by square of the ground and on the shelves they are searched on."""

    squares: dict[tuple[int, int], list[Landmark]]
    shelf: Shelf[Landmark]
    by_commune: dict[int, Shelf[Landmark]]


@dataclass(frozen=True, slots=True)
class _Communes:
    """Communes by key, and a point inside each built-up centre and inside each commune that has none."""

    by_key: dict[int, Area]
    middles: list[tuple[Point, Area]]


def _read_landmarks() -> _Landmarks:
    rows = list(Landmark.objects.kept().select_related("area").defer("area__boundary").order_by("pk"))
    squares: defaultdict[tuple[int, int], list[Landmark]] = defaultdict(list)
    by_commune: defaultdict[int, list[Landmark]] = defaultdict(list)
    for row in rows:
        squares[_square(row.lon, row.lat)].append(row)
        by_commune[row.area_id].append(row)
    return _Landmarks(dict(squares), _shelf(rows), {key: _shelf(some) for key, some in by_commune.items()})


def _shelf(rows: list[Landmark]) -> Shelf[Landmark]:
    return Shelf((row, [(name, 1.0) for name in _names(row)]) for row in rows)


def _names(row: Landmark) -> list[str]:
    return [name for name in (row.name_ar, row.name_fr, row.name_en, row.name_zgh) if name]


def _read_communes() -> _Communes:
    drawn = list(Area.objects.drawn().filter(kind__in=[AreaKind.COMMUNE, AreaKind.CENTRE]))
    with_centre = {area.parent_id for area in drawn if area.kind == AreaKind.CENTRE}
    middles = []
    for area in drawn:
        if area.kind == AreaKind.CENTRE or area.pk not in with_centre:
            spot = shape_of(area.boundary or {}).representative_point()
            middles.append(((spot.x, spot.y), area))
        area.boundary = None  # long, and wanted no more
    return _Communes({area.pk: area for area in drawn}, middles)


_landmarks = Fresh("landmarks", _read_landmarks)
_communes = Fresh("places", _read_communes)


def suggest(text: str, area: int | None = None, near: Point | None = None, limit: int = 8) -> list[Landmark]:
    """The landmarks that `text` may mean, best first, the last word perhaps unfinished.

    `area` is the key of a commune to keep to; of those found, the nearest to `near` (lon, lat) come first.
    """
    known = _landmarks.get()
    shelf = known.shelf if area is None else known.by_commune.get(area)
    if shelf is None:
        return []
    if near is None:
        return shelf.find(text, limit)
    found = shelf.find(text, limit * 5)
    return sorted(found, key=lambda row: metres_between(near, (row.lon, row.lat)))[:limit]


def nearest(lon: float, lat: float, within: float = NEAR) -> Near | None:
    """The nearest landmark within so many metres. Raises ValueError if it is no position."""
    check_position(lon, lat)
    return min(_around(lon, lat, within), key=lambda near: near.metres, default=None)


def said(lon: float, lat: float) -> str:
    """Where a position (WGS84 degrees) is, in words of the active language; never empty.

    Near a landmark: "near the mosque An-Nour, Aklim"; else by distance and bearing from a hamlet, a quarter or the
    middle of a town. Raises ValueError if it is no position.
    """
    found = locate(lon, lat)
    if found is None:
        return _("Outside the territory of this window")
    communes = _communes.get()
    commune = communes.by_key[found.commune].name
    near = nearest(lon, lat)
    if near is not None:
        return _("near %(place)s, %(commune)s") % {"place": near.landmark.name, "commune": commune}
    named = [near for near in _around(lon, lat, FAR) if near.landmark.kind in _NAMED]
    choices = [(near.metres, (near.landmark.lon, near.landmark.lat), near.landmark.name) for near in named]
    choices += [(metres_between((lon, lat), middle), middle, area.name) for middle, area in communes.middles]
    if not choices:
        return commune
    metres, origin, name = min(choices, key=lambda choice: choice[0])
    return _bearing(origin, (lon, lat)) % {"commune": commune, "distance": in_words(metres), "place": name}


def in_words(metres: float) -> str:
    """A distance as one says it: to 50 m below a kilometre, to 100 m above."""
    if metres < 975:
        return _("%(number)s m") % {"number": max(50, round(metres / 50) * 50)}
    kilometres = round(metres / 1000, 1)
    return _("%(number)s km") % {"number": number_format(kilometres, 0 if kilometres.is_integer() else 1)}


def metres_between(one: Point, other: Point) -> float:
    """The distance of two points (lon, lat) near each other: flat, wrong by less than 1 % within a province."""
    east = (other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, other[1] - one[1]) * DEGREE


def forget_landmarks() -> None:
    """Look at once, in this process, whether landmarks have changed."""
    forget("landmarks")


def _around(lon: float, lat: float, within: float) -> list[Near]:
    squares = _landmarks.get().squares
    tall = math.ceil(within / DEGREE / SQUARE)
    wide = math.ceil(within / (DEGREE * math.cos(math.radians(lat))) / SQUARE)
    x, y = _square(lon, lat)
    found = []
    for column in range(x - wide, x + wide + 1):
        for line in range(y - tall, y + tall + 1):
            for row in squares.get((column, line), ()):
                metres = metres_between((lon, lat), (row.lon, row.lat))
                if metres <= within:
                    found.append(Near(row, metres))
    return found


def _square(lon: float, lat: float) -> tuple[int, int]:
    return math.floor(lon / SQUARE), math.floor(lat / SQUARE)


def _bearing(origin: Point, point: Point) -> str:
    """The sentence for the direction in which `point` lies from `origin`."""
    sentences = (
        _("%(commune)s, %(distance)s east of %(place)s"),
        _("%(commune)s, %(distance)s north-east of %(place)s"),
        _("%(commune)s, %(distance)s north of %(place)s"),
        _("%(commune)s, %(distance)s north-west of %(place)s"),
        _("%(commune)s, %(distance)s west of %(place)s"),
        _("%(commune)s, %(distance)s south-west of %(place)s"),
        _("%(commune)s, %(distance)s south of %(place)s"),
        _("%(commune)s, %(distance)s south-east of %(place)s"),
    )
    east = (point[0] - origin[0]) * math.cos(math.radians(origin[1]))
    return sentences[round(math.degrees(math.atan2(point[1] - origin[1], east)) / 45) % 8]
