"""Makers of what tests are about: the real province, planted quickly, and cases in each state of their life."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import uuid4

import shapely
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models
from psycopg.types.json import Jsonb

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
_statements: list[tuple[str, list[Any]]] = []
_numbers = count(1)


def plant_province() -> None:
    """The province with its bodies and services: made by the real command once a run, written anew from then on."""
    if not _statements:
        call_command("setup_province", province=PROVINCE, verbosity=0)
        _statements.extend(_written(model) for model in PLANTED)
        return
    resets = connection.ops.sequence_reset_sql(no_style(), PLANTED)
    with connection.cursor() as cursor:
        for statement, values in _statements:
            cursor.execute(statement, values)
        if resets:
            cursor.execute("; ".join(resets))


def _written(model: type[models.Model]) -> tuple[str, list[Any]]:
    """The rows of a table as one statement with its values, put together once: thousands of tests ask for them."""
    fields = model._meta.concrete_fields
    rows = [[_stored(field, row) for field in fields] for row in model._default_manager.order_by("pk")]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {places}", [value for row in rows for value in row]


def _stored(field: Any, row: models.Model) -> Any:
    """As the driver hands it over; JSON as its text, which psycopg would write anew each time."""
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return json.dumps(value.obj) if isinstance(value, Jsonb) else value


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
