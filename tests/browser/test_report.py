"""The way of a report as a phone goes it: counted in taps, letters, screens and bytes."""

from collections.abc import Callable

from tests.browser.visits import Visit

TAPS, TYPED, SCREENS, BYTES = 7, 0, 4, 80 * 1024


def test_a_dark_street_is_reported_from_the_home_page_in_a_minute(
    slow: Visit, record_property: Callable[..., None]
) -> None:
    hand, page = slow.hand, slow.page
    hand.open(slow.address("/"), page.locator("a.door.call"))
    hand.tap(page.locator("a.door.call"), page.locator("a[href$='/report/light-out/'], summary"))
    choice = page.locator("a[href$='/report/light-out/']").first
    if not choice.is_visible():
        hand.tap(page.locator("details:has(a[href$='/report/light-out/']) summary"), choice)
    hand.tap(choice, page.locator("[data-locate] button"))
    hand.tap(page.locator("[data-locate] button"), page.locator("[data-said]", has_text="أكليم"))
    hand.tap(page.locator("form[data-report] .actions .button.call"), page.locator(".reference"))
    page.wait_for_load_state("load")
    cost = slow.wire.bytes()
    told = (
        f"{hand.taps} taps, {hand.typed} letters, {hand.screens} screens, {cost} bytes, {hand.waited:.1f} s of waiting"
    )
    record_property("way", told)
    assert hand.taps <= TAPS, told
    assert hand.typed == TYPED, told
    assert hand.screens <= SCREENS, told
    assert cost <= BYTES, f"{told}: {slow.wire.by_address}"
