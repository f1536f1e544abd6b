"""What a pack's source module says of its country's areas, whatever the country.

A source module offers two functions: `provinces() -> list[AreaRow]`, all provinces of the country without boundaries,
and `areas(province) -> list[AreaRow]`, the region, the province and all below it, parents before children.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as its source knows it. `form` tells provinces that are called otherwise apart ("prefecture").

    `names` goes by language code; `boundary` is a GeoJSON Polygon or MultiPolygon in WGS84 degrees, longitude first.
    """

    code: str
    kind: str
    names: Mapping[str, str]
    parent: str | None = None
    form: str = ""
    urban: bool = False
    population: int | None = None
    boundary: dict[str, Any] | None = field(default=None, repr=False)


class AreaSource(Protocol):
    """A module that knows the areas of a country."""

    provinces: Callable[[], list[AreaRow]]
    areas: Callable[[str], list[AreaRow]]
