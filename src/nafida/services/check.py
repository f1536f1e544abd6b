"""What nobody answers for, and who answers but cannot be reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from shapely.geometry.base import BaseGeometry

from nafida.people.models import Membership, Role
from nafida.services.models import Danger, Responsibility, Service
from nafida.services.responsibility import Spot, choose
from nafida.territory.models import Area, Body, Jurisdiction
from nafida.territory.shapes import shape_of

SLIVER = 0.001  # of a commune: lines drawn by hand do not meet exactly


@dataclass
class Gaps:
    """Services without a body, as (service, commune), and bodies that neither letters nor officers reach."""

    nobody: list[tuple[Service, Area]] = field(default_factory=list)
    unreachable: list[tuple[Body, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.nobody or self.unreachable)


def find_gaps(on: date) -> Gaps:
    """Ask for every active service in every commune that offers it who answers `on` that day.

    A body cannot be reached when it has no address for letters and no officer; with it stands how many
    pairs of service and commune depend on it.
    """
    rules = defaultdict(list)
    for rule in Responsibility.objects.on(on).select_related("body"):
        rules[rule.service_id].append(rule)
    bodies = list(Body.objects.on(on).competent())
    staff = Membership.objects.on(on).with_role(Role.AGENT, Role.MANAGER, Role.COORDINATOR)
    manned = set(staff.filter(user__is_active=True).values_list("body_id", flat=True))
    gaps = Gaps()
    load: defaultdict[Body, set[tuple[int, int]]] = defaultdict(set)
    drawn = _drawn_authorities(on)
    for commune in Area.objects.communes().select_related("parent__parent__parent"):
        for spot in _spots_of(commune, drawn):
            here = [body for body in bodies if body.area_id is None or body.area_id in spot.areas]
            offered = Service.objects.offered_in(commune.pk).exclude(danger=Danger.STOP)
            for service in offered.in_order():
                answerer = choose(rules[service.pk], here, spot, on)
                if answerer.stands_in and (service, commune) not in gaps.nobody:
                    gaps.nobody.append((service, commune))
                load[answerer.body].add((service.pk, commune.pk))
    gaps.unreachable = [(body, len(pairs)) for body, pairs in load.items() if not body.email and body.pk not in manned]
    return gaps


def find_overlaps() -> list[tuple[Responsibility, Responsibility]]:
    """Pairs of rules that say two things at once: same service, area and rank, days in common, another answer."""
    places = defaultdict(list)
    for rule in Responsibility.objects.select_related("service", "area", "body").order_by("pk"):
        places[rule.service_id, rule.area_id, rule.rank].append(rule)
    pairs = [pair for rules in places.values() for pair in combinations(rules, 2)]
    return [(one, other) for one, other in pairs if _meet(one, other)]


def _meet(one: Responsibility, other: Responsibility) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends and (one.body_id, one.body_kind) != (other.body_id, other.body_kind)


def _drawn_authorities(on: date) -> list[tuple[Body, BaseGeometry]]:
    rows = Jurisdiction.objects.on(on).drawn().filter(body__in=Body.objects.on(on)).select_related("body")
    return [(row.body, shape_of(row.boundary or {})) for row in rows]


def _spots_of(commune: Area, drawn: list[tuple[Body, BaseGeometry]]) -> list[Spot]:
    """The commune once for each local authority drawn in it, and once without, unless they cover it."""
    if not drawn or commune.boundary is None:
        return [Spot.in_commune(commune)]
    left = ground = shape_of(commune.boundary)
    spots = []
    for body, shape in drawn:
        if ground.intersection(shape).area > SLIVER * ground.area:
            spots.append(Spot.in_commune(commune, body))
            left = left.difference(shape)
    return spots if left.area <= SLIVER * ground.area else [*spots, Spot.in_commune(commune)]
