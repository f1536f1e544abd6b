"""What is made from the tables and kept in each process until a mark in the territory's row changes."""

import time
from collections.abc import Callable
from typing import Any, Literal

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import get_language, override

from .models import Territory

CHECK_EVERY = 10.0  # seconds; a change made in another process is noticed after that

type Stamp = Literal["places", "days", "landmarks"]


class Marks:
    """All marks, read together: they stand in one row."""

    def __init__(self) -> None:
        self._row: dict[str, Any] = {}
        self._read_at = -CHECK_EVERY

    def of(self, stamp: Stamp) -> str | None:
        now = time.monotonic()
        if now - self._read_at >= CHECK_EVERY:
            self._row = dict(Territory.objects.values("places", "days", "landmarks").first() or {})
            self._read_at = now
        return self._row.get(stamp)

    def forget(self) -> None:
        self._read_at = -CHECK_EVERY


_marks = Marks()


def forget(stamp: Stamp) -> None:
    """Let this process look at once whether what hangs on the mark has changed."""
    _marks.forget()


class Fresh[T]:
    """A value that `build` makes, kept until another `stamp` stands in the territory's row.

    The mark is read before the value is made: a change in between only means that it is made once more.
    """

    def __init__(self, stamp: Stamp, build: Callable[[], T]) -> None:
        self.stamp = stamp
        self._build = build
        self._kept: tuple[str | None, T] | None = None

    def get(self) -> T:
        kept, stamp = self._kept, _marks.of(self.stamp)
        if kept is None or kept[0] != stamp:
            kept = self._kept = (stamp, self._build())
        return kept[1]

    def forget(self) -> None:
        """Read the mark again at the next `get`."""
        _marks.forget()


class FreshWords[T]:
    """The same in words: a value for each language, made with that language active; `get` gives the active one's."""

    def __init__(self, stamp: Stamp, build: Callable[[], T]) -> None:
        self._build = build
        self._fresh = Fresh(stamp, self._in_each)

    def get(self) -> T:
        kept = self._fresh.get()
        language = get_language()
        return kept[language if language in kept else settings.LANGUAGE_CODE]

    def _in_each(self) -> dict[str | None, T]:
        return {language: self._in(language) for language, _name in settings.LANGUAGES}

    def _in(self, language: str) -> T:
        with override(language):
            return self._build()


class Names(dict[int, str]):
    """Names by keys, in the language that was active; a row that came a moment ago is asked for itself."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__((row.pk, row.name) for row in rows)
        self._rows = rows

    def __missing__(self, key: int) -> str:
        return str(self._rows.all().get(pk=key).name)


class Rows[T: Model](dict[int, T]):
    """Rows by keys, shared by whoever asks, so nobody changes them; one that came a moment ago is asked for itself."""

    def __init__(self, rows: QuerySet[T]) -> None:
        super().__init__(rows.in_bulk())
        self._rows = rows

    def __missing__(self, key: int) -> T:
        return self._rows.all().get(pk=key)
