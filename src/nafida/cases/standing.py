"""What is made of cases and kept in each process until something happens to any of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language

from nafida.cases.models import Event

LONGEST = 60.0  # seconds: names change without a case, and of two events written at a time the later may be seen first

_all: list[Standing[Any]] = []


class Standing[T]:
    """What `build` makes in the active language; `get` costs one statement where nothing has happened."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self.forget()
        _all.append(self)

    def forget(self) -> None:
        """Make it anew at the next call."""
        self._kept: dict[str | None, tuple[int | None, float, T]] = {}

    def get(self) -> T:
        last, now, language = Event.objects.aggregate(last=Max("pk"))["last"], time.monotonic(), get_language()
        kept = self._kept.get(language)
        if kept is None or kept[0] != last or now - kept[1] > LONGEST:
            kept = self._kept[language] = (last, now, self._build())
        return kept[2]


def forget_standing() -> None:
    """Look at the tables again at the next call."""
    for standing in _all:
        standing.forget()
