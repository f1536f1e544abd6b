"""Who answers for this, here, today?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nafida.services.models import Responsibility
from nafida.territory.fresh import Fresh
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


@dataclass(frozen=True)
class Known:
    """All rules, by service, and all bodies that may get a case, of whatever day: they are few."""

    rules: dict[int, list[Responsibility]]
    bodies: list[Body]


def _read() -> Known:
    rules: defaultdict[int, list[Responsibility]] = defaultdict(list)
    for rule in Responsibility.objects.select_related("body"):
        rules[rule.service_id].append(rule)
    return Known(dict(rules), list(Body.objects.competent()))


_known = Fresh("places", _read)


def who_answers(service_id: int, spot: Spot, on: date) -> Answerer:
    """The competent body: the rule of the smallest area first, then by rank; the governorate where none holds.

    Answered from memory: whoever changes bodies or responsibilities says so by `redraw_places`.
    """
    known = _known.get()
    rules = [rule for rule in known.rules.get(service_id, ()) if holds(rule, on)]
    bodies = [body for body in known.bodies if holds(body, on) and (body.area_id is None or body.area_id in spot.areas)]
    return choose(rules, bodies, spot, on)


def choose(rules: Iterable[Responsibility], bodies: list[Body], spot: Spot, on: date) -> Answerer:
    """The rule of who_answers over rows already read. Raises Body.DoesNotExist when nobody coordinates."""
    holding = [rule for rule in rules if rule.area_id is None or rule.area_id in spot.areas]
    for rule in sorted(holding, key=lambda rule: (spot.distance(rule.area_id), rule.rank, rule.pk)):
        if rule.body is not None:
            if holds(rule.body, on):
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


def holds(row: Body | Responsibility, on: date) -> bool:
    """Whether a body exists, or a rule is in force, on that day."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)
