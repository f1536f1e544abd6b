"""What an address already tells of a report: the square code of a poster names the place where it hangs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from nafida.reports.actions import OutsideProvince, Place
from nafida.reports.filters import read_once
from nafida.territory.models import Area
from nafida.territory.place import check_position

LONGEST = 120  # characters of a place's name: more would make a poster's code too fine for a cheap camera


@dataclass(frozen=True)
class Begun:
    """A commune, a place in words, a point (longitude, latitude in WGS84 degrees): each may be missing."""

    commune: Area | None = None
    place: str = ""
    point: tuple[float, float] | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same as parameters, without those that say nothing."""
        told = {"commune": self.commune.code if self.commune else "", "place": self.place}
        if self.point:
            told |= {"lon": f"{self.point[0]:.6f}", "lat": f"{self.point[1]:.6f}"}
        return [(name, value) for name, value in told.items() if value]

    @property
    def query(self) -> str:
        """The same behind the question mark of an address, "" for nothing."""
        return urlencode(self.fields)

    @property
    def initial(self) -> dict[str, str]:
        """What the fields of ReportForm begin with."""
        told = {"commune": self.commune.code if self.commune else "", "place": self.place}
        return told | ({"position": f"{self.point[1]:.6f}, {self.point[0]:.6f}"} if self.point else {})


def read_begun(query: QueryDict) -> Begun:
    """`commune`, `place`, `lon` and `lat`; the commune is that of the point. BadRequest with a sentence for wrong."""
    commune, place = read_commune(read_once(query, "commune")), read_place(read_once(query, "place"))
    point = read_point(read_once(query, "lon"), read_once(query, "lat"))
    if point is None:
        return Begun(commune, place)
    try:
        return Begun(Place.at(*point).commune, place, point)
    except OutsideProvince as wrong:
        raise BadRequest(_("This position lies outside the communes that this window serves.")) from wrong


def read_place(text: str) -> str:
    """The name of a place on one line, at most LONGEST characters. Raises BadRequest with a sentence."""
    text = text.strip()
    if len(text) > LONGEST or not text.isprintable():
        raise BadRequest(_("Name the place in at most 120 characters, on one line."))
    return text


def read_commune(code: str) -> Area | None:
    """The commune of a code, None for "". Raises BadRequest with a sentence."""
    if not code:
        return None
    found: Area | None = None if "\0" in code else Area.objects.communes().defer("boundary").filter(code=code).first()
    if found is None:
        raise BadRequest(_("There is no such commune."))
    return found


def read_point(lon: str, lat: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees, None for two times "". Raises BadRequest with a sentence."""
    if not (lon or lat):
        return None
    try:
        point = float(lon), float(lat)
        check_position(*point)
    except ValueError as wrong:
        raise BadRequest(_("This is not a position.")) from wrong
    return point
