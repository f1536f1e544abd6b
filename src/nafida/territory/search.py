"""Communes and administrations by their names, in whatever language and spelling; answered from memory."""

from __future__ import annotations

from django.conf import settings

from nafida.search.shelf import Shelf

from .fresh import Fresh
from .models import Area, Body


def _names(row: Area | Body) -> list[tuple[str, float]]:
    names = (getattr(row, f"name_{language}") for language in settings.MODELTRANSLATION_LANGUAGES)
    return [(name, 1.0) for name in names if name]


def _read_communes() -> Shelf[Area]:
    return Shelf((area, _names(area)) for area in Area.objects.communes().defer("boundary").order_by("code"))


def _read_bodies() -> Shelf[Body]:
    return Shelf((body, _names(body)) for body in Body.objects.competent().order_by("code"))


_communes = Fresh("places", _read_communes)
_bodies = Fresh("places", _read_bodies)


def find_communes(text: str, limit: int = 4) -> list[Area]:
    """The communes that `text` may mean, best first; the last word may be unfinished."""
    return _communes.get().find(text, limit)


def find_bodies(text: str, limit: int = 4) -> list[Body]:
    """The administrations that may get a case and that `text` may mean, those of the past too; best first."""
    return _bodies.get().find(text, limit)
