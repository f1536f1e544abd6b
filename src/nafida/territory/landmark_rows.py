"""A landmark checked before it is kept, whether an officer writes it or a file brings it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .landmarks import metres_between
from .locate import locate
from .models import Area, Landmark, LandmarkKind, LandmarkSource, LandmarkState
from .names import fold
from .place import cell_of

COLUMNS = ("kind", "name_ar", "name_fr", "commune", "lat", "lon")
SAME = 300  # metres within which two landmarks of one name and kind are the same
MOST_ROWS = 50_000
NAMES = ("name_ar", "name_fr", "name_en", "name_zgh")
_MAY_CHANGE = frozenset({"kind", "lon", "lat", "source", "state", *NAMES})


class BadRows(Exception):
    """Rows of a file that cannot be taken: (number of the line, what is wrong with it)."""

    def __init__(self, errors: list[tuple[int, str]]) -> None:
        self.errors = errors
        super().__init__("\n".join(f"line {line}: {words}" for line, words in errors))


def fill_landmark(landmark: Landmark, facts: Mapping[str, Any], *, alone: bool = True) -> Landmark:
    """Set fields of a landmark, its commune and cell by its point. Raises ValidationError; does not save.

    With `alone` it may not be one that is there already.
    """
    for name, value in facts.items():
        if name not in _MAY_CHANGE:
            raise TypeError(f"A landmark has no field {name} to change.")
        setattr(landmark, name, value)
    if not any(getattr(landmark, name) for name in NAMES):
        raise ValidationError(_("A landmark wants a name."))
    landmark.cell = _cell(landmark.lon, landmark.lat)
    found = locate(landmark.lon, landmark.lat)
    if found is None:
        raise ValidationError(_("This position lies outside the communes that this window serves."))
    landmark.area_id = found.commune
    landmark.clean_fields(exclude=["name", "area"])
    if alone:
        known = Landmark.objects.filter(area=found.commune).exclude(state=LandmarkState.REFUSED).exclude(pk=landmark.pk)
        if any(is_same(landmark, other) for other in known):
            raise ValidationError(_("There is a landmark of this name here already."))
    return landmark


def is_same(one: Landmark, other: Landmark) -> bool:
    """Whether two landmarks are one place: same kind, a common name, close to each other."""
    near = metres_between((one.lon, one.lat), (other.lon, other.lat)) <= SAME
    return near and one.kind == other.kind and bool(_folded(one) & _folded(other))


def is_within(one: Landmark, other: Landmark) -> bool:
    """Whether a landmark that reports name is one that is there, called so, longer or shorter."""
    near = metres_between((one.lon, one.lat), (other.lon, other.lat)) <= SAME
    pairs = ((left.split(), right.split()) for left in _folded(one) for right in _folded(other))
    return near and any(set(left) <= set(right) or set(right) <= set(left) for left, right in pairs)


def read_rows(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a CSV file with the columns COLUMNS, checked one by one and against each other and the table.

    The commune may be left empty, or be a code or a name; it must be that of the point. Raises BadRows.
    """
    reader = csv.DictReader(lines)
    missing = set(COLUMNS) - {"commune"} - set(reader.fieldnames or ())
    if missing:
        raise BadRows([(1, _("These columns are missing: %(columns)s.") % {"columns": ", ".join(sorted(missing))})])
    communes = _communes()
    taken = {key: list(some) for key, some in _by_commune()}
    rows: list[dict[str, Any]] = []
    errors: list[tuple[int, str]] = []
    for row in reader:
        try:
            if len(rows) >= MOST_ROWS:
                raise ValidationError(_("The file has too many lines."))
            facts = _facts(row)
            landmark = fill_landmark(Landmark(), facts, alone=False)
            _check_commune(row, landmark, communes)
            beside = taken.setdefault(landmark.area_id, [])
            if any(is_same(landmark, other) for other in beside):
                raise ValidationError(_("There is a landmark of this name here already."))
            beside.append(landmark)
            rows.append(facts)
        except ValidationError as wrong:
            errors.append((reader.line_num, " ".join(wrong.messages)))
    if errors:
        raise BadRows(errors)
    return rows


def _facts(row: Mapping[str, str | None]) -> dict[str, Any]:
    said = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if said["kind"] not in LandmarkKind.values:
        kinds = ", ".join(LandmarkKind.values)
        raise ValidationError(_("“%(kind)s” is no kind of landmark; there are: %(kinds)s.") % {**said, "kinds": kinds})
    try:
        lon, lat = float(said["lon"]), float(said["lat"])
    except ValueError:
        raise ValidationError(_("Latitude and longitude are numbers like 34.9193 and -2.4223.")) from None
    names = {name: said[name] or None for name in ("name_ar", "name_fr")}
    return {"kind": said["kind"], **names, "lon": lon, "lat": lat, "source": LandmarkSource.CSV}


def _check_commune(row: Mapping[str, str | None], landmark: Landmark, communes: Mapping[str, int]) -> None:
    said = (row.get("commune") or "").strip()
    if not said:
        return
    meant = communes.get(fold(said))
    if meant is None:
        raise ValidationError(_("There is no commune “%(commune)s”.") % {"commune": said})
    if meant != landmark.area_id:
        raise ValidationError(_("This position does not lie in the commune “%(commune)s”.") % {"commune": said})


def _communes() -> dict[str, int]:
    """The communes by folded code and name, in every language."""
    rows = Area.objects.communes().defer("boundary")
    return {fold(key): area.pk for area in rows for key in (area.code, *_names(area)) if key}


def _by_commune() -> Iterator[tuple[int, list[Landmark]]]:
    known: dict[int, list[Landmark]] = {}
    for landmark in Landmark.objects.exclude(state=LandmarkState.REFUSED):
        known.setdefault(landmark.area_id, []).append(landmark)
    yield from known.items()


def _names(row: Landmark | Area) -> list[str]:
    return [name for name in (getattr(row, field) for field in NAMES) if name]


def _folded(landmark: Landmark) -> set[str]:
    return {fold(name) for name in _names(landmark)}


def _cell(lon: float, lat: float) -> int:
    try:
        return cell_of(lon, lat)
    except (TypeError, ValueError):
        raise ValidationError(_("This is no position on earth.")) from None
