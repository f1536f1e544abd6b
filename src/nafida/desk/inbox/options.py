"""What the filters of the list can name: kept in each process until the territory's mark changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from nafida.services.models import Service
from nafida.territory.fresh import Fresh, FreshWords
from nafida.territory.models import Area, Body


@dataclass(frozen=True)
class Options:
    """Rows by their codes, past ones too: their cases stay. Names come in the active language when they are read."""

    services: dict[str, Service]
    communes: dict[str, Area]
    bodies: dict[str, Body]


def _build() -> Options:
    return Options(
        services={row.code: row for row in Service.objects.in_order()},
        communes={row.code: row for row in Area.objects.communes().defer("boundary")},
        bodies={row.code: row for row in Body.objects.competent().order_by("kind", "pk")},
    )


_options = Fresh("places", _build)


class Names(NamedTuple):
    """The same as pairs of code and name in the active language, for <select>."""

    services: tuple[tuple[str, str], ...]
    communes: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]


def _name() -> Names:
    known = _options.get()
    kinds: tuple[dict[str, Any], ...] = (known.services, known.communes, known.bodies)
    return Names(*(tuple((code, row.name) for code, row in rows.items()) for rows in kinds))


_names = FreshWords("places", _name)


def options() -> Options:
    return _options.get()


def names() -> Names:
    return _names.get()
