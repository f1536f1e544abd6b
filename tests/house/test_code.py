"""What all Python of the house keeps to."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DateField, DateTimeField

from tests.house import code_rules as rules
from tests.house.ground import HOUSE, PYPROJECT, python_files, shown

Rule = Callable[[ast.Module], Iterable[str]]


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def broken(rule: Rule, paths: Iterable[Path]) -> list[str]:
    """What a rule has to say about files."""
    return [f"{shown(path)}:{wrong}" for path in paths for wrong in rule(read(path))]


def says(rule: Rule, code: str) -> list[str]:
    return list(rule(ast.parse(code)))


@cache
def fields(kind: type[DateField]) -> frozenset[str]:
    """Names of all fields of exactly this kind, of the house and of others."""
    every = (field for model in apps.get_models() for field in model._meta.get_fields())
    return frozenset(field.name for field in every if type(field) is kind)


def converts_zones(tree: ast.Module) -> Iterator[str]:
    yield from rules.zone_lookups(tree, instants=fields(DateTimeField), days=fields(DateField))


def events_made(tree: ast.Module) -> Iterator[str]:
    yield from rules.rows_made(tree, "Event")


def traces_made(tree: ast.Module) -> Iterator[str]:
    yield from rules.rows_made(tree, "Trace")


def source() -> list[Path]:
    return list(python_files("src/nafida"))


def test_nothing_listens_to_signals() -> None:
    assert broken(rules.signals, source()) == []


def test_only_the_journal_writes_events() -> None:
    assert broken(events_made, (path for path in source() if path != HOUSE / "cases" / "journal.py")) == []


def test_only_the_trail_writes_traces() -> None:
    assert broken(traces_made, (path for path in source() if path != HOUSE / "people" / "trail.py")) == []


def test_no_lookup_converts_time_zones_in_the_database() -> None:
    assert broken(converts_zones, source()) == []


def test_no_import_stands_inside_a_function() -> None:
    assert broken(rules.late_imports, source()) == []


def test_ruff_looks_for_imports_inside_functions_everywhere_in_the_house() -> None:
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    assert "PLC0415" in lint["select"]
    assert "PLC0415" not in str(lint.get("per-file-ignores")) + str(lint.get("ignore"))


def test_foreign_keys_name_their_table_by_a_string() -> None:
    assert broken(rules.foreign_keys_by_class, source()) == []


def test_functions_classes_and_tests_are_short() -> None:
    assert broken(rules.too_long, python_files("src", "tests", "bench")) == []


def test_files_are_short() -> None:
    long = {shown(path): path.read_text().count("\n") for path in python_files("src", "tests", "bench")}
    assert {name: lines for name, lines in long.items() if lines > rules.FILE_LIMIT} == {}


def test_no_module_is_a_drawer_for_anything() -> None:
    paths = python_files("src", "tests", "bench")
    assert [shown(path) for path in paths if rules.DRAWERS & {*path.parent.parts, path.stem}] == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (rules.signals, "from django.dispatch import receiver"),
        (rules.signals, "from django.db.models import signals"),
        (rules.signals, "import django.db.models.signals as s"),
        (rules.signals, "from allauth.account.signals import user_logged_in"),
        (rules.signals, "from nafida.cases import changed\nchanged.connect(f)"),
        (events_made, "from nafida.cases.models import Event\nEvent(seq=1)"),
        (events_made, "from nafida.cases import models\nmodels.Event.objects.create()"),
        (events_made, "Event.objects.bulk_create([])"),
        (events_made, "case.events.create(seq=1)"),
        (converts_zones, "Case.objects.filter(enqueued_at__date=day)"),
        (converts_zones, "Case.objects.filter(task__enqueued_at__day=3)"),
        (converts_zones, "Case.objects.filter(enqueued_at__year__gte=2026)"),
        (converts_zones, "Case.objects.order_by('-enqueued_at__month')"),
        (converts_zones, "functions.TruncMonth('enqueued_at')"),
        (converts_zones, "from django.db.models.functions import ExtractYear as E\nExtractYear('x')"),
        (converts_zones, "Case.objects.datetimes('enqueued_at', 'day')"),
        (rules.late_imports, "def f():\n  if x:\n    import os"),
        (rules.foreign_keys_by_class, "models.ForeignKey(Case, on_delete=models.CASCADE)"),
        (rules.foreign_keys_by_class, "models.ManyToManyField(to=Case)"),
        (rules.too_long, "def f():\n" + "  x\n" * 40),
        (rules.too_long, "class A:\n" + "  x\n" * 150),
        (rules.too_long, "def test_f():\n" + "  x\n" * 25),
    ],
)
def test_each_rule_sees_what_breaks_it(rule: Rule, code: str) -> None:
    assert says(rule, code)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (rules.signals, "import sqlite3, django\nsqlite3.connect(path)"),
        (rules.signals, "import socket\nsocket.socket().connect(path)"),
        (events_made, "from threading import Event\nEvent()"),
        (events_made, "threading.Event()"),
        (events_made, "Event.objects.filter(seq=1)"),
        (converts_zones, "Case.objects.filter(day=today, case__day__gte=today)"),
        (rules.late_imports, "if TYPE_CHECKING:\n  import os"),
        (rules.foreign_keys_by_class, "models.ForeignKey('cases.Case', on_delete=models.CASCADE)"),
        (rules.foreign_keys_by_class, "models.OneToOneField(settings.AUTH_USER_MODEL)"),
        (rules.too_long, "def f():\n" + "  x\n" * 39),
    ],
)
def test_no_rule_sees_what_is_right(rule: Rule, code: str) -> None:
    assert says(rule, code) == []
