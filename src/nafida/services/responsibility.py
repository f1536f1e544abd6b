"""Who answers for this, here, today?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nafida.services.models import Responsibility
from nafida.territory.models import Area, Body, BodyKind

EVERYWHERE = 9  # how far up the chain of areas a rule without area stands


@dataclass(frozen=True)
class Answerer:
    """The body that answers, and whether a rule names it or it only stands in for nobody."""

    body: Body
    stands_in: bool = False


@dataclass(frozen=True)
class Spot:
    """A place as responsibility sees it: its areas from the smallest up, and the local authority drawn over it."""

    areas: tuple[int, ...]
    authority: Body | None = None

    @classmethod
    def in_commune(cls, commune: Area, authority: Body | None = None) -> Spot:
        """`commune` wants its parents selected (`select_related("parent__parent__parent")`)."""
        chain = []
        area: Area | None = commune
        while area is not None:
            chain.append(area.pk)
            area = area.parent
        return cls(tuple(chain), authority)

    def distance(self, area_id: int | None) -> int:
        return self.areas.index(area_id) if area_id in self.areas else EVERYWHERE


def who_answers(service_id: int, spot: Spot, on: date) -> Answerer:
    """The competent body: the rule of the smallest area first, then by rank; the governorate where none holds."""
    here = Q(area=None) | Q(area__in=spot.areas)
    rules = Responsibility.objects.on(on).filter(here, service_id=service_id).select_related("body")
    bodies = Body.objects.on(on).competent().filter(here)
    return choose(rules, list(bodies), spot, on)


def choose(rules: Iterable[Responsibility], bodies: list[Body], spot: Spot, on: date) -> Answerer:
    """The rule of who_answers over rows already read. Raises Body.DoesNotExist when nobody coordinates."""
    holding = [rule for rule in rules if rule.area_id is None or rule.area_id in spot.areas]
    for rule in sorted(holding, key=lambda rule: (spot.distance(rule.area_id), rule.rank, rule.pk)):
        if rule.body is not None:
            if _exists(rule.body, on):
                return Answerer(rule.body)
            continue
        found = _of_kind(rule.body_kind, bodies, spot)
        if found is not None:
            return found
    return Answerer(_governorate(bodies), stands_in=True)


def _of_kind(kind: str, bodies: list[Body], spot: Spot) -> Answerer | None:
    if kind == BodyKind.LOCAL_AUTHORITY:
        # Areas of the State's local authorities carry no code; until theirs are drawn the governor answers.
        return Answerer(spot.authority) if spot.authority else Answerer(_governorate(bodies), stands_in=True)
    serving = [body for body in bodies if body.kind == kind]
    if not serving:
        return None
    return Answerer(min(serving, key=lambda body: (spot.distance(body.area_id), body.pk)))


def _governorate(bodies: list[Body]) -> Body:
    for body in bodies:
        if body.kind == BodyKind.GOVERNORATE:
            return body
    raise Body.DoesNotExist("no governorate coordinates here")


def _exists(body: Body, on: date) -> bool:
    return (body.valid_from is None or body.valid_from <= on) and (body.valid_to is None or on <= body.valid_to)
