"""Map tiles of public reports: counts where they stand close, single ones where there is room.

What no officer has let be seen is known by its commune only and is on no tile. What is known by a square only (services
whose place is coarse) is counted by that square wherever a tile could tell more, so no zoom and no filter narrows a
place down.
"""

from __future__ import annotations

import time

import msgspec
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from nafida.cases.life import State
from nafida.cases.models import Case
from nafida.reports.filters import Filter
from nafida.reports.mass import STATES, Mass, mass
from nafida.reports.publicity import middle_cell, middle_of, square_bits
from nafida.services.models import Publicity
from nafida.territory.locate import locate_many
from nafida.territory.place import BITS, point_of, tile_range

DEEPEST = 19
FRESH = 60  # seconds that a browser may keep a tile
_GRID = 3  # a tile is counted on 2³ × 2³ squares
_POINTS_FROM = 15
_MOST_POINTS = 200
_MOST_KEPT = 1000

type Address = tuple[int, int, int]


class Heap(msgspec.Struct):
    """Reports counted together, at the middle of their square or, were that outside the province, near one of them."""

    lon: float
    lat: float
    received: int
    in_hand: int
    ended: int


class Point(msgspec.Struct):
    """One report at its place; `service` and `state` are codes."""

    lon: float
    lat: float
    reference: str
    service: str
    state: str


class Tile(msgspec.Struct):
    """`clusters` are counts of a fine grid, `squares` counts of what is shown by its square of some 500 m only."""

    clusters: list[Heap]
    squares: list[Heap]
    points: list[Point]


def read_address(z: str, x: str, y: str) -> Address:
    """The tile that an address names. Raises BadRequest with a sentence if there is none."""
    if all(part.isascii() and part.isdigit() and len(part) <= 6 for part in (z, x, y)):
        zoom, column, row = int(z), int(x), int(y)
        if zoom <= DEEPEST and max(column, row) < 1 << zoom:
            return zoom, column, row
    raise BadRequest(_("There is no such map tile."))


def tile_json(address: Address, wanted: Filter) -> bytes:
    """The tile as JSON, kept until something happens to any case; what is late by now, a minute at most."""
    held = mass()
    key = (address, wanted, int(time.time() // FRESH) if wanted.late else 0)
    body = held.told.get(key)
    if body is None:
        if len(held.told) >= _MOST_KEPT:
            held.told.clear()
        body = held.told[key] = msgspec.json.encode(tile_of(held, address, wanted))
    return body


def tile_of(held: Mass, address: Address, wanted: Filter) -> Tile:
    """The tile counted in memory; one statement for single reports."""
    z = address[0]
    first, last = tile_range(*address)
    grid = 2 * (BITS - z - _GRID)
    if z < 10 or grid >= square_bits(first):
        return Tile(_heaps(_chosen(held.between(first, last), wanted), first, grid), [], [])
    exact = _chosen(held.between(first, last), wanted, Publicity.FULL)
    squares = _squares(held, first, last, wanted)
    if z >= _POINTS_FROM and len(exact.key) <= _MOST_POINTS:
        return Tile([], squares, _points(exact, wanted))
    return Tile(_heaps(exact, first, grid), squares, [])


def _chosen(held: Mass, wanted: Filter, *publicity: Publicity) -> Mass:
    services = wanted.services & wanted.catalogue.keys(*publicity) if publicity else wanted.services
    chosen = held.of_services(services)
    if wanted.state:
        chosen &= held.state == STATES.index(State(wanted.state))
    if wanted.late:
        chosen &= (held.due < time.time()) & (held.state <= STATES.index(State.IN_HAND))
    if wanted.body:
        chosen &= held.body == wanted.body.pk
    if wanted.since:
        chosen &= held.day >= wanted.since.toordinal()
    if wanted.until:
        chosen &= held.day <= wanted.until.toordinal()
    return held.only(chosen)


def _squares(held: Mass, first: int, last: int, wanted: Filter) -> list[Heap]:
    """The squares whose middle lies in the tile, which may be smaller than one of them."""
    bits = square_bits(first)
    begin, end = first >> bits << bits, (last >> bits) + 1 << bits
    if not first <= middle_cell(first >> bits, bits) <= last and end - begin == 1 << bits:
        return []
    return _heaps(_chosen(held.between(begin, end - 1), wanted, Publicity.COARSE), begin, bits)


def _heaps(held: Mass, first: int, bits: int) -> list[Heap]:
    found = held.heaps(first, bits)
    places = [middle_of(square, bits) for square, _counts in found]
    places = [
        place if inside else _square_with_any(held, square, bits)
        for place, inside, (square, _counts) in zip(places, locate_many(places), found, strict=True)
    ]
    return [
        Heap(*place, received=received, in_hand=in_hand, ended=answered + closed)
        for place, (_square, (received, in_hand, answered, closed)) in zip(places, found, strict=True)
    ]


def _square_with_any(held: Mass, square: int, bits: int) -> tuple[float, float]:
    """Where a heap stands whose middle lies outside the province: at some square that holds any of it.

    No smaller than what is told of a place that is shown coarsely, as the heap may be of one such report.
    """
    fine = min(bits, square_bits(square << bits))
    return middle_of(held.middle(square, bits) >> fine, fine)


def _points(held: Mass, wanted: Filter) -> list[Point]:
    codes = {subject.pk: subject.code for subject in wanted.catalogue.subjects}
    references = dict(Case.objects.filter(pk__in=held.key.tolist()).values_list("pk", "reference"))
    rows = zip(held.cell.tolist(), held.key.tolist(), held.service.tolist(), held.state.tolist(), strict=True)
    points = []
    for cell, key, service, state in rows:
        lon, lat = point_of(cell)
        points.append(Point(round(lon, 6), round(lat, 6), references[key], codes[service], STATES[state]))
    return points
