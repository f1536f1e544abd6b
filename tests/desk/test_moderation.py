"""What the public sees, decided on the desk: shown, hidden for a reason, blurred by hand."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from nafida.cases.actions import add_update
from nafida.cases.attachments import keep_picture
from nafida.cases.files import open_kept
from nafida.cases.journal import Happened
from nafida.cases.life import HideReason
from nafida.cases.models import Case
from nafida.people.models import User
from tests import citizens, factories
from tests.cases.pictures import made
from tests.desk.conftest import browser, fresh


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Any) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def pictured(berkane: None, own_files: None) -> Case:
    kept = [keep_picture(made.encoded(made.noise(640, 480))) for _ in range(2)]
    return factories.report(description="Appelez le 0612345678", pictures=kept)


def page(case: Case, end: str = "moderation/") -> str:
    return f"/en/desk/cases/{case.reference}/{end}"


def decide(user: User, case: Case, do: str, **said: Any) -> int:
    said.setdefault("version", fresh(case).version)
    return int(browser(user).post(page(case), {"do": do, **said}).status_code)


def seen_by_all(case: Case) -> str:
    return str(Client().get(citizens.public(case, "en")).content.decode())


def test_the_page_shows_the_whole_and_what_the_public_will_read(agent: User, pictured: Case) -> None:
    shown = browser(agent).get(page(pictured)).content.decode()
    assert "Appelez le 0612345678" in shown
    assert "Appelez le ● ● ●" in shown
    assert "Look, show, hide or blur" in browser(agent).get(page(pictured, "")).content.decode()


def test_words_are_shown_with_the_photos_that_are_ticked(agent: User, pictured: Case) -> None:
    first, _second = pictured.attachments.all()
    assert decide(agent, pictured, "show", photos=[first.pk]) == 302
    seen = seen_by_all(pictured)
    assert f"/{pictured.reference}/1/" in seen
    assert f"/{pictured.reference}/2/" not in seen
    assert decide(agent, pictured, "hide_photo", key=first.pk, reason="person") == 302
    assert "<img" not in seen_by_all(pictured)


def test_hiding_needs_a_reason_of_the_list(agent: User, pictured: Case) -> None:
    assert decide(agent, pictured, "hide") == 422
    assert decide(agent, pictured, "hide", reason="because") == 422
    assert decide(agent, pictured, "hide", reason=HideReason.INSULT) == 302
    event = pictured.events.order_by("seq").last()
    assert event is not None
    assert (event.what, event.by, event.facts["reason"]) == (Happened.HIDDEN, agent, "insult")


def test_an_update_is_shown_and_hidden_again(agent: User, pictured: Case) -> None:
    decide(agent, pictured, "show")
    update = add_update(pictured, text="Still broken")
    assert "Still broken" in browser(agent).get(page(pictured)).content.decode()
    assert decide(agent, pictured, "show_update", key=update.pk) == 302
    assert "Still broken" in seen_by_all(pictured)
    assert decide(agent, pictured, "hide_update", key=update.pk, reason="advert") == 302
    assert "Still broken" not in seen_by_all(pictured)


@pytest.mark.parametrize(
    "said",
    [
        {"do": "x"},
        {"do": "show_update", "key": "1"},
        {"do": "show_photo", "key": "\x00"},
        {"do": "hide_photo", "key": "9" * 40, "reason": "law"},
        {"do": "show", "photos": ["x"]},
        {"do": "show", "version": "x"},
    ],
)
def test_what_makes_no_sense_is_told(agent: User, pictured: Case, said: dict[str, Any]) -> None:
    assert browser(agent).post(page(pictured), {"version": 1, **said}).status_code == 422
    assert fresh(pictured).shown_at is None


def test_nothing_of_another_case_can_be_touched(agent: User, pictured: Case) -> None:
    other = add_update(factories.report(), text="x")
    assert decide(agent, pictured, "show_update", key=other.pk) == 422


def test_whoever_was_slower_is_told(agent: User, pictured: Case) -> None:
    decide(agent, pictured, "hide", reason="law")
    assert decide(agent, pictured, "show", version=1) == 409
    assert fresh(pictured).shown_at is None


def test_news_from_the_spot_stand_in_nobodys_way(agent: User, pictured: Case) -> None:
    add_update(pictured, text="x")
    assert decide(agent, pictured, "show", version=1) == 302


@pytest.mark.parametrize("end", ["moderation/", "pictures/1/blur/"])
def test_another_body_and_strangers_find_no_such_page(pictured: Case, end: str) -> None:
    stranger = factories.officer("commune-ahfir")
    for send in (browser(stranger).get, browser(stranger).post):
        assert send(page(pictured, end)).status_code == 404
    assert Client().get(page(pictured, end)).status_code == 302
    assert browser(stranger).get(page(pictured, "pictures/9/blur/")).status_code == 404


def picture_of(name: str) -> Image.Image:
    with open_kept(name) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many shades of grey, by tens: a blurred part has few."""
    levels = image.convert("L").crop(box).histogram()
    return len({level // 10 for level, count in enumerate(levels) if count > 20})


@pytest.mark.parametrize(
    "said", [{"area": "0 0 50 50"}, {"x": ["0", ""], "y": ["0", ""], "w": ["50", ""], "h": ["50", ""]}]
)
def test_a_rectangle_is_unreadable_for_the_public_and_whole_on_the_desk(
    agent: User, pictured: Case, said: dict[str, Any]
) -> None:
    answer = browser(agent).post(page(pictured, "pictures/1/blur/"), {"version": fresh(pictured).version, **said})
    assert answer.status_code == 302
    photo = pictured.attachments.all()[0]
    whole, public = picture_of(photo.picture), picture_of(photo.public_file("picture"))
    corner, rest = (8, 8, 312, 232), (340, 260, 640, 480)
    assert colours(whole, corner) > 12 > colours(public, corner)
    assert abs(colours(whole, rest) - colours(public, rest)) <= 2
    assert pictured.events.get(what=Happened.BLURRED).facts["areas"] == 1


def test_the_public_gets_the_blurred_photo_and_the_reporter_the_whole(agent: User, pictured: Case) -> None:
    decide(agent, pictured, "show", photos=[photo.pk for photo in pictured.attachments.all()])
    address = f"/en/pictures/{pictured.reference}/1/picture.jpg"
    before = b"".join(Client().get(address))
    browser(agent).post(
        page(pictured, "pictures/1/blur/"), {"version": fresh(pictured).version, "area": ["10 10 20 20", "50 50 9 9"]}
    )
    assert b"".join(Client().get(address)) != before
    assert b"".join(Client().get(address, {"key": pictured.private_key})) == before
    assert b"".join(browser(agent).get(page(pictured, "pictures/1/large.jpg"))) == before


@pytest.mark.parametrize(
    "area", ["", "1 2 3", "a b c d", "0 0 0 5", "101 0 5 5", "-1 0 5 5", "0 0 1e9 5", "nan 0 5 5", "٠ 0 5 5", "\x00"]
)
def test_a_rectangle_that_is_none_is_told(agent: User, pictured: Case, area: str) -> None:
    said = {"version": fresh(pictured).version, "area": area}
    assert browser(agent).post(page(pictured, "pictures/1/blur/"), said).status_code == 422
    assert pictured.attachments.all()[0].blurred == ""


def test_more_rectangles_than_anybody_draws_are_told(agent: User, pictured: Case) -> None:
    said = {"version": fresh(pictured).version, "area": ["0 0 5 5"] * 21}
    assert browser(agent).post(page(pictured, "pictures/1/blur/"), said).status_code == 422
