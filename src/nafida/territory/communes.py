"""The communes as pages offer them, and names of areas, answered from memory."""

from __future__ import annotations

from typing import NamedTuple

from .fresh import FreshWords, Names
from .models import Area


class Commune(NamedTuple):
    """A commune, called as the active language calls it."""

    pk: int
    code: str
    name: str


def _read() -> tuple[Commune, ...]:
    rows = Area.objects.communes().defer("boundary").order_by("name", "code")
    return tuple(Commune(row.pk, row.code, row.name) for row in rows)


_communes = FreshWords("places", _read)
_names = FreshWords("places", lambda: Names(Area.objects.defer("boundary")))


def communes() -> tuple[Commune, ...]:
    """All of them, by their names in the active language."""
    return _communes.get()


def area_names() -> Names:
    """Of all areas, by their keys."""
    return _names.get()
