"""Rows that pages ask for again and again by one key, read with as little ado as the driver allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections, models

_HOLE = -804_289_383
"""Stands for the key while Django writes the statement."""


class Reading[T: models.Model]:
    """The rows that `ask` tells of a key, as Django would give them, by a statement put together once a process.

    Putting it together anew takes Django several times as long as asking it. `joined` are one-to-one relations that
    come along, `more` other values by their paths, which stand in `vars(row)`. `only` leaves the row's other columns
    out until somebody asks for them.
    """

    def __init__(
        self,
        model: type[T],
        ask: Callable[[Any], models.QuerySet[T]],
        *,
        only: Sequence[str] = (),
        joined: Sequence[str] = (),
        more: Sequence[str] = (),
    ) -> None:
        self._ask, self._more = ask, more
        self._parts = [_Part("", model, only)]
        for name in joined:
            self._parts.append(_Part(name, cast(type[models.Model], model._meta.get_field(name).related_model), ()))
        self._written: dict[str, _Written] = {}

    def of(self, key: int | str) -> list[T]:
        """The rows of this key. One statement."""
        database = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(database.vendor)
        if written is None:
            written = self._written[database.vendor] = self._write()
        with database.cursor() as cursor:
            cursor.execute(written.statement, [key if value is _HOLE else value for value in written.values])
            return [self._made(written.converted(row, database)) for row in cursor.fetchall()]

    def one(self, key: int | str) -> T | None:
        """The first of them."""
        return next(iter(self.of(key)), None)

    def lay(self, owner: models.Model, relation: str) -> None:
        """Read the rows of `owner` and leave them where prefetch_related leaves what it has read."""
        rows = getattr(owner, relation).all()
        rows._result_cache, rows._prefetch_done = self.of(owner.pk), True
        vars(owner).setdefault("_prefetched_objects_cache", {})[relation] = rows

    def _write(self) -> _Written:
        paths = [path for part in self._parts for path in part.paths()]
        compiler = self._ask(_HOLE).values_list(*paths, *self._more).query.get_compiler(DEFAULT_DB_ALIAS)
        statement, values = compiler.as_sql()
        holes = [_HOLE if str(value) == str(_HOLE) else value for value in values]
        converters = compiler.get_converters(column for column, _sql, _alias in compiler.select)
        return _Written(statement, holes, converters)

    def _made(self, row: list[Any]) -> T:
        first, *others = self._parts
        made = cast(T, first.made(row, 0))
        start = len(first.names)
        for part in others:
            part.join(made, part.made(row, start))
            start += len(part.names)
        for path, value in zip(self._more, row[start:], strict=True):
            vars(made)[path] = value
        return made


class _Part:
    """The columns of one table among those of a row."""

    def __init__(self, name: str, model: type[models.Model], only: Sequence[str]) -> None:
        self.name, self.model = name, model
        key = model._meta.pk
        fields = [field for field in model._meta.concrete_fields if not only or field is key or field.attname in only]
        self.names, self._key = [field.attname for field in fields], fields.index(key)

    def paths(self) -> list[str]:
        return [f"{self.name}__{name}" if self.name else name for name in self.names]

    def made(self, row: list[Any], start: int) -> models.Model | None:
        values = row[start : start + len(self.names)]
        return None if values[self._key] is None else self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)

    def join(self, owner: models.Model, row: models.Model | None) -> None:
        """Let the two know each other, as select_related does."""
        relation: Any = owner._meta.get_field(self.name)
        relation.set_cached_value(owner, row)
        if row is not None:
            relation.remote_field.set_cached_value(row, owner)


@dataclass(frozen=True)
class _Written:
    """A statement, its values with _HOLE in the key's place, and what turns its columns into what fields hold."""

    statement: str
    values: list[Any]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]

    def converted(self, row: Sequence[Any], database: Any) -> list[Any]:
        values = list(row)
        for position, (converters, column) in self.converters.items():
            for convert in converters:
                values[position] = convert(values[position], column, database)
        return values
