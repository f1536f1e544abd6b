"""The style sheet: its weight, its two directions, its contrasts, the browsers it has to reach."""

import re
from pathlib import Path

import brotli
import pytest

import nafida.ui

CSS = (Path(nafida.ui.__file__).parent / "static/ui/nafida.css").read_text()
TEMPLATES = Path(nafida.ui.__file__).parent / "templates"
ON_LIGHT_OR_DARK = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink-soft", "paper"),
    ("ink-soft", "ground"),
    ("ink-soft", "orchard-wash"),
    ("ink", "line"),
    ("sea", "ground"),
    ("sea", "paper"),
    ("sea", "sea-wash"),
    ("orchard", "paper"),
    ("orchard", "ground"),
    ("orchard", "orchard-wash"),
    ("late", "late-wash"),
    ("late", "ground"),
    ("on-strong", "orchard"),
    ("on-strong", "orchard-deep"),
    ("on-strong", "clementine"),
    ("on-strong", "clementine-deep"),
    ("on-strong", "late"),
    ("on-strong", "late-deep"),
]


def tokens(dark: bool) -> dict[str, str]:
    """Colours by name, light or dark."""
    light, _, rest = CSS.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#\w+);", light))
    return found | dict(re.findall(r"--([\w-]+): (#\w+);", rest.partition("\n}")[0])) if dark else found


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_style_sheet_stays_within_its_weight():
    assert len(CSS.encode()) <= 22 * 1024
    assert len(brotli.compress(CSS.encode())) <= 5 * 1024


def test_nothing_is_laid_out_by_left_and_right():
    physical = r"(margin|padding|border)-(left|right)|[;{ ](left|right|float):|text-align: (left|right)"
    assert re.findall(physical, CSS) == []


def test_no_rule_needs_a_browser_younger_than_2021():
    young = r"@layer|@container|@scope|color-mix|light-dark\(|:has\(|:dir\(|[&]|\d[ds]vh|oklch|lab\(|>=|<="
    assert re.findall(young, re.sub(r'url\("[^"]*"\)', "", CSS)) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("words", "surface"), ON_LIGHT_OR_DARK)
def test_words_can_be_read_on_their_surface(words, surface, dark):
    colours = tokens(dark)
    assert contrast(colours[words], colours[surface]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_edge_of_a_field_can_be_seen(dark):
    colours = tokens(dark)
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_every_class_of_our_templates_has_a_rule():
    used = {
        name
        for template in TEMPLATES.rglob("*.html")
        for classes in re.findall(r'class="([^"]*)"', template.read_text())
        for name in re.findall(r"[a-z][\w-]*", re.sub(r"{[{%].*?[%}]}", " ", classes))
    }
    assert {name for name in used if f".{name}" not in CSS} <= {"messages"}
