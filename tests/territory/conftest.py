"""A real province in the database, and the whole country as its pack tells it."""

from collections.abc import Iterator
from functools import cache

import pytest
import shapely
from django.conf import settings

from nafida.packs.areas import AreaRow
from nafida.packs.pack import Pack, load_pack
from nafida.territory.calendars import forget_calendar
from nafida.territory.locate import forget_places
from nafida.territory.models import Area, Body, BodyKind
from nafida.territory.seed import seed_territory
from nafida.territory.shapes import Shapes, shape_of

PROVINCE = "02.113"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What this process keeps of the tables is looked at anew: the tables are another test's."""
    forget_places()
    forget_calendar()
    yield
    forget_places()
    forget_calendar()


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(settings.PACK)


@cache
def rows_of(province: str) -> list[AreaRow]:
    return load_pack(settings.PACK).source.areas(province)


@pytest.fixture(scope="session")
def drawn() -> list[tuple[shapely.Geometry, AreaRow]]:
    """Shape and row of each commune and centre of the province."""
    rows = [row for row in rows_of(PROVINCE) if row.kind in ("commune", "centre")]
    return [(shape_of(row.boundary or {}), row) for row in rows]


@pytest.fixture(scope="session")
def shapes(drawn: list[tuple[shapely.Geometry, AreaRow]]) -> Shapes[str]:
    return Shapes((shape, row.code, row.code) for shape, row in drawn)


@pytest.fixture
def province(db: None) -> Area:
    return seed_territory(PROVINCE)


@pytest.fixture
def authority(province: Area) -> Body:
    return Body.objects.create(code="annex-1", kind=BodyKind.LOCAL_AUTHORITY, name="Annex 1", area=province)


@pytest.fixture
def commune(province: Area) -> Body:
    return Body.objects.get(code="commune-aklim")
