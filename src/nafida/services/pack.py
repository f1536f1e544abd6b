"""The catalogue as a territory's pack writes it down, read into typed rows."""

from __future__ import annotations

from datetime import date

import msgspec

from nafida.packs.pack import read_yaml

Words = list[str]  # Arabic, French, English, in this order


class PackGroup(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    ar: str
    fr: str
    en: str
    only_in: list[str] = []


class PackQuestion(msgspec.Struct, forbid_unknown_fields=True):
    type: str
    ar: str
    fr: str
    en: str
    code: str = ""
    r: bool = False
    values: dict[str, Words] = {}


class PackService(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    group: str
    ar: str
    fr: str
    en: str
    hint: Words
    body: str
    days: int
    danger: bool | str
    public: str
    ask: list[str | PackQuestion]
    otherwise: str = msgspec.field(name="else", default="")
    when: str = ""
    call: list[int | str] = []
    danger_q: Words = []
    words: str = ""


class Catalogue(msgspec.Struct, forbid_unknown_fields=True):
    bodies: dict[str, str]
    groups: list[PackGroup]
    questions: dict[str, PackQuestion]
    services: list[PackService]


class PackResponsibility(msgspec.Struct, forbid_unknown_fields=True):
    """Who answers in one province; `body` is a body's code, or `kind` the kind of body."""

    services: list[str]
    body: str = ""
    kind: str = ""
    start: date | None = msgspec.field(name="from", default=None)
    note: str = ""


def read_catalogue(pack: str) -> Catalogue:
    """The services of a pack. Raises msgspec.ValidationError, which names the place of what is wrong."""
    return msgspec.convert(read_yaml(pack, "services.yaml"), Catalogue)


def read_responsibilities(pack: str, province: str) -> list[PackResponsibility]:
    """The facts of one province, by its code; none where the pack has no file for it."""
    facts = read_yaml(pack, f"responsibilities/{province}.yaml") or []
    return msgspec.convert(facts, list[PackResponsibility])
