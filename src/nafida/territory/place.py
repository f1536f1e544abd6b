"""A place as one number: the Z-order (Morton) code of its Web-Mercator position, 31 bits for each axis.

The 62-bit code fits a signed BIGINT; places near each other mostly have codes near each other, and a map tile is one
range of codes. A step of the grid is 19 mm at the equator.
"""

import math

BITS = 31
SIDE = 1 << BITS
MAX_LATITUDE = math.degrees(math.atan(math.sinh(math.pi)))  # 85.0511…, where the square of Web Mercator ends


def check_position(lon: float, lat: float) -> None:
    """Raise ValueError unless `lon` and `lat` are finite WGS84 degrees that Web Mercator can show."""
    # Written so that a NaN, which compares false to everything, fails too.
    if not (-180 <= lon <= 180 and -MAX_LATITUDE <= lat <= MAX_LATITUDE):
        raise ValueError(f"Not a position: longitude {lon}, latitude {lat}.")


def cell_of(lon: float, lat: float) -> int:
    """The code of a position in degrees, 0 ≤ code < 2**62. ValueError if it is none."""
    check_position(lon, lat)
    x = (lon + 180) / 360
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return _spread(_step(x)) | _spread(_step(y)) << 1


def point_of(cell: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of the grid square that `cell` names, in degrees."""
    if not 0 <= cell < 1 << 2 * BITS:
        raise ValueError(f"Not a cell: {cell}.")
    x = (_gather(cell) + 0.5) / SIDE
    y = (_gather(cell >> 1) + 0.5) / SIDE
    return x * 360 - 180, math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """The first and the last cell of map tile z/x/y (y grows southward), for BETWEEN. ValueError if it is no tile."""
    if not (0 <= z <= BITS and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise ValueError(f"Not a tile: {z}/{x}/{y}.")
    shift = 2 * (BITS - z)
    first = (_spread(x) | _spread(y) << 1) << shift
    return first, first + (1 << shift) - 1


def _step(part: float) -> int:
    return min(max(int(part * SIDE), 0), SIDE - 1)


def _spread(n: int) -> int:
    """The bits of `n`, each followed by a zero on its left."""
    n = (n | n << 16) & 0x0000FFFF0000FFFF
    n = (n | n << 8) & 0x00FF00FF00FF00FF
    n = (n | n << 4) & 0x0F0F0F0F0F0F0F0F
    n = (n | n << 2) & 0x3333333333333333
    return (n | n << 1) & 0x5555555555555555


def _gather(n: int) -> int:
    """Every other bit of `n`, from the lowest: the reverse of `_spread`."""
    n &= 0x5555555555555555
    n = (n | n >> 1) & 0x3333333333333333
    n = (n | n >> 2) & 0x0F0F0F0F0F0F0F0F
    n = (n | n >> 4) & 0x00FF00FF00FF00FF
    n = (n | n >> 8) & 0x0000FFFF0000FFFF
    return (n | n >> 16) & 0x00000000FFFFFFFF
