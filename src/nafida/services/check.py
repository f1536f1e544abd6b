"""What nobody answers for, and who answers but cannot be reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from nafida.people.models import Membership
from nafida.services.models import Danger, Responsibility, Service
from nafida.services.responsibility import Spot, choose
from nafida.territory.models import Area, Body


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
    manned = set(Membership.objects.on(on).values_list("body_id", flat=True))
    gaps = Gaps()
    load: defaultdict[Body, int] = defaultdict(int)
    for commune in Area.objects.communes().select_related("parent__parent__parent"):
        spot = Spot.in_commune(commune)
        here = [body for body in bodies if body.area_id is None or body.area_id in spot.areas]
        offered = Service.objects.offered_in(commune.pk).exclude(danger=Danger.STOP)
        for service in offered.in_order():
            answerer = choose(rules[service.pk], here, spot, on)
            if answerer.stands_in:
                gaps.nobody.append((service, commune))
            load[answerer.body] += 1
    gaps.unreachable = [(body, pairs) for body, pairs in load.items() if not body.email and body.pk not in manned]
    return gaps
