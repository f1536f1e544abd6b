"""What a telephone is told before it installs the site, and the pictures that it shows for it."""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops

from nafida.ui.management.commands.draw_icons import FOLDER, pictures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkane")]


def read(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("RGBA")


@pytest.mark.parametrize(
    ("language", "direction", "short"), [("ar", "rtl", "النافذة"), ("fr", "ltr", "Nafida"), ("en", "ltr", "Nafida")]
)
def test_each_language_installs_the_site_under_its_own_name(
    client: Client, language: str, direction: str, short: str
) -> None:
    answer = client.get(f"/{language}/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["lang"], told["dir"], told["short_name"]) == (language, direction, short)
    for page in (told["start_url"], *(each["url"] for each in told["shortcuts"])):
        assert page.startswith(f"/{language}/")
        assert client.get(page).status_code == 200
    assert (
        f'<link rel="manifest" href="/{language}/site.webmanifest">' in client.get(told["start_url"]).content.decode()
    )


def test_each_picture_is_there_in_the_size_that_it_is_said_to_have(client: Client) -> None:
    icons = client.get("/ar/site.webmanifest").json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        file = finders.find(unquote(icon["src"]).removeprefix("/static/"))
        assert isinstance(file, str)
        assert Path(file).stat().st_size < 6000
        assert "{}x{}".format(*read(Path(file)).size) == icon["sizes"]


def test_browsers_that_ask_for_a_favicon_get_one(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].startswith("/static/ui/app/favicon")


def test_the_pictures_are_what_the_program_draws_today() -> None:
    for name, drawn in pictures():
        saved = BytesIO()
        drawn.save(saved, format=name.rpartition(".")[2], optimize=True)
        today = Image.open(saved).convert("RGBA")
        assert ImageChops.difference(today, read(FOLDER / name)).getextrema() == ((0, 0),) * 4, (
            f"draw {name} again: manage draw_icons"
        )
