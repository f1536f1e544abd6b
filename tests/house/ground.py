"""Where things stand: rooms, floors and files of the house."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "nafida"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def floors(layers: list[str]) -> dict[str, int]:
    """Room → floor, 0 at the bottom, from the layers of the import contract."""
    return {room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")}


FLOORS = floors(PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"])


def may_know(room: str, other: str, on: dict[str, int] = FLOORS) -> bool:
    """Whether code of `room` may name things of `other`: itself and what lies lower. KeyError for no room."""
    return room == other or on[room] > on[other]


def room_of(path: Path) -> str:
    """The room a file of the house stands in; the module's own name at the root."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def python_files(*folders: str) -> Iterator[Path]:
    """Python files below folders of the repository, but not what Django writes."""
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def house_files(*suffixes: str) -> Iterator[Path]:
    """Files of the house with one of the suffixes."""
    yield from (path for path in HOUSE.rglob("*") if path.suffix in suffixes and path.is_file())


def templates() -> Iterator[Path]:
    """Template files of the house, of pages and of letters."""
    yield from (path for path in house_files(".html", ".txt") if "templates" in path.parts)


def shown(path: Path) -> str:
    """A path as people write it."""
    return str(path.relative_to(ROOT))
