"""The browser tests' own tools tell the truth."""

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.browser import conftest, planting
from tests.browser.site import Site
from tests.browser.visits import Visit


def test_the_site_serves_pages_as_in_production(phone: Visit) -> None:
    kinds = {}
    phone.page.on("response", lambda answer: kinds.update({answer.url: answer.headers}))
    page = phone.go("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    style = next(headers for address, headers in kinds.items() if "/ui/nafida." in address)
    assert style["content-encoding"] == "br"
    assert "immutable" in style["cache-control"]


def test_a_planted_case_stands_on_its_page(site: Site, phone: Visit) -> None:
    case = site.do("report")
    phone.go(case["public"])
    expect(phone.page.get_by_text(case["shown"]).first).to_be_visible()


def test_an_officer_is_signed_in_by_a_cookie(site: Site, visit: conftest.Visits) -> None:
    officer = site.do("officer")
    case = site.do("in_hand", by=officer["email"])
    desk = visit(language="fr", wide=True, session=officer["session"])
    assert desk.go(case["desk"]).status == 200
    assert site.do("look", reference=case["reference"])["state"] == "in_hand"


def test_what_fails_over_there_fails_here(site: Site) -> None:
    with pytest.raises(AssertionError, match="DoesNotExist"):
        site.do("look", reference="000000000")


def test_words_on_the_console_and_far_addresses_are_faults(site: Site, chromium_browser: Browser) -> None:
    visit = conftest.begin(chromium_browser, site.url)
    visit.go("/")
    visit.page.evaluate("console.error('ouch')")
    visit.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visit.page.goto("https://example.org/")
    visit.close()
    told = "\n".join(visit.guard.wrong)
    assert "ouch" in told
    assert "asked https://example.org/" in told
    assert "Content Security Policy" in told


def test_bytes_taps_and_screens_are_counted(slow: Visit) -> None:
    slow.hand.open(slow.address("/"), "h1")
    slow.page.wait_for_load_state("load")
    first = slow.wire.bytes()
    assert 5_000 < first < 300_000
    slow.hand.tap(slow.page.locator("main a[href$='/report/']").first, "#q_hint")
    slow.page.wait_for_url("**/report/")
    assert (slow.hand.taps, slow.hand.screens) == (1, 2)
    assert slow.hand.waited > 0.4
    assert slow.hand.round_trips[0] >= 2
    assert slow.wire.bytes() > first


def test_every_planter_says_what_it_gives() -> None:
    public = {name for name in vars(planting) if not name.startswith("_") and callable(getattr(planting, name))}
    assert {"report", "in_hand", "answered", "officer", "point", "work"} <= public
