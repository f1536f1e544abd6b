"""Take the pictures of the README again, from a demonstration that runs:

./nafida up --demo --data demo                                   # in one window
NAFIDA_DATA=demo .venv/bin/python docs/pictures/take.py          # in another; NAFIDA_URL as for `up`
"""

import io
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nafida.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from nafida.people.models import Role, User  # noqa: E402
from tests.browser.chromium import MISSING, find, launch  # noqa: E402

PICTURES = {
    "home-ar": ("/ar/", 390, 844, False),
    "desk-fr": ("/fr/desk/?pile=all", 1280, 860, True),
}
"""Name → address, width and height of the window, and whether the coordinator of the demonstration looks."""
SHARPNESS, QUALITY = 1.5, 80
STILL = 1200  # milliseconds until pictures and maps have come


def main() -> None:
    if not settings.DEMO:
        raise SystemExit("NAFIDA_DATA must be the folder of a demonstration: ./nafida up --demo")
    visitor = Client(HTTP_HOST="localhost")
    visitor.force_login(User.objects.filter(memberships__role=Role.COORDINATOR)[0])
    session = visitor.cookies["sessionid"].value
    with sync_playwright() as playwright:
        program = find(playwright)
        if program is None:
            raise SystemExit(MISSING)
        browser = launch(playwright, program)
        for name, (path, width, height, signed_in) in PICTURES.items():
            picture = take(browser, path, (width, height), session if signed_in else "")
            picture.save(HERE / f"{name}.webp", quality=QUALITY)
            sys.stdout.write(f"{name}.webp\n")
        browser.close()
    visitor.logout()


def take(browser: Browser, path: str, window: tuple[int, int], session: str) -> Image.Image:
    """What stands in the window. Loaded twice: the face of headings comes last, and shows from the second page on."""
    width, height = window
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=SHARPNESS)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": settings.SITE_URL}])
    page = context.new_page()
    for _ in range(2):
        page.goto(settings.SITE_URL + path)
        page.wait_for_timeout(STILL)
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return picture


if __name__ == "__main__":
    main()
