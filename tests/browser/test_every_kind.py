"""What holds for every kind of page, in Arabic and in French, in the light and in the dark."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import conftest, kinds
from tests.browser.looking import Findings, look
from tests.browser.site import Site
from tests.browser.visits import Visit

Look = Callable[[str, str], Findings]
every_kind = pytest.mark.parametrize("kind", kinds.PAGES)
in_both = pytest.mark.parametrize("language", ["ar", "fr"])


@pytest.fixture(scope="package")
def seen(standing_site: Site, chromium_browser: Browser, estate: dict[str, str]) -> Iterator[Look]:
    """seen(kind, language): the findings of a page, which is opened once for all tests about it."""
    visits: dict[tuple[str, str], Visit] = {}
    found: dict[tuple[str, str], Findings] = {}

    def ask(kind: str, language: str) -> Findings:
        who = kinds.PAGES[kind].who
        if (kind, language) not in found:
            if (who, language) not in visits:
                session = estate[who] if who else None
                visits[who, language] = conftest.begin(
                    chromium_browser, standing_site.url, language=language, session=session
                )
            found[kind, language] = look(visits[who, language], kinds.path_of(kind, estate, language))
        return found[kind, language]

    yield ask
    for each in visits.values():
        each.close()


def test_every_route_is_a_kind_of_page_or_none() -> None:
    routes = set(kinds.routes())
    known = {kinds.route_of(name) for name in kinds.PAGES} | set(kinds.NO_PAGES)
    assert sorted(routes - known) == [], "tests/browser/kinds.py lacks these: say how the page is reached"
    assert sorted(known - routes) == [], "tests/browser/kinds.py has these, the URL table has not"


@every_kind
@in_both
def test_a_page_opens_and_its_console_is_silent(seen: Look, kind: str, language: str) -> None:
    page = seen(kind, language)
    assert page.status == kinds.PAGES[kind].status
    assert [wrong for wrong in page.wrong if f"status of {page.status}" not in wrong] == []


@every_kind
@in_both
def test_axe_finds_no_barrier(seen: Look, kind: str, language: str) -> None:
    assert seen(kind, language).light == []


@every_kind
@in_both
def test_words_are_legible_in_the_dark(seen: Look, kind: str, language: str) -> None:
    assert seen(kind, language).dark == []


@every_kind
@in_both
def test_nothing_makes_a_page_scroll_sideways(seen: Look, kind: str, language: str) -> None:
    assert seen(kind, language).wider == {}


@every_kind
def test_an_arabic_page_says_everything_in_arabic(seen: Look, kind: str) -> None:
    assert seen(kind, "ar").foreign == []
