"""A helper process of the tests' own."""

from collections.abc import Iterator

import pytest

from nafida.cases.pictures.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox()
    yield box
    box.stop()
