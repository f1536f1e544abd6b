"""The map under a finger and under a keyboard, and the list that says the same."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.visits import Visit

CLOSE = """([lon, lat, zoom]) => {
  const map = document.querySelector("[data-map]").nafidaMap.map;
  map.setView([lat, lon], zoom, { animate: false });
}"""
MARKS = ".map-mark"
SINGLE = "#map .map-mark:has(.map-sign)"


def drawn(page: Page) -> None:
    """The map stands there with its land and with what the tiles brought."""
    page.wait_for_selector(".map .map-land")
    page.wait_for_selector(".map[aria-busy=false]")


def look_close(page: Page, at: list[float], zoom: int = 17) -> None:
    drawn(page)
    page.evaluate(CLOSE, [*at, zoom])


@pytest.fixture
def seen(site: Site) -> dict[str, str]:
    """A report that an officer has let be seen, with its place."""
    return site.do("shown")


def test_the_whole_province_is_counted_in_heaps(site: Site, seen: dict[str, str], phone: Visit) -> None:
    phone.go("/map/")
    drawn(phone.page)
    heaps = phone.page.locator(".map-heap b")
    expect(heaps.first).to_be_visible()
    assert sum(int(words) for words in heaps.all_inner_texts()) >= 1
    assert not phone.scrolls_sideways()


def test_a_tap_on_a_report_opens_its_card(site: Site, seen: dict[str, str], phone: Visit) -> None:
    phone.go("/map/")
    look_close(phone.page, site.do("point"))
    phone.page.locator(SINGLE).last.tap()
    card = phone.page.get_by_role("dialog")
    expect(card).to_be_visible()
    expect(card.get_by_role("link")).to_have_attribute("href", re.compile(r"/ar/cases/\d{9}/"))
    card.get_by_role("button").tap()
    expect(card).to_have_count(0)


def test_the_keyboard_moves_the_map_and_opens_a_card(site: Site, seen: dict[str, str], desktop: Visit) -> None:
    desktop.go("/map/")
    look_close(desktop.page, site.do("point"))
    expect(desktop.page.locator(SINGLE).last).to_be_visible()
    desktop.page.locator("#map").focus()
    before = desktop.page.evaluate("document.querySelector('#map').nafidaMap.where().lon")
    desktop.page.keyboard.press("ArrowRight")
    desktop.page.wait_for_function("was => document.querySelector('#map').nafidaMap.where().lon > was", arg=before)
    desktop.page.locator(SINGLE).last.focus()
    desktop.page.keyboard.press("Enter")
    expect(desktop.page.get_by_role("dialog")).to_be_visible()
    desktop.page.keyboard.press("Escape")
    expect(desktop.page.get_by_role("dialog")).to_have_count(0)


def test_who_runs_no_scripts_has_the_list(site: Site, seen: dict[str, str], plain: Visit) -> None:
    plain.go("/map/")
    assert plain.page.locator(f"a[href='/ar{seen['public']}']").count() == 1
    expect(plain.page.locator(".map noscript, .map p").first).to_be_visible()
    plain.page.locator("nav.tabs a").last.tap()
    plain.page.wait_for_url("**/ar/cases/")


def test_the_filters_of_the_map_are_those_of_the_list(site: Site, seen: dict[str, str], desktop: Visit) -> None:
    desktop.go("/map/?state=closed")
    drawn(desktop.page)
    expect(desktop.page.locator(MARKS)).to_have_count(0)
    desktop.page.locator("nav.tabs a").last.click()
    desktop.page.wait_for_url("**/fr/cases/?state=closed")


def test_a_poster_fills_one_sheet_of_paper(site: Site, visit: Visits) -> None:
    desktop = visit(language="ar", wide=True)
    desktop.go("/posters/sheet/?place=%D8%B4%D8%A7%D8%B1%D8%B9")
    paper = desktop.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_a_phone_remembers_the_commune_that_was_chosen(site: Site, phone: Visit) -> None:
    phone.go("/")
    chosen = phone.page.locator("[data-communes] a").nth(3)
    name = chosen.locator("span").inner_text()
    chosen.tap()
    phone.page.wait_for_url("**/communes/**")
    phone.go("/")
    expect(phone.page.locator("[data-my-commune] a")).to_have_text(name)
    phone.page.locator("[data-my-commune] button").tap()
    expect(phone.page.locator("[data-communes]")).to_be_visible()
