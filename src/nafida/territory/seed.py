"""The installed province laid down from the pack, again at every start; what officers changed on the desk stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from nafida.packs.areas import AreaRow
from nafida.packs.pack import BodyRow, load_pack

from .calendars import forget_calendar
from .locate import forget_places
from .models import Area, AreaKind, Body, Territory, draw_stamp
from .names import called, find_province

LANGUAGES = ("ar", "fr", "en", "zgh")


class OtherProvince(Exception):
    """This installation already serves another province."""


def seed_territory(province: str) -> Area:
    """Make the areas and bodies of the province of that code or name that are not there yet; return its area.

    Names and boundaries of areas follow the pack; bodies are only ever added. Raises names.UnknownProvince, or
    OtherProvince when the installation serves another.
    """
    pack = load_pack(settings.PACK)
    chosen = find_province(province, pack.source.provinces(), pack.province_words)
    _refuse_another(chosen)
    rows = pack.source.areas(chosen.code)
    with transaction.atomic():
        areas = _lay_areas(rows)
        _add_bodies(pack.bodies_of(chosen), areas)
    forget_places()
    forget_calendar()
    return areas[chosen.code]


def _refuse_another(chosen: AreaRow) -> None:
    installed = Territory.objects.select_related("province").first()
    if installed is not None and installed.province.code != chosen.code:
        raise OtherProvince(
            f"This data folder serves {installed.province.name_fr} ({installed.province.code}), not "
            f"{chosen.names['fr']} ({chosen.code}). Give another province a data folder of its own."
        )


def _lay_areas(rows: Sequence[AreaRow]) -> dict[str, Area]:
    """Every area, parents first; a changed one is written, and processes are told to draw their maps again."""
    known = {area.code: area for area in Area.objects.all()}
    changed = False
    for row in rows:
        area = known.get(row.code) or Area(code=row.code)
        facts = _facts(row, known)
        if area.pk is None or any(getattr(area, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(area, name, value)
            area.save()
            known[row.code] = area
            changed = True
    province = next(known[row.code] for row in rows if row.kind == AreaKind.PROVINCE)
    _territory, new = Territory.objects.get_or_create(id=1, defaults={"province": province, "pack": settings.PACK})
    if changed and not new:
        Territory.objects.update(places=draw_stamp())
    return {row.code: known[row.code] for row in rows}


def _facts(row: AreaRow, known: dict[str, Area]) -> dict[str, Any]:
    parent = known[row.parent].pk if row.parent else None
    facts = {"kind": row.kind, "parent_id": parent, "urban": row.urban, "population": row.population}
    return {**facts, "boundary": row.boundary, **_names(row.names)}


def _names(names: Any) -> dict[str, str | None]:
    return {f"name_{language}": names.get(language) for language in LANGUAGES}


def _add_bodies(rows: Iterable[BodyRow], areas: dict[str, Area]) -> None:
    """Superiors stand before the bodies under them in the pack."""
    by_kind = {area.kind: area for area in areas.values()}
    for row in rows:
        if row.each:
            _add_one_for_each(row, [area for area in areas.values() if area.kind == row.each])
        elif not Body.objects.filter(code=row.code).exists():
            _add_body(row, row.code, by_kind[row.area])


def _add_one_for_each(row: BodyRow, areas: Sequence[Area]) -> None:
    """A body of every area, found again by its area: its code is a readable one and may be taken."""
    served = set(Body.objects.filter(kind=row.kind).values_list("area", flat=True))
    taken = set(Body.objects.values_list("code", flat=True))
    for area in areas:
        if area.pk in served:
            continue
        readable = slugify(f"{row.code} {area.name_fr}")
        code = readable if readable not in taken else slugify(f"{row.code} {area.code.replace('.', ' ')}")
        taken.add(code)
        _add_body(row, code, area)


def _add_body(row: BodyRow, code: str, area: Area) -> None:
    Body.objects.create(
        code=code,
        kind=row.kind,
        area=area,
        superior=Body.objects.filter(code=row.superior).first() if row.superior else None,
        phone=row.phone,
        emergency_phone=row.emergency_phone,
        language=row.language,
        valid_from=row.valid_from,
        note=row.note,
        **_names({language: _called(pattern, language, area) for language, pattern in row.names.items()}),
    )


def _called(pattern: str, language: str, area: Area) -> str:
    return called(pattern, getattr(area, f"name_{language}") or area.name)
