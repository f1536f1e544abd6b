"""What the filters of the list can name: kept in each process until the territory's mark changes."""

from __future__ import annotations

from dataclasses import dataclass

from nafida.services.models import Service
from nafida.territory.fresh import Fresh
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


def options() -> Options:
    return _options.get()
