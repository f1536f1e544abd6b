"""Whom to call: what cannot wait for a form."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from nafida.packs.pack import load_pack
from nafida.services.models import Service
from nafida.territory.fresh import FreshWords
from nafida.territory.models import Area, Body


class Call(NamedTuple):
    """Whom a number reaches, and the number as one dials it."""

    name: str
    number: str


def _read() -> tuple[tuple[Body, Call], ...]:
    return tuple((body, Call(body.name, body.phone)) for body in Body.objects.to_call() if body.phone)


_numbers = FreshWords("places", _read)


def emergency_numbers() -> tuple[Call, ...]:
    """The numbers of the bodies that are called and never written to."""
    today = timezone.localdate()
    return tuple(call for body, call in _numbers.get() if body.stands_on(today))


def numbers_to_call(service: Service, commune: Area | None = None) -> list[Call]:
    """The numbers that the service names, first first; a company without a known number is left out.

    Once the commune is known, so are those that are dialled elsewhere only: the pack says which.
    """
    wanted = [str(code) for code in service.call]
    there = "" if commune is None else "country" if commune.urban else "towns"
    elsewhere = {str(row["code"]) for row in load_pack(settings.PACK).bodies if row.get("where") == there}
    known: dict[str, Call] = {}
    for body in Body.objects.on(timezone.localdate()):
        if there and body.code in elsewhere:
            continue
        number = body.emergency_phone or body.phone
        if number:
            known[body.code] = Call(body.name, number)
            if body.is_call_only:
                known[body.phone] = Call(body.name, number)
    return [known[code] for code in wanted if code in known]
