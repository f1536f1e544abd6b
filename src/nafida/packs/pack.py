"""A pack: what is true of one country, as data. A dotted name (`nafida.packs.ma`) says which."""

import datetime as dt
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, cast

import yaml

from .areas import AreaRow, AreaSource

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body as the pack proposes it; an area given as "region" or "province" is the installed one's.

    `each` of "commune" makes one body of every commune; `where` of "towns" or "country" is where a number is dialled.
    """

    code: str
    kind: str
    names: Mapping[str, str]
    area: str = "province"
    each: str = ""
    superior: str = ""
    phone: str = ""
    emergency_phone: str = ""
    language: str = "ar"
    valid_from: dt.date | None = None
    note: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose data a pack brings, in one language; `url` is the licence's."""

    what: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class DataProtection:
    """The law that protects personal data and the authority that watches over it, in one language."""

    law: str
    authority: str
    url: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The manifest `pack.yaml` of a pack. `weekdays` are working days, Monday 0; see the file for the others."""

    name: str
    country: str
    source: AreaSource
    weekdays: frozenset[int]
    known_instant: dt.datetime
    known_offset: dt.timedelta
    province_words: tuple[str, ...]
    holiday_names: Mapping[str, Mapping[str, str]]
    place_names: Mapping[str, Mapping[str, str]]
    bodies: tuple[Mapping[str, Any], ...]
    protection: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]
    masks: Mapping[str, str]

    def credits(self, language: str) -> list[Credit]:
        """Whose data the pack brings, in that language or English."""
        return [Credit(_said(row["what"], language), row["licence"], row["url"]) for row in self.sources]

    def data_protection(self, language: str) -> DataProtection:
        """Law and authority, in that language or English."""
        law, authority = (_said(self.protection[name], language) for name in ("law", "authority"))
        return DataProtection(law, authority, self.protection["url"])

    def bodies_of(self, province: AreaRow) -> list[BodyRow]:
        """The bodies of `province`: those of every province, with what its own file adds or says otherwise."""
        rows = {row["code"]: dict(row) for row in self.bodies}
        for row in read_yaml(self.name, f"bodies/{province.code}.yaml") or []:
            rows[row["code"]] = {**rows.get(row["code"], {}), **row}
        return [_body(row, province.form) for row in rows.values()]


def _body(row: Mapping[str, Any], form: str) -> BodyRow:
    names = row["names"]
    return BodyRow(**{**row, "names": names.get(form, names)})


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words["en"]


def read_yaml(pack: str, path: str) -> Any:
    """What the YAML file at `path` of the pack holds; None when the pack has no such file."""
    file = resources.files(pack).joinpath(path)
    return yaml.safe_load(file.read_text("utf-8")) if file.is_file() else None


@cache
def load_pack(name: str) -> Pack:
    """The pack of that dotted name. Raises ModuleNotFoundError, or KeyError when its manifest lacks something."""
    data = read_yaml(name, "pack.yaml")
    check = data["timezone_check"]
    return Pack(
        name=name,
        country=data["country"],
        source=cast(AreaSource, importlib.import_module(data["source"])),
        weekdays=frozenset(WEEKDAYS.index(day) for day in data["weekdays"]),
        known_instant=check["instant"],
        known_offset=dt.timedelta(minutes=check["offset_minutes"]),
        province_words=tuple(data["province_words"]),
        holiday_names=MappingProxyType(data["holiday_names"]),
        place_names=MappingProxyType(data["place_names"]),
        bodies=tuple(data["bodies"]),
        protection=MappingProxyType(data["data_protection"]),
        sources=tuple(data["credits"]),
        masks=MappingProxyType(data["masks"]),
    )
