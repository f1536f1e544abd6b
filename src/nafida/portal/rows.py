"""Public cases as rows of a list: only what a row shows is read, and names come from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from nafida.cases.life import Outcome, State
from nafida.cases.masking import mask
from nafida.cases.models import Deadline
from nafida.cases.models.case import CaseQuerySet
from nafida.services.models import Publicity
from nafida.services.shelves import service_names
from nafida.territory.communes import area_names

OPEN = (State.RECEIVED, State.IN_HAND)
_READ = (
    *("pk", "reference", "service", "service__publicity", "area", "state", "outcome", "received_at", "day"),
    *("shown_at", "answered_at", "closed_at", "next_due_at", "report__place"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One case: `place` is masked and "" unless its words are public; `due` is None once it was answered.

    `touched_at` is when it was received, answered or closed, whichever was last; `runs_out_at` when the first of its
    clocks does, None once nothing is waited for.
    """

    pk: int
    day: date
    reference: str
    address: str
    title: str
    area: str
    state: str
    state_words: str
    place: str
    received_at: datetime
    touched_at: datetime
    due: datetime | None
    runs_out_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether one of its clocks has run out."""
        return self.runs_out_at is not None and self.runs_out_at < timezone.now()


def rows_of(cases: CaseQuerySet) -> list[Row]:
    """The cases in their order, in two statements however many they are."""
    found: list[Any] = list(cases.values_list(*_READ, named=True))
    services, areas = service_names(), area_names()
    words = {str(code): str(code.label) for code in (*State, *Outcome)}
    due = _due([case.pk for case in found if not (case.answered_at or case.closed_at)])
    before, _mark, after = reverse("portal:case", args=["-"]).rpartition("-")
    return [
        Row(
            pk=case.pk,
            day=case.day,
            reference=case.reference,
            address=f"{before}{case.reference}{after}",
            title=services[case.service],
            area=areas[case.area],
            state=case.state,
            state_words=words[case.outcome or case.state],
            place=mask(case.report__place) if _tells_words(case) else "",
            received_at=case.received_at,
            touched_at=max(at for at in (case.received_at, case.answered_at, case.closed_at) if at),
            due=due.get(case.pk),
            runs_out_at=case.next_due_at if case.state in OPEN else None,
        )
        for case in found
    ]


def _tells_words(case: Any) -> bool:
    return bool(case.report__place and case.shown_at and case.service__publicity == Publicity.FULL)


def _due(keys: list[int]) -> dict[int, datetime]:
    """The days towards which citizens' clocks run, by the keys of cases."""
    if not keys:
        return {}
    clocks = Deadline.objects.citizens().filter(case__in=keys, met_at=None, stopped_at=None)
    return dict(clocks.values_list("case", "due_at"))
