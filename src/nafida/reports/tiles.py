"""Map tiles of public reports: counts where they stand close, single ones where there is room.

What no officer has let be seen is known by its commune only and is on no tile. What is known by a square only (services
whose place is coarse) is counted by that square wherever a tile could tell more, so no zoom and no filter narrows a
place down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.db import connection
from django.utils.translation import gettext as _

from nafida.cases.life import Outcome, State
from nafida.reports.filters import Filter
from nafida.reports.publicity import middle_cell, middle_of, square_bits
from nafida.services.models import Publicity
from nafida.territory.place import BITS, point_of, tile_range

DEEPEST = 19
FRESH = 60  # seconds
_GRID = 3  # a tile is counted on 2³ × 2³ squares
_POINTS_FROM = 15
_MOST_POINTS = 200
_KEPT_BELOW = 14
_DIGITS = 1_000_000  # the counts of the three heaps travel as one number with this base

type Address = tuple[int, int, int]
type Condition = tuple[str, list[Any]]


class Heap(msgspec.Struct):
    """Reports counted together, at the middle of their square (WGS84 degrees)."""

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
    """The tile as JSON. The costly ones of the whole map are kept for a minute; there are few of these."""
    z, x, y = address
    if not wanted.is_empty or z >= _KEPT_BELOW:
        return msgspec.json.encode(tile_of(address, wanted))
    hidden = sorted(wanted.catalogue.keys(Publicity.PRIVATE))
    key = hashlib.sha256(f"{z}/{x}/{y}:{hidden}".encode()).hexdigest()[:32]
    kept: bytes | None = cache.get(f"tile:{key}")
    if kept is not None:
        return kept
    tile = tile_of(address, wanted)
    body = msgspec.json.encode(tile)
    if tile.clusters:
        # Empty tiles cost nothing, and the earth has too many of them for a cache that holds the throttles too.
        cache.set(f"tile:{key}", body, FRESH)
    return body


def tile_of(address: Address, wanted: Filter) -> Tile:
    """The tile as the tables stand; at most three statements, each on the covering index of cells."""
    z = address[0]
    first, last = tile_range(*address)
    grid = 2 * (BITS - z - _GRID)
    if z < 10 or grid >= square_bits(first):
        return Tile(_heaps(first, last, grid, _both(_common(wanted), _services(wanted))), [], [])
    exact = _both(_common(wanted), _among(_of(wanted, Publicity.FULL)))
    squares = _squares(first, last, _both(_common(wanted), _among(_of(wanted, Publicity.COARSE))))
    points = _points(first, last, exact, wanted) if z >= _POINTS_FROM else None
    clusters = _heaps(first, last, grid, exact) if points is None else []
    return Tile(clusters, squares, points or [])


def _squares(first: int, last: int, condition: Condition) -> list[Heap]:
    """The squares whose middle lies in the tile, which may be smaller than one of them."""
    bits = square_bits(first)
    begin, end = first >> bits << bits, (last >> bits) + 1 << bits
    if not first <= middle_cell(first >> bits, bits) <= last and end - begin == 1 << bits:
        return []
    return _heaps(begin, end - 1, bits, condition)


def _heaps(first: int, last: int, bits: int, condition: Condition) -> list[Heap]:
    """Counts of the squares of `bits` between two cells, one range of the index for each.

    GROUP BY would sort every row: SQLite does not see that `cell >> bits` follows the index. One number for three
    counts halves the time again (docs/decisions/tiles-by-ranges.md).
    """
    words, values = condition
    sql = (
        "WITH RECURSIVE grid (begins) AS ("
        "SELECT CAST(%s AS bigint) UNION ALL SELECT begins + CAST(%s AS bigint) FROM grid WHERE begins < %s) "
        "SELECT begins, (SELECT SUM(CASE state WHEN %s THEN 1 WHEN %s THEN %s ELSE %s END) FROM cases_case "
        f"WHERE cell BETWEEN begins AND begins + CAST(%s AS bigint) AND {words}) FROM grid"
    )
    step = 1 << bits
    digits = [State.RECEIVED.value, State.IN_HAND.value, _DIGITS, _DIGITS**2]
    rows = _rows(sql, [first, step, last + 1 - step, *digits, step - 1, *values])
    return [_heap(begins >> bits, bits, int(packed)) for begins, packed in rows if packed]


def _heap(square: int, bits: int, packed: int) -> Heap:
    ended, rest = divmod(packed, _DIGITS**2)
    in_hand, received = divmod(rest, _DIGITS)
    return Heap(*middle_of(square, bits), received=received, in_hand=in_hand, ended=ended)


def _points(first: int, last: int, condition: Condition, wanted: Filter) -> list[Point] | None:
    """Each report of the tile; None when there are too many to tell apart."""
    words, values = condition
    sql = (
        "SELECT cell, reference, service_id, state FROM cases_case "
        f"WHERE cell BETWEEN %s AND %s AND {words} ORDER BY cell, id LIMIT %s"
    )
    rows = _rows(sql, [first, last, *values, _MOST_POINTS + 1])
    if len(rows) > _MOST_POINTS:
        return None
    codes = {subject.pk: subject.code for subject in wanted.catalogue.subjects}
    return [
        Point(round(lon, 6), round(lat, 6), reference, codes[service], state)
        for (lon, lat), reference, service, state in ((point_of(row[0]), *row[1:]) for row in rows)
    ]


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _common(wanted: Filter) -> Condition:
    words = ["shown_at IS NOT NULL AND outcome <> %s AND outcome <> %s"]
    values: list[Any] = [Outcome.WITHDRAWN.value, Outcome.DUPLICATE.value]
    told = [("state = %s", wanted.state), ("day >= %s", wanted.since), ("day <= %s", wanted.until)]
    for word, value in told:
        if value:
            words.append(word)
            values.append(str(value))
    return " AND ".join(words), values


def _both(one: Condition, other: Condition) -> Condition:
    return f"{one[0]} AND {other[0]}", [*one[1], *other[1]]


def _services(wanted: Filter) -> Condition:
    if wanted.takes_all_services:
        hidden = wanted.catalogue.keys(Publicity.PRIVATE)
        return _among(hidden, "NOT IN") if hidden else ("1 = 1", [])
    return _among(wanted.services)


def _of(wanted: Filter, publicity: Publicity) -> Collection[int]:
    return wanted.services & wanted.catalogue.keys(publicity)


def _among(keys: Collection[int], how: str = "IN") -> Condition:
    """`+ 0` keeps the index of services out: the one of cells answers without looking at the table."""
    if not keys:
        return "1 = 0", []
    return f"service_id + 0 {how} ({_marks(keys)})", sorted(keys)


def _marks(keys: Iterable[int]) -> str:
    return ", ".join("%s" for _key in keys)
