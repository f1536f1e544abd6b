"""Local authorities and the ground they answer for, as tests need them."""

import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nafida.reports.actions import Place, competent_body
from nafida.services.models import Service
from nafida.territory.actions import add_body
from nafida.territory.calendars import start_of_day_utc
from nafida.territory.models import Area, Body, BodyKind, Jurisdiction
from tests import factories

LIST = "/en/desk/authorities/"


def authority(code: str) -> Body:
    area, above = Area.objects.province(), Body.objects.governorate()
    facts = {"kind": BodyKind.LOCAL_AUTHORITY, "area": area, "superior": above, "name_ar": code, "name_fr": code}
    return add_body(code=code, by=None, **facts)


def aklim() -> dict[str, Any]:
    return Area.objects.get(code=factories.AKLIM).boundary or {}


def square(lon: float, lat: float, side: float = 0.01) -> dict[str, Any]:
    """Of Aklim's neighbourhood, when not told otherwise by its south-western corner."""
    corners = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [corners]}


def in_aklim(side: float = 0.001) -> dict[str, Any]:
    return square(*factories.inside(factories.AKLIM), side)


def at(body: Body, row: Jurisdiction | None = None) -> str:
    return f"{LIST}{body.code}/areas/" + (f"{row.pk}/" if row else "")


def file(content: object) -> SimpleUploadedFile:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile("area.geojson", data, "application/geo+json")


def answers_for_noise(on: date) -> str:
    place = Place.at(*factories.inside(factories.AKLIM))
    return competent_body(Service.objects.get(code="noise"), place, start_of_day_utc(on)).body.code
