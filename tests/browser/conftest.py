"""The site and the visits of the browser tests.

A test asks for a visit by its circumstances, and may make more of them:

    def test_…(site, visit):
        case = site.do("report", service="light-out")
        phone = visit(language="fr", dark=True)
        phone.go(case["public"])

`phone`, `desktop`, `plain` (no scripts), `located` and `slow` are usual visits, ready made. Browser tests live in
this folder only: Playwright keeps an event loop in the thread, which Django refuses to share with its models, so the
browser is closed when the last of them has run. No browser test uses the database of other tests.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.site import Site
from tests.browser.visits import PATIENCE, Guard, Hand, Visit, Wire, slow_down

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
LOCALES = {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}
Visits = Callable[..., Visit]


@pytest.fixture(scope="package")
def chromium_browser() -> Iterator[Browser]:
    """One browser for all tests of this folder."""
    with sync_playwright() as playwright:
        program = chromium.find(playwright)
        if program is None:
            pytest.fail(chromium.MISSING, pytrace=False)
        with chromium.launch(playwright, program) as browser:
            yield browser


@pytest.fixture(scope="package")
def standing_site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="package")
def estate(standing_site: Site) -> dict[str, str]:
    """What every kind of page shows."""
    planted: dict[str, str] = standing_site.do("tests.browser.estate.plant")
    return planted


@pytest.fixture
def site(standing_site: Site) -> Site:
    """The site, with all turns of its throttles given back."""
    standing_site.do("forget_limits")
    return standing_site


@pytest.fixture
def visit(site: Site, chromium_browser: Browser) -> Iterator[Visits]:
    """visit(language="ar", wide=False, dark=False, scripts=True, at=None, session=None, slow=False, **context).

    `at` (longitude, latitude) is where the device is and says so; without it location is refused. `session` is
    that of `site.do("officer")`. What goes wrong on any page of a visit fails the test at its end.
    """
    opened: list[Visit] = []

    def open_one(**wishes: Any) -> Visit:
        opened.append(begin(chromium_browser, site.url, **wishes))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()
    assert [wrong for each in opened for wrong in each.guard.wrong] == []


def begin(
    browser: Browser,
    url: str,
    *,
    language: str = "ar",
    wide: bool = False,
    dark: bool = False,
    scripts: bool = True,
    at: tuple[float, float] | None = None,
    session: str | None = None,
    slow: bool = False,
    **more: Any,
) -> Visit:
    wishes: dict[str, Any] = {
        **(DESKTOP if wide else PHONE),
        "locale": LOCALES[language],
        "java_script_enabled": scripts,
    }
    wishes["color_scheme"] = "dark" if dark else "light"
    if at is not None:
        wishes |= {"geolocation": {"longitude": at[0], "latitude": at[1]}, "permissions": ["geolocation"]}
    context = browser.new_context(**{**wishes, **more})
    context.set_default_timeout(PATIENCE)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    guard = Guard()
    guard.watch(context)
    page = context.new_page()
    debugger = context.new_cdp_session(page)
    wire = Wire(debugger)
    if slow:
        slow_down(debugger)
    return Visit(url, language, page, wire, Hand(page, wire), guard, context.close)


@pytest.fixture
def phone(visit: Visits) -> Visit:
    """A phone that reads Arabic, 360 px wide."""
    return visit()


@pytest.fixture
def desktop(visit: Visits) -> Visit:
    """A screen 1280 px wide that reads French."""
    return visit(language="fr", wide=True)


@pytest.fixture
def plain(visit: Visits) -> Visit:
    """A phone without scripts."""
    return visit(scripts=False)


@pytest.fixture
def located(site: Site, visit: Visits) -> Visit:
    """A phone in Aklim that says where it is."""
    return visit(at=site.do("point"))


@pytest.fixture
def slow(site: Site, visit: Visits) -> Visit:
    """A cheap phone in Aklim on weak 3G."""
    return visit(at=site.do("point"), slow=True)
