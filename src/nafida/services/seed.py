"""Bring the pack's catalogue into the database: creates what is missing, never overwrites what a desk has edited."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from nafida.services.models import (
    Choice,
    Danger,
    Question,
    Responsibility,
    Service,
    ServiceGroup,
)
from nafida.services.pack import (
    Catalogue,
    PackGroup,
    PackQuestion,
    PackService,
    read_catalogue,
    read_responsibilities,
)
from nafida.territory.actions import redraw_places
from nafida.territory.models import Area, Body
from nafida.territory.names import fold

LANGUAGES = ("ar", "fr", "en")


def translated(field: str, words: list[str]) -> dict[str, str]:
    """One field in each language of a pack: {'name_ar': …, 'name_fr': …, 'name_en': …}."""
    return {f"{field}_{language}": word for language, word in zip(LANGUAGES, words, strict=False)}


@transaction.atomic
def seed_services(province: Area) -> None:
    """Make the groups, services, questions and responsibilities that the pack has and the database lacks."""
    catalogue = read_catalogue(settings.PACK)
    groups = {row.code: _seed_group(row, position, province) for position, row in enumerate(catalogue.groups)}
    known = set(Service.objects.values_list("code", flat=True))
    for position, row in enumerate(catalogue.services):
        if row.code not in known:
            _seed_service(row, position, groups[row.group], catalogue)
    _seed_overrides(province)
    redraw_places()


def _seed_group(row: PackGroup, position: int, province: Area) -> ServiceGroup:
    group, made = ServiceGroup.objects.get_or_create(
        code=row.code,
        defaults={
            "position": position,
            "local": bool(row.only_in),
            **translated("name", [row.ar, row.fr, row.en]),
        },
    )
    if made and row.only_in:
        wanted = {fold(name) for name in row.only_in}
        communes = Area.objects.communes().filter(code__startswith=f"{province.code}.")
        group.only_in.set(area for area in communes if wanted & {fold(area.name_fr or ""), fold(area.name_ar or "")})
    return group


def _seed_service(row: PackService, position: int, group: ServiceGroup, catalogue: Catalogue) -> None:
    danger = {False: Danger.NONE, "ask": Danger.ASK, "stop": Danger.STOP}[row.danger]
    shared = catalogue.questions["danger"]
    asked = (row.danger_q or [shared.ar, shared.fr, shared.en]) if danger == Danger.ASK else []
    service = Service.objects.create(
        code=row.code,
        group=group,
        position=position,
        working_days=row.days,
        limit_source="proposal",
        danger=danger,
        call=[str(number) for number in row.call],
        publicity=row.public,
        words=row.words,
        **translated("name", [row.ar, row.fr, row.en]),
        **translated("hint", row.hint),
        **translated("danger_question", asked),
    )
    for number, question in enumerate(row.ask):
        if isinstance(question, str):
            _seed_question(service, number, question, catalogue.questions[question])
        else:
            _seed_question(service, number, question.code, question)
    kinds = [kind for kind in (row.body, row.otherwise) if kind]
    Responsibility.objects.bulk_create(
        Responsibility(service=service, body_kind=catalogue.bodies[kind], rank=rank, source=row.when or "proposal")
        for rank, kind in enumerate(kinds, start=1)
    )


def _seed_question(service: Service, position: int, code: str, row: PackQuestion) -> None:
    question = Question.objects.create(
        service=service,
        code=code,
        datatype=row.type,
        required=row.r,
        position=position,
        **translated("text", [row.ar, row.fr, row.en]),
    )
    for number, (value, words) in enumerate(row.values.items()):
        Choice.objects.create(question=question, code=value, position=number, **translated("name", words))


def _seed_overrides(province: Area) -> None:
    services = Service.objects.in_bulk(field_name="code")
    bodies = Body.objects.in_bulk(field_name="code")
    # Where a service has rules of the province already, they are the desk's: ended, changed or followed by others.
    decided = set(Responsibility.objects.filter(area=province).values_list("service__code", flat=True))
    for row in read_responsibilities(settings.PACK, province.code):
        for code in row.services:
            if code not in decided:
                Responsibility.objects.create(
                    service=services[code],
                    area=province,
                    body=bodies[row.body] if row.body else None,
                    body_kind=row.kind,
                    valid_from=row.start,
                    source=row.note,
                )
