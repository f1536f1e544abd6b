"""What a report costs whoever makes it: a cheap phone on weak 3G, from the home page to the receipt.

    ./nafida bench way        python -m bench.way [--runs 5]

A real Chromium 360 px wide, 400 ms latency, 50 KB a second, CPU six times slower, on a site as in production. Waiting
is from each tap to the moment that what was wanted stands on the screen; `reading` looks at each page until it has
come whole, `hasty` taps as soon as there is something to tap. The processor is that of this machine, and shared: the
median counts.
"""

import argparse
import statistics

from playwright.sync_api import sync_playwright

from bench.ground.table import show
from tests.browser.chromium import MISSING, find, launch
from tests.browser.conftest import begin
from tests.browser.site import Site
from tests.browser.way import go_the_way

TARGET = "target: 7 taps, 0 letters, 4 screens, 80 kB, 6 s of waiting; FixMyStreet: 17, 83, 9, 520 to 800, about 20"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.way", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with Site(extra={"NAFIDA_SECRET_KEY": "of this measurement only"}) as site, sync_playwright() as playwright:
        program = find(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = launch(playwright, program)
        point = site.do("point")
        begin(browser, site.url).go("/")  # a site that has just started is slower once
        rows = []
        for hand, reading in (("reading", True), ("hasty", False)):
            costs = []
            for _run in range(asked.runs):
                site.do("forget_limits")
                visit = begin(browser, site.url, at=point, slow=True)
                go_the_way(visit, reading=reading)
                costs.append(
                    (
                        visit.hand.taps,
                        visit.hand.typed,
                        visit.hand.screens,
                        visit.wire.bytes() / 1000,
                        sum(visit.hand.round_trips),
                        visit.hand.waited,
                    )
                )
                visit.close()
            heads = ("taps", "letters", "screens", "kB", "round trips", "seconds")
            middle = zip(heads, map(statistics.median, zip(*costs, strict=True)), strict=True)
            rows.append({"hand": hand, **dict(middle), "slowest": max(cost[-1] for cost in costs)})
        browser.close()
    show("way", rows)
    print(TARGET)


if __name__ == "__main__":
    main()
