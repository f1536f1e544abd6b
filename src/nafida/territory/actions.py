"""What officers change of the territory. `by` is whoever does it; the desk traces it, this floor knows no people."""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from .calendars import forget_calendar
from .landmark_rows import fill_landmark, is_within
from .landmarks import forget_landmarks
from .locate import forget_places
from .models import (
    Area,
    Body,
    BodyKind,
    DayOverride,
    Jurisdiction,
    Landmark,
    LandmarkSource,
    LandmarkState,
    Notice,
    Participation,
    Territory,
    WorkingWeek,
    draw_stamp,
)
from .shapes import shape_of

log = logging.getLogger(__name__)

type Row = Body | Jurisdiction | DayOverride | WorkingWeek | Participation | Notice


@transaction.atomic
def add_body(*, by: Any, **facts: Any) -> Body:
    """Make a body of these fields. Raises ValidationError."""
    body = Body(**facts)
    _save(body)
    redraw_places()
    _note(by, "added", body.code)
    return body


@transaction.atomic
def change_body(body: Body, *, by: Any, **facts: Any) -> Body:
    """Set these fields of a body and no other. Raises ValidationError; a body is ended (`valid_to`), never deleted."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    _set(body, facts)
    _save(body)
    redraw_places()
    _note(by, "changed", body.code)
    return body


@transaction.atomic
def add_jurisdiction(body: Body, *, by: Any, **facts: Any) -> Jurisdiction:
    """Say where a local authority answers.

    Raises ValidationError, or ValueError for a body of another kind or a bad boundary.
    """
    if body.kind != BodyKind.LOCAL_AUTHORITY:
        raise ValueError(f"{body.code} is no local authority.")
    jurisdiction = Jurisdiction(body=body, **facts)
    _save_jurisdiction(jurisdiction)
    _note(by, "added a jurisdiction of", body.code)
    return jurisdiction


@transaction.atomic
def change_jurisdiction(jurisdiction: Jurisdiction, *, by: Any, **facts: Any) -> Jurisdiction:
    """Set these fields of a jurisdiction. Raises ValidationError, or ValueError for a bad boundary."""
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    _set(jurisdiction, facts)
    _save_jurisdiction(jurisdiction)
    _note(by, "changed a jurisdiction of", jurisdiction.body.code)
    return jurisdiction


@transaction.atomic
def override_day(day: dt.date, *, is_working: bool, names: Mapping[str, str], source: str, by: Any) -> DayOverride:
    """Make a day a working day or a holiday as `source` announces; `names` go by language code. Raises ValidationError.

    Due dates already set are recomputed by whoever keeps them.
    """
    override = DayOverride.objects.select_for_update().filter(day=day).first() or DayOverride(day=day)
    _set(override, {"is_working": is_working, "source": source})
    _set(override, {f"name_{language}": name for language, name in names.items()})
    _save(override)
    _redraw_days()
    _note(by, "overrode", f"{day:%Y-%m-%d}")
    return override


@transaction.atomic
def drop_override(day: dt.date, *, by: Any) -> None:
    """Let a day follow the calendar again."""
    DayOverride.objects.filter(day=day).delete()
    _redraw_days()
    _note(by, "dropped the override of", f"{day:%Y-%m-%d}")


@transaction.atomic
def set_week(starts_on: dt.date, *, weekdays: str, source: str, by: Any) -> WorkingWeek:
    """Let the working week have these weekdays (see WorkingWeek) from a day on. Raises ValidationError.

    Due dates already set are recomputed by whoever keeps them.
    """
    week = WorkingWeek.objects.select_for_update().filter(starts_on=starts_on).first()
    week = week or WorkingWeek(starts_on=starts_on)
    _set(week, {"weekdays": weekdays, "source": source})
    _save(week)
    _redraw_days()
    _note(by, "set the week from", f"{starts_on:%Y-%m-%d}")
    return week


@transaction.atomic
def drop_week(week: WorkingWeek, *, by: Any) -> None:
    """Let the week before it go on."""
    starts_on = week.starts_on
    week.delete()
    _redraw_days()
    _note(by, "dropped the week from", f"{starts_on:%Y-%m-%d}")


@transaction.atomic
def set_participation(area: Area, *, by: Any, **facts: Any) -> Participation:
    """Say from which day a commune takes part, and who is to be called until then. Raises ValidationError."""
    row = Participation.objects.select_for_update().filter(area=area).first() or Participation(area=area)
    _set(row, facts)
    _save(row)
    redraw_places()
    _note(by, "set the participation of", area.code)
    return row


@transaction.atomic
def keep_notice(notice: Notice, *, by: Any, **facts: Any) -> Notice:
    """Tell citizens something, or change what they are told. Raises ValidationError."""
    _set(notice, facts)
    _save(notice)
    redraw_places()
    _note(by, "kept the notice", str(notice.pk))
    return notice


@transaction.atomic
def add_landmark(*, by: Any, **facts: Any) -> Landmark:
    """Make a landmark of kind, names, lon, lat, source; its commune is that of the point. Raises ValidationError."""
    landmark = fill_landmark(Landmark(), facts)
    landmark.save()
    redraw_landmarks()
    _note(by, "added the landmark", str(landmark.pk))
    return landmark


@transaction.atomic
def change_landmark(landmark: Landmark, *, by: Any, **facts: Any) -> Landmark:
    """Set these fields of a landmark; one that was proposed is kept from now on. Raises ValidationError."""
    landmark = Landmark.objects.select_for_update().get(pk=landmark.pk)
    fill_landmark(landmark, {"state": LandmarkState.KEPT, **facts}).save()
    redraw_landmarks()
    _note(by, "changed the landmark", str(landmark.pk))
    return landmark


@transaction.atomic
def remove_landmark(landmark: Landmark, *, by: Any) -> None:
    """Take a landmark away; it stays as refused, so that reports do not bring it back."""
    Landmark.objects.filter(pk=landmark.pk).update(state=LandmarkState.REFUSED)
    redraw_landmarks()
    _note(by, "removed the landmark", str(landmark.pk))


@transaction.atomic
def propose_landmark(kind: str, name: str, lon: float, lat: float) -> Landmark | None:
    """Lay what several reports name before an officer; None if it is known, refused once, or lies outside."""
    language = "fr" if name[:1].isascii() or name[:1] in "éèâÉÈ" else "ar"
    facts = {"kind": kind, f"name_{language}": name, "lon": lon, "lat": lat, "source": LandmarkSource.CONFIRMED}
    try:
        landmark = fill_landmark(Landmark(), {**facts, "state": LandmarkState.PROPOSED}, alone=False)
    except ValidationError:
        return None
    if any(is_within(landmark, other) for other in Landmark.objects.filter(area=landmark.area_id)):
        return None
    landmark.save()
    return landmark


@transaction.atomic
def add_landmarks(rows: Sequence[Mapping[str, Any]], *, by: Any) -> int:
    """Make many at once, rows as landmark_rows.read_rows checked them; returns how many."""
    Landmark.objects.bulk_create([fill_landmark(Landmark(), row, alone=False) for row in rows], batch_size=500)
    redraw_landmarks()
    _note(by, "added landmarks:", str(len(rows)))
    return len(rows)


def redraw_landmarks() -> None:
    """Have every process read the landmarks anew; in the transaction that changes them."""
    Territory.objects.update(landmarks=draw_stamp())
    forget_landmarks()


def _set(row: Row, facts: Mapping[str, Any]) -> None:
    known = {field.attname for field in row._meta.concrete_fields} | {field.name for field in row._meta.fields}
    for name, value in facts.items():
        if name not in known or name in ("id", "code"):
            raise TypeError(f"{type(row).__name__} has no field {name} to change.")
        setattr(row, name, value)


def _save(row: Row) -> None:
    row.full_clean()
    row.save()


def _save_jurisdiction(jurisdiction: Jurisdiction) -> None:
    if jurisdiction.boundary is not None:
        shape_of(jurisdiction.boundary)
    _save(jurisdiction)
    redraw_places()


def redraw_places() -> None:
    """Have every process read boundaries, bodies and responsibilities anew; in the transaction that changes them."""
    Territory.objects.update(places=draw_stamp())
    forget_places()


def _redraw_days() -> None:
    Territory.objects.update(days=draw_stamp())
    forget_calendar()


def _note(by: Any, did: str, what: str) -> None:
    log.info("Account %s %s %s", getattr(by, "pk", None), did, what)
