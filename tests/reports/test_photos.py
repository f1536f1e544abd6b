"""Photos sent one by one while the form is filled in, and the place that one brings."""

import io
import json
import re
from typing import Any

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from nafida.cases.models import Case
from nafida.reports.models import Draft
from tests import citizens, factories

ADDRESS = "/fr/report/draft/photo/"


def send(client: Client, form: dict[str, Any], photo: Any) -> dict[str, Any]:
    answer = client.post(ADDRESS, {**form, "photo": photo})
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = json.loads(answer.content)
    return {**form, "draft": told["draft"], "form_key": told["form_key"], "told": told}


def taken_at(lon: float, lat: float, kind: str = "JPEG") -> SimpleUploadedFile:
    """A photo whose camera wrote down where it was."""
    exif = Image.Exif()
    parts = [(int(abs(x)), int(abs(x) * 60 % 60), abs(x) * 3600 % 60) for x in (lat, lon)]
    exif[0x8825] = {1: "N" if lat >= 0 else "S", 2: parts[0], 3: "E" if lon >= 0 else "W", 4: parts[1]}
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, kind, exif=exif)
    return SimpleUploadedFile("a.jpg", out.getvalue(), f"image/{kind.lower()}")


def test_photos_sent_in_the_background_are_of_the_report(client: Client, berkane: None) -> None:
    form = citizens.opened(client)
    form = send(client, form, citizens.photo())
    assert client.get(form["told"]["shown"]).status_code == 200
    form = send(client, form, citizens.photo(colour="blue"))
    del form["told"]
    case = citizens.case_of(client.post(citizens.address(), citizens.filled(form)))
    assert case.attachments.count() == 2


def test_a_photo_that_comes_again_with_the_form_counts_once(client: Client, berkane: None) -> None:
    form = send(client, citizens.opened(client), citizens.photo())
    del form["told"]
    sent = client.post(citizens.address(), citizens.filled(form, photos=[citizens.photo()]))
    assert citizens.case_of(sent).attachments.count() == 1


def test_a_photo_sent_in_the_background_can_be_removed(client: Client, berkane: None) -> None:
    form = send(client, citizens.opened(client), citizens.photo())
    removed = {"form_key": form["form_key"], "draft": form["draft"], "remove": form["told"]["key"]}
    assert json.loads(client.post(ADDRESS, removed).content) == {"waiting": 0}


def test_what_is_no_photo_or_one_too_many_is_told(client: Client, berkane: None) -> None:
    form = citizens.opened(client)
    assert client.post(ADDRESS, {**form, "photo": citizens.not_a_photo()}).status_code == 422
    for number in range(5):
        form = send(client, form, citizens.photo(colour=("red", "blue", "green", "black", "white")[number]))
    answer = client.post(ADDRESS, {"form_key": form["form_key"], "draft": form["draft"], "photo": citizens.photo()})
    assert answer.status_code == 422
    assert "5" in json.loads(answer.content)["error"]
    assert Draft.objects.get(form_key=form["form_key"]).pictures.count() == 5


@pytest.mark.parametrize("form", [{}, {"form_key": "x"}, {"draft": "\x00", "remove": ["x", "9" * 40]}])
def test_no_question_about_photos_breaks(client: Client, berkane: None, form: dict[str, Any]) -> None:
    assert client.post(ADDRESS, form).status_code == 200


def test_the_place_of_a_photo_is_offered_and_used_without_a_script(client: Client, berkane: None) -> None:
    lon, lat = factories.inside(factories.AKLIM)
    page = citizens.report(client, commune="", place="", photos=[taken_at(lon, lat)]).content.decode()
    position = page.partition('name="photo_place" value="')[2].partition('"')[0]
    key, draft = citizens.FORM_KEY.search(page), citizens.DRAFT.search(page)
    assert key is not None
    assert draft is not None
    form = {"form_key": key[1], "draft": draft[1], "photo_place": position}
    again = client.post(citizens.address(), form)
    assert again.status_code == 200
    assert f'value="{position}"' in again.content.decode()
    form = {"form_key": key[1], "draft": draft[1], "position": position}
    case = citizens.case_of(client.post(citizens.address(), form))
    assert case.body.code == "commune-aklim"


def test_the_place_of_a_photo_from_elsewhere_is_not_offered(client: Client, berkane: None) -> None:
    page = citizens.report(client, commune="", place="", photos=[taken_at(-6.84, 34.02)])
    assert "photo_place" not in page.content.decode()


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_the_place_of_every_kind_of_photo_is_told_to_who_sent_it(client: Client, berkane: None, kind: str) -> None:
    pillow_heif.register_heif_opener()
    here = factories.inside(factories.AKLIM)
    told = send(client, citizens.opened(client), taken_at(*here, kind))["told"]
    assert told["place"] == pytest.approx(here, abs=0.0001)


@pytest.mark.parametrize("answer", ["from_photo", "photo_asked"])
def test_who_only_said_the_place_is_asked_before_it_is_filed(client: Client, berkane: None, answer: str) -> None:
    lon, lat = factories.inside(factories.AKLIM)
    page = citizens.report(client, photos=[taken_at(lon, lat)])
    words = page.content.decode()
    assert page.status_code == 200
    assert not Case.objects.exists()
    button = re.search(f'name="{answer}" value="([^"]+)"', words)
    key = citizens.FORM_KEY.search(words)
    assert button
    assert key
    form = {"form_key": key[1], "draft": citizens.draft_of(page), answer: button[1]}
    report = citizens.case_of(client.post(citizens.address(), citizens.filled(form))).report
    assert (report.lon is not None) == (answer == "from_photo")
    assert report.case.attachments.count() == 1
