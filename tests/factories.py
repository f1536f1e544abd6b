"""Makers of what tests are about: the real province, planted quickly, and cases in each state of their life."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import uuid4

import shapely
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models

from nafida.cases.actor import Actor
from nafida.cases.life import Who
from nafida.cases.models import BodyLink, Case
from nafida.people.actions import give_role
from nafida.people.models import Role, User
from nafida.reports.actions import Account, Place, file_report
from nafida.services.models import Choice, Question, Responsibility, Service, ServiceGroup
from nafida.territory.actions import redraw_places
from nafida.territory.models import Area, Body, Territory
from nafida.territory.shapes import shape_of

PROVINCE = "02.113"
AKLIM = "02.113.01.07"
PLANTED: list[type[models.Model]] = [
    Area,
    Body,
    Territory,
    ServiceGroup,
    ServiceGroup.only_in.through,
    Service,
    Question,
    Choice,
    Responsibility,
]
_rows: dict[type[models.Model], list[models.Model]] = {}
_numbers = count(1)


def plant_province() -> None:
    """The province with its bodies and services: made by the real command once a run, copied from then on."""
    if not _rows:
        call_command("setup_province", province=PROVINCE, verbosity=0)
        _rows.update({model: list(model._default_manager.order_by("pk")) for model in PLANTED})
        return
    for model, rows in _rows.items():
        model._default_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), PLANTED):
            cursor.execute(statement)


@cache
def inside(code: str) -> tuple[float, float]:
    """A point (lon, lat) well inside the area of that code and in no smaller one."""
    shape = shape_of(Area.objects.get(code=code).boundary or {})
    for other in Area.objects.drawn().exclude(code=code):
        hole = shape_of(other.boundary or {})
        if hole.area < shape.area:
            shape = shape.difference(hole)
    spot = shapely.point_on_surface(shape)
    return spot.x, spot.y


def body(code: str, **fields: Any) -> Body:
    """The body of that code, with these fields set."""
    Body.objects.filter(code=code).update(**fields)
    redraw_places()
    return Body.objects.get(code=code)


def officer(body_code: str = "commune-aklim", role: Role = Role.AGENT, **fields: Any) -> User:
    """Somebody with an account and a role at a body."""
    user = User.objects.create_user(f"officer{next(_numbers)}@example.org", **fields)
    give_role(user, body_id=Body.objects.get(code=body_code).pk, role=role, by=None)
    return user


def coordinator(**fields: Any) -> User:
    return officer("governorate", Role.COORDINATOR, **fields)


def report(service: str = "light-out", commune: str = AKLIM, *, point: bool = True, **fields: Any) -> Case:
    """A report filed through the real action; `fields` as file_report takes them, and description and place."""
    described = {name: fields.pop(name) for name in ("description", "answers", "pictures") if name in fields}
    words = fields.pop("place", "قرب المسجد")
    place = (
        Place.at(*inside(commune), words)
        if point
        else Place(Area.objects.select_related("parent__parent__parent").get(code=commune), words)
    )
    filled = {"language": "ar", "form_key": uuid4(), "email": "citizen@example.org", **fields}
    case, _new = file_report(Service.objects.get(code=service), place, Account(**described), **filled)
    return case


def on_desk(user: User, case: Case) -> Actor:
    return Actor.on_desk(user, case)


def by_link(case: Case) -> Actor:
    """The body of the case acting by a link of a letter."""
    BodyLink.draw(case, case.body)
    return Actor(Who.BODY, body=case.body, link=case.links.last())


def utc(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def days_ago(days: float, *, of: datetime | None = None) -> datetime:
    return (of or datetime.now(UTC)) - timedelta(days=days)
