"""What a first visit brings over the wire: bytes of each page with all it asks for, compressed, web font apart.

    ./nafida bench weight        python -m bench.weight [--language ar]

A real Chromium with an empty cache, 360 px wide (the desk 1280 px), opens the pages of a site as in production.
"""

import argparse
from typing import Any

from playwright.sync_api import sync_playwright

from bench.ground.table import show
from tests.browser.chromium import MISSING, find, launch
from tests.browser.conftest import begin
from tests.browser.site import Site

TARGETS = {"home": 90, "report form": 60}  # thousands of bytes
DOCUMENT_TARGETS = {"case": 15}
QUIET = 1500  # milliseconds after the load in which what scripts ask for comes


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.weight", description=__doc__)
    parser.add_argument("--language", choices=["ar", "fr", "en"], default="ar")
    asked = parser.parse_args()
    secret = {"NAFIDA_SECRET_KEY": "of this measurement only"}
    with Site(extra=secret) as site, sync_playwright() as playwright:
        program = find(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = launch(playwright, program)
        officer, case = site.do("officer"), site.do("shown")
        pages = {
            "home": "/",
            "report start": "/report/",
            "report form": "/report/light-out/",
            "case": case["public"],
            "list": "/cases/",
            "map": "/map/",
            "desk inbox": "/desk/",
        }
        rows = []
        for page, path in pages.items():
            wishes: dict[str, Any] = {"wide": True, "session": officer["session"]} if path == "/desk/" else {}
            visit = begin(browser, site.url, language=asked.language, **wishes)
            visit.go(path)
            visit.page.wait_for_timeout(QUIET)
            rows.append({"page": page, **weights(visit.wire.by_address)})
            visit.close()
        browser.close()
    show("weight", rows)
    print(f"target: all of home at most {TARGETS['home']} kB, of the report form {TARGETS['report form']} kB;")
    print(f"the document of a case page at most {DOCUMENT_TARGETS['case']} kB")


def weights(answers: list[tuple[str, str, int]]) -> dict[str, float]:
    """Thousands of bytes by kind, with headers; `all` is without the web font."""
    kinds = {"document": "Document", "style": "Stylesheet", "script": "Script", "picture": "Image", "font": "Font"}
    row = {name: sum(size for kind, _, size in answers if kind == key) / 1000 for name, key in kinds.items()}
    row["all"] = sum(size for kind, _, size in answers if kind != "Font") / 1000
    return row


if __name__ == "__main__":
    main()
