"""What is made from the tables and kept in each process until a mark in the territory's row changes."""

import time
from collections.abc import Callable
from typing import Any, Literal

from .models import Territory

CHECK_EVERY = 10.0  # seconds; a change made in another process is noticed after that

type Stamp = Literal["places", "days", "landmarks"]
_kept: list["Fresh[Any]"] = []


def forget(stamp: Stamp) -> None:
    """Let this process look at once whether what hangs on the mark has changed."""
    for fresh in _kept:
        if fresh.stamp == stamp:
            fresh.forget()


class Fresh[T]:
    """A value that `build` makes, kept until another `stamp` stands in the territory's row.

    The mark is read before the value is made: a change in between only means that it is made once more.
    """

    def __init__(self, stamp: Stamp, build: Callable[[], T]) -> None:
        self.stamp = stamp
        self._build = build
        self._kept: tuple[str | None, T] | None = None
        self._checked = 0.0
        _kept.append(self)

    def get(self) -> T:
        kept = self._kept
        now = time.monotonic()
        if kept is not None and now - self._checked < CHECK_EVERY:
            return kept[1]
        stamp = Territory.objects.values_list(self.stamp, flat=True).first()
        if kept is None or kept[0] != stamp:
            kept = (stamp, self._build())
            self._kept = kept
        self._checked = now
        return kept[1]

    def forget(self) -> None:
        """Read the mark again at the next `get`."""
        self._checked = -CHECK_EVERY
