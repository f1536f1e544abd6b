"""A running Nafida for the tests of one file."""

import os
from collections.abc import Iterator

import pytest

from .running import ROOT, Installation, Process, closing_database, free_port, wait_for

__all__ = ["ROOT", "Installation", "Process", "closing_database", "free_port", "wait_for"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    base = tmp_path_factory.mktemp("installation")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NAFIDA_", "DJANGO_"))}
    kept |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONSAFEPATH": "1", "NAFIDA_DATA": str(base / "var")}
    own = Installation(base / "var", free_port(), base / "log", kept)
    with closing_database(kept):
        yield own
        if own.running is not None:
            own.stop()
