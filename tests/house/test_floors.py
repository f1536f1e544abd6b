"""Rooms know only what stands lower, also where imports do not show it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.ground import FLOORS, HOUSE, PYPROJECT, ROOT, floors, may_know

CONFIG = PYPROJECT["tool"]["importlinter"]
CONTRACT = CONFIG["contracts"][0]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    """import-linter with the configuration in `folder` on the package in `source`."""
    env = os.environ | {"PYTHONPATH": str(source)}
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, env=env, capture_output=True, text=True)


def a_house(folder: Path, **imports: str) -> Path:
    """A house of empty rooms under our own contract; `imports` gives rooms their one line of code."""
    package = folder / "nafida"
    package.mkdir()
    (package / "__init__.py").touch()
    for room in FLOORS:
        (package / f"{room}.py").write_text(imports.get(room, "") + "\n")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return folder


def upward_relations() -> list[str]:
    """Foreign keys of our models to tables of rooms that stand higher or beside."""
    ours = {f"nafida.{room}": room for room in FLOORS}
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if not _stands(ours.get(model._meta.app_config.name), ours.get(field.related_model._meta.app_config.name))
    ]


def _stands(room: str | None, other: str | None) -> bool:
    return room is None or other is None or may_know(room, other)


def test_foreign_keys_point_down() -> None:
    assert upward_relations() == []


def test_a_foreign_key_that_points_up_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FLOORS, "people", max(FLOORS.values()) + 1)
    assert any("people.User" in relation for relation in upward_relations())


def test_every_import_points_down() -> None:
    result = lint(ROOT, ROOT / "src")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("territory", "import nafida.people"),
        ("cases", "from nafida.portal import views"),
        ("desk", "import nafida.portal"),
        ("ui", "import nafida.launch"),
    ],
)
def test_an_import_that_points_up_or_aside_is_refused(tmp_path: Path, room: str, line: str) -> None:
    result = lint(a_house(tmp_path, **{room: line}), tmp_path)
    assert result.returncode == 1
    assert f"nafida.{room}" in result.stdout


def test_an_import_that_points_down_is_welcome(tmp_path: Path) -> None:
    house = a_house(tmp_path, portal="import nafida.cases", people="import nafida.territory", desk="import nafida.ui")
    result = lint(house, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_room_without_a_floor_is_refused(tmp_path: Path) -> None:
    (a_house(tmp_path) / "nafida" / "attic.py").touch()
    assert "attic" in lint(tmp_path, tmp_path).stdout


def test_every_room_of_the_house_has_a_floor() -> None:
    rooms = {path.stem for path in HOUSE.iterdir() if path.name[0] not in "_." and path.suffix in ("", ".py")}
    assert rooms - set(CONTRACT["exhaustive_ignores"]) <= FLOORS.keys()


def test_rooms_know_themselves_and_what_is_lower() -> None:
    house = floors(["top", "left | (right)", "bottom"])
    assert may_know("top", "right", house)
    assert may_know("left", "left", house)
    assert not may_know("left", "right", house)
    assert not may_know("bottom", "left", house)
