"""Open cases of the same service near a place, as far as everybody may know where they are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

from nafida.cases.models import Attachment, Case
from nafida.reports.publicity import PublicFace, public_face, square_bits
from nafida.services.models import Publicity, Service
from nafida.territory.landmarks import metres_between
from nafida.territory.place import BITS, cell_of, tile_range

RADIUS = 200  # metres: as far as one street light problem reaches
MOST = 3
_LOOKED_AT = 12
_ZOOM = 17  # its tiles are 250 m wide at 35° and never narrower than RADIUS below 48°

type Point = tuple[float, float]


@dataclass(frozen=True)
class Neighbour:
    """An open case near by; `metres` is None where it is known by its square of some 500 m only.

    `picture` is a public one with its number.
    """

    case: Case
    metres: int | None
    picture: tuple[int, Attachment] | None

    @property
    def distance(self) -> float:
        return math.inf if self.metres is None else self.metres


def open_nearby(service: Service, point: Point) -> list[Neighbour]:
    """At most three, nearest first; none of a private service, nor of what no officer has let be seen."""
    if service.publicity == Publicity.PRIVATE:
        return []
    within = _square(point) if service.publicity == Publicity.COARSE else _tiles_around(point)
    rows = Case.objects.open().filter(within, service=service, shown_at__isnull=False)
    rows = rows.select_related("service", "area", "contact").defer("area__boundary")
    found = [_neighbour(case, point) for case in rows.order_by("-pk")[:_LOOKED_AT]]
    return sorted((near for near in found if near), key=lambda near: near.distance)[:MOST]


def open_public(service: Service, reference: str) -> Case | None:
    """The open case of this service that somebody says is theirs too."""
    rows = Case.objects.open().public().filter(service=service, shown_at__isnull=False)
    return rows.with_names().filter(reference=reference).first() if "\0" not in reference else None


def _neighbour(case: Case, point: Point) -> Neighbour | None:
    face = public_face(case)
    picture = face.pictures[0] if face.pictures else None
    if face.is_coarse:
        return Neighbour(case, None, None)
    metres = _metres(face, point)
    return Neighbour(case, metres, picture) if metres is not None and metres <= RADIUS else None


def _metres(face: PublicFace, point: Point) -> int | None:
    """To the next ten: a phone knows no better where it is."""
    return None if face.point is None else max(10, math.ceil(metres_between(face.point, point) / 10) * 10)


def _square(point: Point) -> Q:
    cell = cell_of(*point)
    bits = square_bits(cell)
    first = cell >> bits << bits
    return Q(cell__range=(first, first + (1 << bits) - 1))


def _tiles_around(point: Point) -> Q:
    """The map tile of the point and those that touch it."""
    cell = cell_of(*point)
    x, y = _column(cell), _column(cell >> 1)
    side = 1 << _ZOOM
    within = Q()
    for column in range(max(0, x - 1), min(side, x + 2)):
        for row in range(max(0, y - 1), min(side, y + 2)):
            within |= Q(cell__range=tile_range(_ZOOM, column, row))
    return within


def _column(bits: int) -> int:
    """The number of the tile along one axis: every other bit of a cell, from the lowest."""
    place = sum((bits >> 2 * n & 1) << n for n in range(BITS))
    return place >> BITS - _ZOOM
