import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nafida.territory.place import MAX_LATITUDE, cell_of, point_of, tile_range

longitudes = st.floats(-180, 180)
latitudes = st.floats(-MAX_LATITUDE, MAX_LATITUDE)


@given(longitudes, latitudes)
def test_a_cell_leads_back_to_within_two_centimetres(lon: float, lat: float) -> None:
    back_lon, back_lat = point_of(cell_of(lon, lat))
    assert abs(back_lon - lon) * 111_320 < 0.02
    assert abs(back_lat - lat) * 111_320 < 0.02


@given(longitudes, latitudes)
def test_a_cell_fits_a_signed_big_integer(lon: float, lat: float) -> None:
    assert 0 <= cell_of(lon, lat) < 2**62


@given(longitudes, latitudes, st.integers(0, 22))
def test_a_point_lies_in_the_range_of_its_map_tile_and_of_no_other(lon: float, lat: float, z: int) -> None:
    side = 2**z
    x = min(int((lon + 180) / 360 * side), side - 1)
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side
    if abs(y - round(y)) < 1e-6 or lon == 180:
        return
    first, last = tile_range(z, x, int(y))
    assert first <= cell_of(lon, lat) <= last
    assert last - first + 1 == 4 ** (31 - z)


def test_the_tiles_of_a_zoom_share_out_all_cells() -> None:
    ranges = sorted(tile_range(2, x, y) for x in range(4) for y in range(4))
    assert ranges[0][0] == 0
    assert ranges[-1][1] == 2**62 - 1
    assert all(after[0] == before[1] + 1 for before, after in itertools.pairwise(ranges))


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 0), (0, math.nan), (math.inf, 0), (0, -math.inf), (180.1, 0), (-181, 0), (0, 86), (0, -90)],
)
def test_what_is_no_position_has_no_cell(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="Not a position"):
        cell_of(lon, lat)


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (32, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_what_is_no_tile_has_no_range(z: int, x: int, y: int) -> None:
    with pytest.raises(ValueError, match="Not a tile"):
        tile_range(z, x, y)


@pytest.mark.parametrize("cell", [-1, 2**62])
def test_what_is_no_cell_has_no_point(cell: int) -> None:
    with pytest.raises(ValueError, match="Not a cell"):
        point_of(cell)
