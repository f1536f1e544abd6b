"""The way of a report as a phone goes it: counted in taps, letters, screens, bytes and round trips."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visits import Visit
from tests.browser.way import go_the_way, told

TAPS, TYPED, SCREENS, BYTES, ROUND_TRIPS = 7, 0, 4, 80 * 1024, 6


def test_a_dark_street_is_reported_from_the_home_page_in_a_minute(
    slow: Visit, record_property: Callable[..., None]
) -> None:
    go_the_way(slow)
    cost = told(slow)
    record_property("way", cost)
    hand = slow.hand
    assert hand.taps <= TAPS, cost
    assert hand.typed == TYPED, cost
    assert hand.screens <= SCREENS, cost
    assert sum(hand.round_trips) <= ROUND_TRIPS, f"{cost}: {slow.wire.by_address}"
    assert slow.wire.bytes() <= BYTES, f"{cost}: {slow.wire.by_address}"


def test_the_receipt_that_answers_the_form_has_its_own_address(slow: Visit) -> None:
    go_the_way(slow)
    page = slow.page
    reference = page.locator(".reference").inner_text()
    assert "/report/receipt/" in page.url
    assert page.locator(".languages a").first.get_attribute("href") == page.url.replace(slow.url + "/ar", "/fr")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.reload()
    expect(page.locator(".reference")).to_have_text(reference)
    assert "POST" not in asked
