"""The base page in both directions, the way from one language to the other, and pages of bad news."""

import re
from html.parser import HTMLParser

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy


def show(request, number):
    """A page about something numbered."""
    return HttpResponse(number)


urlpatterns = i18n_patterns(
    path("cases/<int:number>/", show, name="case"),
    path(format_lazy("{}/<int:number>/", gettext_lazy("January")), show, name="month"),
)
pytestmark = pytest.mark.urls(__name__)

PROBLEMS = ["400.html", "403.html", "403_csrf.html", "404.html", "410.html", "429.html", "500.html"]
SPECIMENS = ["specimen/citizen.html", "specimen/form.html", "specimen/desk.html"]
VOID = {"meta", "link", "input", "img", "br", "path", "circle"}


class Nesting(HTMLParser):
    """Every element closed where it was opened, every id once."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):  # type: ignore[no-untyped-def]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):  # type: ignore[no-untyped-def]
        if tag not in VOID:
            assert self.open.pop() == tag, self.getpos()


def languages_of(html: str) -> dict[str, str]:
    """{language: address} of the switch of languages."""
    return {code: url for url, code in re.findall(r'<a href="([^"]+)" lang="(\w+)"', html)}


def test_another_language_leads_to_the_same_page(draw):
    links = languages_of(draw("ui/base.html", "ar", "/ar/cases/7/?page=2"))
    assert links == {"fr": "/fr/cases/7/?page=2", "en": "/en/cases/7/?page=2"}


def test_another_language_leads_to_the_same_page_where_its_address_is_translated(draw):
    assert languages_of(draw("ui/base.html", "fr", "/fr/janvier/7/?page=2"))["en"] == "/en/January/7/?page=2"


def test_a_page_that_is_not_there_is_said_so_in_the_other_language_too(draw):
    assert languages_of(draw("404.html", "fr", "/fr/nowhere/?q=1"))["ar"] == "/ar/nowhere/?q=1"


def test_an_address_without_a_language_leads_to_the_home_page_of_the_other(draw):
    assert languages_of(draw("404.html", "fr", "/nowhere"))["ar"] == "/ar/"


def test_an_address_with_two_slashes_cannot_lead_to_another_site(draw):
    assert all(
        url.startswith("/") and url[1] != "/" for url in languages_of(draw("404.html", "fr", "//e.com")).values()
    )


@pytest.mark.parametrize(
    ("code", "direction", "place"), [("ar", "rtl", "إقليم بركان"), ("fr", "ltr", "Province de Berkane")]
)
def test_a_page_says_its_language_its_direction_and_its_place(draw, code, direction, place):
    html = draw("ui/base.html", code)
    assert f'<html lang="{code}" dir="{direction}">' in html
    assert f"<small>{place}</small>" in html


def test_the_display_face_is_linked_after_the_words_once_it_was_fetched(draw, settings):
    settings.PACKAGE_FILES = {}
    assert "ui/display.css" not in draw("ui/base.html", "fr")
    settings.PACKAGE_FILES = {settings.DISPLAY_FACE: "display.css"}
    assert "ui/display.css" in draw("ui/base.html", "fr").partition("</footer>")[2]


def test_without_a_source_of_names_the_page_stands_without_the_place(draw, settings):
    settings.SITE_NAME_FROM = ""
    assert "<small>" not in draw("ui/base.html", "fr")


@pytest.mark.parametrize("template", SPECIMENS + PROBLEMS)
@pytest.mark.parametrize("code", ["ar", "fr"])
def test_every_element_is_closed_every_id_unique_and_nothing_is_styled_or_scripted_inline(draw, template, code):
    html = draw(template, code)
    reader = Nesting()
    reader.feed(html)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("template", PROBLEMS)
@pytest.mark.parametrize("code", ["ar", "fr"])
def test_a_page_of_bad_news_speaks_the_readers_language_and_shows_no_code(draw, template, code):
    html = draw(template, code)
    heading = re.search(r"<h1>(.+)</h1>", html)[1]
    with translation.override("en"):
        assert heading not in render_to_string(template)
    assert not re.search(r"\b[45]\d\d\b", html.partition("<main")[2])


def test_the_page_of_a_failure_needs_neither_request_nor_database():
    with translation.override("fr"):
        assert "Un problème est survenu de notre côté" in render_to_string("500.html")
