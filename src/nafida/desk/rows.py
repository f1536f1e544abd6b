"""What a row of the desk's lists says of a case beside its own columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from nafida.cases.life import State
from nafida.cases.models import Case
from nafida.services.shelves import service_names
from nafida.territory.communes import area_names


def dress(cases: Iterable[Case], now: datetime) -> None:
    """Give each case its `address`, `title`, `commune` and `state_words`, whether its clock `runs` and is `late`.

    Names come from memory: joins of wide tables, and looking up each by itself, took most of a list's time.
    """
    titles, communes = service_names(), area_names()
    words = {state.value: str(state.label) for state in State}
    before, _mark, after = reverse("desk:case", args=["-"]).rpartition("-")
    for case in cases:
        vars(case).update(
            address=f"{before}{case.reference}{after}",
            title=titles[case.service_id],
            commune=communes[case.area_id],
            state_words=words[case.state],
            late=case.next_due_at is not None and case.next_due_at < now,
            runs=case.next_due_at is not None and case.state in (State.RECEIVED, State.IN_HAND),
        )
