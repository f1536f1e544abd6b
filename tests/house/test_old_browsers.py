"""Pages work on Chromium 95: what came later is used only where something older stands beside it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.ground import HOUSE, shown

NEWER_CSS = {
    ":has(": 105,
    "@container": 105,
    "@layer": 99,
    "@property --": 128,
    "@scope": 118,
    "@starting-style": 117,
    "anchor(": 125,
    "color-mix(": 111,
    "dvh": 108,
    "dvb": 108,
    "dvw": 108,
    "svh": 108,
    "lvh": 108,
    "light-dark(": 123,
    "oklch(": 111,
    "subgrid": 117,
    ":popover-open": 114,
    "position-anchor": 125,
    "linear(": 113,
}
NEWER_JS = {
    ".checkVisibility": 105,
    ".findLast": 97,
    ".showPopover": 114,
    ".togglePopover": 114,
    ".toReversed": 110,
    ".toSorted": 110,
    ".toSpliced": 110,
    ".withResolvers": 119,
    "AbortSignal.any": 116,
    "AbortSignal.timeout": 103,
    "Array.fromAsync": 121,
    "CompressionStream('br')": 999,
    "Object.groupBy": 117,
    "Map.groupBy": 117,
    "URL.canParse": 120,
    "URL.parse": 126,
    ".startViewTransition": 111,
    "structuredClone": 98,
    ".isSubsetOf": 122,
    ".setHTML": 124,
}
NEWER_HTML = {"popover": 114, "inert": 102, "<search": 118, "closedby": 134, "commandfor": 135}
NESTED = re.compile(r"[{;]\s*&")
RANGE = re.compile(r"@media[^{]*[<>]=?")
FALLBACK = re.compile(r"([\w-]+)\s*:[^;{}]*;\s*\1\s*:[^;{}]*$")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def without_supports(css: str) -> str:
    """The style sheet without its @supports blocks: a browser that does not know them passes over them."""
    left, rest = "", css
    while "@supports" in rest:
        before, _, rest = rest.partition("@supports")
        left, depth, end = left + before, 0, 0
        for end, sign in enumerate(rest):  # noqa: B007
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if sign == "}" and depth == 0:
                break
        rest = rest[end + 1 :]
    return left + rest


def newer_in_css(text: str) -> Iterator[str]:
    """Rules that Chromium 95 does not know, without an older declaration of the same property before them."""
    css = without_supports(COMMENT.sub("", text))
    for word, version in NEWER_CSS.items():
        for found in re.finditer(re.escape(word), css):
            end = re.search("[;}]", css[found.start() :])
            declared = css[: found.start() + (end.start() if end else 0)]
            if re.match(r"\b", word) and re.match(r"[\w-]", css[found.end() : found.end() + 1] or " "):
                continue
            if not FALLBACK.search(declared.rpartition("{")[2]):
                yield f"{word} ({version})"
    if NESTED.search(css):
        yield "nesting (112)"
    if RANGE.search(css):
        yield "a range in @media (104)"


def newer_in_js(text: str) -> Iterator[str]:
    """Calls that Chromium 95 does not know and that nothing in the file asks for first."""
    for word, version in NEWER_JS.items():
        name = re.escape(word.rpartition(".")[2])
        asks = re.search(rf"""["']{name}["'] in |typeof [\w.]*{name}|{name}\?\.""", text)
        if word in text and not asks:
            yield f"{word} ({version})"


def newer_in_html(text: str) -> Iterator[str]:
    for word, version in NEWER_HTML.items():
        sought = re.escape(word) if word[0] == "<" else rf"<[^>]*\s{word}(=|\s|>)"
        if re.search(sought, text):
            yield f"{word} ({version})"


RULES = {".css": newer_in_css, ".js": newer_in_js, ".html": newer_in_html}


def files() -> Iterator[Path]:
    for path in sorted(HOUSE.rglob("*")):
        if path.suffix in RULES and path.is_file():
            yield path


def test_nothing_newer_than_chromium_95_is_used_alone() -> None:
    assert [f"{shown(path)}: {new}" for path in files() for new in RULES[path.suffix](path.read_text())] == []


@pytest.mark.parametrize(
    ("kind", "text", "count"),
    [
        (".css", "a:has(b) { color: red }", 1),
        (".css", "a { color: red; & b { color: blue } }", 1),
        (".css", "a { block-size: 100dvh }", 1),
        (".css", "a { block-size: 100vh; block-size: 100dvh }", 0),
        (".css", "@supports selector(:has(a)) { a:has(b) { color: red } } c { color: red }", 0),
        (".css", "@media (width >= 40rem) { a { color: red } }", 1),
        (".css", "@media (min-width: 40rem) { a > b { color: red } }", 0),
        (".js", "structuredClone(a)", 1),
        (".js", "if ('structuredClone' in self) structuredClone(a)", 0),
        (".js", "[1].at(-1)", 0),
        (".html", '<div popover="auto">', 1),
        (".html", "<p>the popover is inert</p>", 0),
    ],
)
def test_what_is_newer_is_seen(kind: str, text: str, count: int) -> None:
    assert len(list(RULES[kind](text))) == count
