"""The way of a report as a phone goes it, from the home page to the receipt: a dark street in Aklim."""

from tests.browser.visits import Visit


def go_the_way(slow: Visit, *, reading: bool = True) -> None:
    """Go it; `slow.hand` and `slow.wire` tell what it cost. A hand that is not `reading` taps as soon as it can."""
    hand, page = slow.hand, slow.page
    pause = hand.read if reading else lambda: None
    subject = "a[href$='/report/light-out/']"
    hand.open(slow.address("/"), "a.door.call")
    pause()
    hand.tap(page.locator("a.door.call"), f"{subject}, summary")
    choice = page.locator(subject).first
    if not choice.is_visible():
        hand.tap(page.locator(f"details:has({subject}) summary"), subject)
    pause()
    hand.tap(choice, "[data-locate] button")
    pause()
    hand.tap(page.locator("[data-locate] button"), "[data-said]", "أكليم")
    hand.tap(page.locator("form[data-report] .actions .button.call"), ".reference")
    hand.read()


def told(slow: Visit) -> str:
    """What the way has cost, in one line."""
    hand = slow.hand
    seconds = " + ".join(f"{wait:.1f}" for wait in hand.waits)
    counts = f"{hand.taps} taps, {hand.typed} letters, {hand.screens} screens, {slow.wire.bytes()} bytes"
    return f"{counts}, {hand.round_trips} round trips, {hand.waited:.1f} s of waiting ({seconds})"
