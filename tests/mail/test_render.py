"""Letters come out of templates in the reader's language and direction."""

from pathlib import Path

import pytest
from django.conf import settings as house
from django.template import TemplateDoesNotExist
from django.utils import translation
from pytest_django import Settings

from nafida.mail.render import RenderedLetter, render_letter


@pytest.fixture(autouse=True)
def trial_templates(settings: Settings) -> None:
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**house.TEMPLATES[0], "DIRS": [folder]}]


def hello(language: str, name: str = "Amina", **facts: object) -> RenderedLetter:
    return render_letter("trial/hello", language, {"name": name, **facts})


def test_a_letter_is_written_in_the_language_asked_for_and_no_other() -> None:
    with translation.override("en"):
        assert hello("fr").subject == "fr: Amina"
        assert hello("ar").subject == "ar: Amina"
        assert translation.get_language() == "en"


@pytest.mark.parametrize(("language", "direction", "side"), [("ar", "rtl", "right"), ("fr", "ltr", "left")])
def test_the_page_runs_in_the_direction_of_its_language(language: str, direction: str, side: str) -> None:
    html = hello(language).html
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert f'<body dir="{direction}"' in html
    assert f"text-align:{side}" in html


def test_html_is_escaped_and_text_is_not() -> None:
    letter = hello("fr", name="<b>R&D</b>")
    assert "<b>R&D</b>" in letter.text
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in letter.html
    assert "<b>R&D</b>" not in letter.html
    assert letter.subject == "fr: <b>R&D</b>"


@pytest.mark.parametrize("name", ["a\nBcc: b", "a\r\nBcc: b", "a\u2028Bcc: b", "a\x00 \x07Bcc: b"])
def test_what_people_typed_cannot_break_the_subject(name: str) -> None:
    assert hello("fr", name=name).subject == "fr: a Bcc: b"


def test_text_has_one_blank_line_at_most() -> None:
    text = hello("fr").text
    assert text.startswith("Hello Amina\n\nGoodbye\n\n")
    assert "\n\n\n" not in text


def test_both_forms_say_who_writes_from_where_and_why() -> None:
    letter = hello("en", brand="The Window")
    for words in (letter.text, letter.html):
        assert "The Window" in words
        assert house.SITE_URL in words
        assert "You receive this letter because" in words


def test_the_page_sets_no_colours_so_that_dark_mode_stays_legible() -> None:
    html = hello("ar").html
    assert 'content="light dark"' in html
    assert "max-width:38rem" in html
    assert "background" not in html
    assert "#" not in html


def test_a_missing_template_is_an_error() -> None:
    with pytest.raises(TemplateDoesNotExist):
        render_letter("trial/nothing", "fr", {})


def test_a_subject_is_one_line_and_keeps_spaces_that_do_not_break() -> None:
    assert hello("ar", name="471\u00a0930\u00a0625\n  x").subject == "ar: 471\u00a0930\u00a0625 x"


def test_the_letter_names_the_place_it_comes_from(settings: Settings) -> None:
    settings.SITE_NAME_FROM = "tests.mail.test_render.place"
    letter = hello("fr")
    assert "Province de Trial" in letter.text
    assert "Province de Trial" in letter.html


def place() -> str:
    return "Province de Trial"
