"""The catalogue as pages show it: names and shelves in the active language, answered from memory."""

from __future__ import annotations

from typing import NamedTuple

from nafida.services.models import Publicity, Service
from nafida.territory.fresh import Fresh, FreshWords, Names, Rows


class Shelf(NamedTuple):
    """A group, and its services as pairs of code and name."""

    code: str
    name: str
    services: tuple[tuple[str, str], ...]


def _read() -> tuple[Shelf, ...]:
    public: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for service in Service.objects.exclude(publicity=Publicity.PRIVATE).in_order():
        public.setdefault((service.group.code, service.group.name), []).append((service.code, service.name))
    return tuple(Shelf(*group, tuple(found)) for group, found in public.items())


_shelves = FreshWords("places", _read)
_names = FreshWords("places", lambda: Names(Service.objects.all()))

_services: Fresh[Rows[Service]] = Fresh("places", lambda: Rows(Service.objects.all()))


def public_shelves() -> tuple[Shelf, ...]:
    """The services whose cases the public sees."""
    return _shelves.get()


def service_names() -> Names:
    """Of all services, by their keys."""
    return _names.get()


def services() -> Rows[Service]:
    """All services by their keys."""
    return _services.get()
