"""Pages of the look alone: no other room's names, templates of the specimen beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from nafida.launch.setup import compile_translations
from tests.ui import specimen

HERE = Path(__file__).parent


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The catalogues as the launcher compiles them."""
    compile_translations()


@pytest.fixture(autouse=True)
def look(settings) -> None:  # type: ignore[no-untyped-def]
    """The place's name comes from the specimen, and its templates are found."""
    settings.SITE_NAME_FROM = "tests.ui.specimen.place"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [HERE / "templates"]}]


@pytest.fixture(params=["ar", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The test runs in Arabic, then in French."""
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def draw() -> Callable[..., str]:
    """draw(template, language, path="/ar/") → the page as a citizen gets it."""

    def page(template: str, code: str, path: str = "/") -> str:
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        with translation.override(code):
            return render_to_string(template, specimen.context(code), request=request)

    return page
