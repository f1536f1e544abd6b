"""A position as people write or paste it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from nafida.territory.place import check_position

LONGEST = 1000  # characters; links of map services are long

_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)"
_PAIR = rf"{_NUMBER}\s*,\s*{_NUMBER}"
_LINKS = [
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),  # the pin of a Google Maps link; its @ is only the view
    re.compile(rf"[?&#](?:q|query|ll|sll|center|destination)=(?:loc:)?{_PAIR}"),
    re.compile(rf"\bgeo:{_PAIR}"),
    re.compile(rf"\bmlat={_NUMBER}&mlon={_NUMBER}"),
    re.compile(rf"#map=\d+(?:\.\d+)?/{_NUMBER}/{_NUMBER}"),
    re.compile(rf"/(?:search|place|dir)/{_PAIR}"),
    re.compile(rf"@{_PAIR}"),
]
_WRITTEN = re.compile(
    r"([-+]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NS]?)\s*[,;\s]\s*([-+]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([EWO]?)", re.IGNORECASE
)
_ALIKE = str.maketrans({"٫": ".", "،": ",", "؛": ";", "−": "-", "–": "-"})


def read_position(text: str) -> tuple[float, float]:
    """Longitude and latitude (WGS84 degrees) of «34.9193, -2.4223», latitude first, or of a map's link.

    Takes Arabic digits, a comma for the decimal point, N, S, E, W (French O). ValueError for anything else.
    """
    text = _plain(text)
    for link in _LINKS:
        if found := link.search(text):
            lat, lon = float(found[1]), float(found[2])
            break
    else:
        lat, lon = _written(text)
    check_position(lon, lat)
    return lon, lat


def _plain(text: str) -> str:
    text = unquote(text.strip()[:LONGEST]).translate(_ALIKE)
    digits = (str(unicodedata.decimal(letter, letter)) for letter in text)
    return "".join("".join(digits).split("\u200e")).replace("\u200f", "")


def _written(text: str) -> tuple[float, float]:
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError("not a position")
    lat, lon = (float(found[part].replace(",", ".")) for part in (1, 3))
    if found[2].upper() == "S":
        lat = -abs(lat)
    if found[4].upper() in ("W", "O"):
        lon = -abs(lon)
    return lat, lon
