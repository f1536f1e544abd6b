"""Rules about Python, each a function from a syntax tree to what is wrong: `line: sentence`."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

Wrong = Iterator[str]

WRITES = frozenset({"create", "acreate", "bulk_create", "abulk_create", "get_or_create", "update_or_create"})
ZONED = re.compile(r"date|time|(iso_)?year|quarter|month|week|(iso_)?week_day|hour|minute|second")
ZONE_FUNCTIONS = re.compile(r"(Trunc|Extract)([A-Z]\w*)?$")
RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})
LIMITS = {"function": 40, "class": 150, "test": 25}
FILE_LIMIT = 300
DRAWERS = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"})


def imported(tree: ast.Module) -> dict[str, str]:
    """Name in this module → dotted path it was imported from."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.expr) -> list[str]:
    """`a.b(…).c` as ["a", "b", "c"]."""
    if isinstance(node, ast.Attribute):
        return [*dotted(node.value), node.attr]
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return [node.id] if isinstance(node, ast.Name) else []


def signals(tree: ast.Module) -> Wrong:
    """Nothing listens to signals: what follows an event stands in reactions. Sockets may be connected."""
    sources = imported(tree)
    for name, source in sources.items():
        if source.startswith("django.dispatch") or "signals" in source.split("."):
            yield f"1: {name} is of Django's signals"
    django = any(source.split(".")[0] in ("django", "nafida", "allauth") for source in sources.values())
    for node in ast.walk(tree):
        path = dotted(node.func) if isinstance(node, ast.Call) else []
        driver = sources.get(path[0], "").split(".")[0] if path else ""
        if path[-1:] == ["connect"] and django and driver not in ("sqlite3", "psycopg"):
            yield f"{node.lineno}: {'.'.join(path)}() listens to a signal"


def rows_made(tree: ast.Module, model: str) -> Wrong:
    """Nothing makes rows of `model`, by its class or through a related manager (`events`, `event_set`)."""
    foreign = imported(tree).get(model, "nafida").split(".")[0] != "nafida"
    related = {f"{model.lower()}s", f"{model.lower()}_set"}
    for node in ast.walk(tree):
        path = dotted(node.func) if isinstance(node, ast.Call) else []
        made = path[-1:] == [model] and not foreign and path[:-1] in ([], ["models"])
        written = path[-1:] and path[-1] in WRITES and ((model in path and not foreign) or related & set(path))
        if made or written:
            yield f"{node.lineno}: {'.'.join(path)}() makes a row of {model}"


def zone_lookups(tree: ast.Module, *, instants: frozenset[str], days: frozenset[str]) -> Wrong:
    """No look-up that converts time zones in the database.

    `instants` and `days` are names of date-time and date fields: on a day, a year is a plain range.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if ZONE_FUNCTIONS.match(name) or name == "datetimes":
                yield f"{node.lineno}: {name} converts zones in the database"
        word = node.arg if isinstance(node, ast.keyword) else getattr(node, "value", None)
        if isinstance(word, str) and re.fullmatch(r"-?\w+__\w+", word):
            for before, transform in pairwise(word.lstrip("-").split("__")):
                zoned = bool(ZONED.fullmatch(transform)) and (before in instants or before not in days)
                if zoned or (transform == "day" and before in instants):
                    yield f"{node.lineno}: {word} converts zones in the database"


def late_imports(tree: ast.Module) -> Wrong:
    """No import inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"{inner.lineno}: import inside {node.name}()"


def too_long(tree: ast.Module) -> Wrong:
    """Functions, classes and tests stay short."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            kind = "class"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            kind = "test" if node.name.startswith("test_") else "function"
        else:
            continue
        lines = (node.end_lineno or 0) - node.lineno + 1
        if lines > LIMITS[kind]:
            yield f"{node.lineno}: {kind} {node.name} has {lines} lines, not {LIMITS[kind]}"


def foreign_keys_by_class(tree: ast.Module) -> Wrong:
    """Foreign keys name their table by a string, so that rooms need no import for them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func)[-1:] and dotted(node.func)[-1] in RELATIONS:
            named = [*node.args, *(word.value for word in node.keywords if word.arg == "to")]
            target = named[0] if named else None
            text = isinstance(target, ast.Constant) and isinstance(target.value, str)
            user = target is not None and dotted(target) == ["settings", "AUTH_USER_MODEL"]
            if not (text or user):
                yield f"{node.lineno}: a foreign key names its table by a class"
