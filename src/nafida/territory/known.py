"""Areas and bodies as rows, answered from memory: what pages say of them in one language or another."""

from __future__ import annotations

from .fresh import Fresh, Rows
from .models import Area, Body

_areas: Fresh[Rows[Area]] = Fresh("places", lambda: Rows(Area.objects.defer("boundary")))
_bodies: Fresh[Rows[Body]] = Fresh("places", lambda: Rows(Body.objects.all()))


def areas() -> Rows[Area]:
    """All areas by their keys, boundaries apart."""
    return _areas.get()


def bodies() -> Rows[Body]:
    """All bodies by their keys."""
    return _bodies.get()
