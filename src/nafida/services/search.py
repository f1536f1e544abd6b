"""Which service is meant? Answered from memory, in whatever language and spelling it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from nafida.search.shelf import Shelf
from nafida.services.models import Service
from nafida.territory.fresh import Fresh

NAME, WORDS, HINT, GROUP = 1.0, 0.9, 0.4, 0.3  # what it is worth that a word stands there


def _read() -> Shelf[Service]:
    services = Service.objects.active().of_kind("report").in_order()
    return Shelf((service, _texts(service)) for service in services)


def _texts(service: Service) -> Iterator[tuple[str, float]]:
    for language in settings.MODELTRANSLATION_LANGUAGES:
        for row, field, worth in ((service, "name", NAME), (service, "hint", HINT), (service.group, "name", GROUP)):
            yield getattr(row, f"{field}_{language}") or "", worth
    yield service.words, WORDS


_shelf = Fresh("places", _read)


def find_services(text: str, limit: int = 8) -> list[Service]:
    """The reports that `text` may mean, best first: in Arabic, French, Darija or Darija in Latin letters.

    The last word may be unfinished, and a word of five letters or more may have one slip.
    """
    return _shelf.get().find(text, limit)
