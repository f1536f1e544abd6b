"""All reports that a map may show, held in memory in the order of their cells, so that any tile is counted at once.

Each process holds its own, some 33 bytes a report, and follows the journal: nothing happens to a case without an event.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from nafida.cases.life import State
from nafida.cases.models import Case, Event
from nafida.cases.models.case import CaseQuerySet

STATES = [State.RECEIVED, State.IN_HAND, State.ANSWERED, State.CLOSED]
NEVER = 1 << 62
OVERLAP = 200  # events looked at again: of two that are written at a time the later number may be seen first
WHOLE = 3600.0  # seconds after which all is read again, should anything have escaped

type Column = NDArray[Any]

_NUMBER = {state.value: i for i, state in enumerate(STATES)}


@dataclass(frozen=True)
class Mass:
    """One entry a report in each array, by cell; `state` is its place in STATES, `day` the proleptic ordinal.

    `due` is the second (Unix) at which the first of its running clocks runs out, NEVER where none runs.
    `told` keeps what was made of it, as long as it stands.
    """

    cell: Column
    key: Column
    service: Column
    body: Column
    day: Column
    state: Column
    due: Column
    told: dict[Hashable, bytes] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, cases: CaseQuerySet) -> Mass:
        """Those of the cases that a map may show: seen by an officer, with a place, not taken back or merged."""
        seen = cases.worth_showing().filter(cell__isnull=False, shown_at__isnull=False)
        columns = ("cell", "pk", "service_id", "body_id", "day", "state", "next_due_at")
        rows = list(seen.order_by("cell", "pk").values_list(*columns))
        cell, key, service, body, day, state, due = zip(*rows, strict=True) if rows else ((),) * len(columns)
        return cls(
            np.array(cell, np.int64),
            np.array(key, np.int64),
            np.array(service, np.int32),
            np.array(body, np.int32),
            np.array([one.toordinal() for one in day], np.int32),
            np.array([_NUMBER[one] for one in state], np.int8),
            np.array([int(one.timestamp()) if one else NEVER for one in due], np.int64),
        )

    def between(self, first: int, last: int) -> Mass:
        """Those whose cell lies between these two, both included."""
        start, end = np.searchsorted(self.cell, (first, last + 1))
        return Mass(*(array[start:end] for array in self._arrays()))

    def only(self, chosen: Column) -> Mass:
        return Mass(*(array[chosen] for array in self._arrays()))

    def of_services(self, services: Collection[int]) -> Column:
        """Which of them have one of the services, by key."""
        wanted = np.zeros(max([*services, int(self.service.max(initial=0))]) + 1, np.bool_)
        wanted[list(services)] = True
        return wanted[self.service]

    def middle(self, square: int, bits: int) -> int:
        """The cell of the one in the middle of those in a square that holds any: some place where one is."""
        start, end = np.searchsorted(self.cell, (square << bits, square + 1 << bits))
        return int(self.cell[(start + end - 1) // 2])

    def heaps(self, first: int, bits: int) -> list[tuple[int, list[int]]]:
        """The squares of `bits` from the cell `first` on that hold any: their number, and counts by state."""
        square = (self.cell - first) >> bits
        counts: Column = np.bincount(square * len(STATES) + self.state)
        counts = np.append(counts, np.zeros(-len(counts) % len(STATES), counts.dtype)).reshape(-1, len(STATES))
        return [((first >> bits) + int(i), counts[i].tolist()) for i in np.flatnonzero(counts.any(axis=1))]

    def renewed(self, keys: Iterable[int], fresh: Mass) -> Mass:
        """The same without those keys, and with what is fresh."""
        kept = self.only(~np.isin(self.key, list(keys)))
        at = np.searchsorted(kept.cell, fresh.cell)
        pairs = zip(kept._arrays(), fresh._arrays(), strict=True)
        return Mass(*(np.insert(old, at, new) for old, new in pairs))

    def _arrays(self) -> tuple[Column, ...]:
        return self.cell, self.key, self.service, self.body, self.day, self.state, self.due


class Held:
    """The mass as it stands; `read` costs one statement where nothing has happened."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Read all again at the next call."""
        self._mass: Mass | None = None
        self._seen = 0
        self._whole_at = 0.0

    def read(self) -> Mass:
        last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        with self._lock:
            mass = self._mass
            if mass is None or last < self._seen or time.monotonic() - self._whole_at > WHOLE:
                mass = Mass.of(Case.objects.all())
                self._whole_at = time.monotonic()
            elif last > self._seen:
                touched = set(Event.objects.filter(pk__gt=self._seen - OVERLAP).values_list("case_id", flat=True))
                mass = mass.renewed(touched, Mass.of(Case.objects.filter(pk__in=touched)))
            self._mass, self._seen = mass, last
            return mass


_held = Held()


def mass() -> Mass:
    """What the maps of this moment are counted from."""
    return _held.read()


def forget_mass() -> None:
    """Look at the tables again at the next call."""
    _held.forget()
