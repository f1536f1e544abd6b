"""Several cases of one street answered in one go: the same subject, near each other, each its own transaction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nafida.cases.actions import Faster
from nafida.cases.actor import Actor
from nafida.cases.attachments import KeptPicture
from nafida.cases.life import NotAllowed, Verb
from nafida.cases.models import Case
from nafida.desk.actions import Facts, act_on_case
from nafida.people.models import User
from nafida.reports.models import Report
from nafida.territory.landmarks import metres_between

NEAR = 300  # metres: offered beside the one somebody looks at
APART = 1000  # metres: further from the first, it is another place
MOST = 50
_DEGREE = 111_320  # metres of a degree of latitude


@dataclass(frozen=True)
class Together:
    """One case of those on the page, its distance from the first in metres (None without a point)."""

    case: Case
    metres: int | None
    ticked: bool


@dataclass(frozen=True)
class Result:
    """What became of one case; `why` says why nothing did, "" when it is done."""

    case: Case
    why: str


def named(user: User, references: Sequence[str]) -> list[Case]:
    """The open cases on this desk that the address names, at most fifty, the first named first."""
    wanted = [one for one in references if one.isascii() and one.isdigit()][:MOST]
    rows = Case.objects.on_desk_of(user).open().filter(reference__in=wanted)
    rows = rows.select_related("service", "area", "body", "report").defer("area__boundary")
    return sorted(rows, key=lambda case: wanted.index(case.reference))


def together(user: User, references: Sequence[str]) -> list[Together]:
    """The cases named that go with the first of them, and what else is open near it, of the same subject."""
    cases = named(user, references)
    if not cases:
        return []
    first = cases[0]
    rows = [Together(case, apart(first, case), True) for case in cases if goes_with(first, case)]
    known = {row.case.pk for row in rows}
    near = [Together(case, metres, False) for case, metres in neighbours(user, first) if case.pk not in known]
    return [*rows, *near][:MOST]


def goes_with(first: Case, case: Case) -> bool:
    """Whether one answer can hold for both: the same subject, and one place as far as it is known."""
    metres = apart(first, case)
    near = metres <= APART if metres is not None else case.area_id == first.area_id
    return case.service_id == first.service_id and near


def apart(first: Case, case: Case) -> int | None:
    a, b = first.report, case.report
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return round(metres_between((a.lon, a.lat), (b.lon, b.lat)))


def neighbours(user: User, case: Case, most: int = 20) -> list[tuple[Case, int]]:
    """Open cases of the same subject on this desk within 300 m, nearest first, each with its distance."""
    report: Report = case.report
    if report.lat is None or report.lon is None:
        return []
    high = NEAR / _DEGREE
    wide = high / math.cos(math.radians(report.lat))
    rows = Case.objects.on_desk_of(user).open().filter(service=case.service_id).exclude(pk=case.pk)
    rows = rows.filter(report__lat__range=(report.lat - high, report.lat + high))
    rows = rows.filter(report__lon__range=(report.lon - wide, report.lon + wide))
    rows = rows.select_related("service", "area", "body", "report").defer("area__boundary").order_by("-pk")
    found = [(other, apart(case, other) or 0) for other in rows[:100]]
    return sorted((pair for pair in found if pair[1] <= NEAR), key=lambda pair: pair[1])[:most]


def do_together(
    cases: Sequence[Case], verb: Verb, *, by: User, seen: dict[str, int], facts: Facts, kept: KeptPicture | None
) -> list[Result]:
    """Do one verb to each, with the same words and photo; what cannot be done is told and hinders no other."""
    return [Result(case, _do(case, cases[0], verb, by, seen.get(case.reference, 0), facts, kept)) for case in cases]


def _do(case: Case, first: Case, verb: Verb, by: User, seen: int, facts: Facts, kept: KeptPicture | None) -> str:
    if not goes_with(first, case):
        return _("It is of another subject, or too far from the first one.")
    try:
        act_on_case(case, verb, by=Actor.on_desk(by, case), seen=seen, facts=facts, kept=kept)
    except Faster:
        return _("Somebody was faster: the case has moved on since you opened it.")
    except NotAllowed as refusal:
        return str(refusal)
    return ""
