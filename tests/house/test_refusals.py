"""History is append-only because the database says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

HISTORY = ["cases.Event", "cases.Checkpoint", "people.Trace"]
VERBS = {"sqlite": ["update", "delete"], "postgresql": ["update", "delete", "truncate"]}
STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
}

ANY: dict[type[models.Field[Any, Any]], Callable[[], object]] = {
    models.DateTimeField: timezone.now,
    models.DateField: timezone.localdate,
    models.JSONField: dict,
    models.IntegerField: lambda: 1,
    models.BinaryField: lambda: b"x",
    models.TextField: lambda: "x",
    models.CharField: lambda: "x",
    models.ForeignKey: lambda: 1,
}


def add_row(model: type[models.Model]) -> None:
    """A row that no action wrote, pointing at nothing: to be rolled back with its transaction."""
    wanted = [field for field in model._meta.concrete_fields if not (field.primary_key or field.null)]
    values = {field.attname: next(any_() for kind, any_ in ANY.items() if isinstance(field, kind)) for field in wanted}
    model._base_manager.bulk_create([model(**values)])


@transaction.atomic
def change_history(model: type[models.Model], statement: str) -> None:
    if not statement.startswith("TRUNCATE"):  # that is refused for an empty table too
        add_row(model)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def standing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    tables = [apps.get_model(name)._meta.db_table for name in HISTORY]
    return {f"{table}_no_{verb}" for table in tables for verb in VERBS[connection.vendor]}


def statements(model: type[models.Model]) -> list[str]:
    table, key = model._meta.db_table, model._meta.pk.column
    every = [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]
    return every[: len(VERBS[connection.vendor])]


@pytest.mark.django_db
def test_the_refusals_stand_in_the_database() -> None:
    assert expected() <= standing()


@pytest.mark.django_db
@pytest.mark.parametrize("name", HISTORY)
def test_the_database_refuses_to_change_history(name: str) -> None:
    model = apps.get_model(name)
    for statement in statements(model):
        with pytest.raises(IntegrityError, match="append-only"):
            change_history(model, statement)


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_can_leave_history_behind() -> None:
    """Its end empties the tables, which fails when the refusals are not lifted."""
    add_row(apps.get_model("people.Trace"))
    assert expected() <= standing()


@pytest.mark.django_db(transaction=True)
def test_the_refusals_stand_again_after_a_test_with_real_transactions() -> None:
    assert not apps.get_model("people.Trace").objects.exists()
    assert expected() <= standing()
