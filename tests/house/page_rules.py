"""Rules about templates, styles and words, each a function from a text to what is wrong: `line: sentence`."""

import re
from collections.abc import Callable, Iterator

from tests.house.ground import may_know

Wrong = Iterator[str]
Owner = Callable[[str], str | None]
"""Name of a template or tag library → the room it stands in, "" for somebody else's, None for nobody's."""

LIMIT = 120
JOINS = re.compile(r"{%-?\s*(extends|include)\s+(\S+)")
LOADS = re.compile(r"{%-?\s*load\s+([^%]+?)\s*-?%}")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)
PLACES = re.compile(r"berkan|morocc|maroc|بركان|المغرب", re.I)

SIDES = re.compile(
    r"(?<![\w-])(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"""|\balign\s*=\s*["']?(?:left|right)\b""",
    re.I,
)
INLINE = re.compile(
    r"""<script\b(?![^>]*\bsrc\s*=)(?![^>]*\btype\s*=\s*["']application/(?:ld\+)?json)|<style\b"""
    r"""|<[^>]*\s(?:style|on[a-z]+|hx-on[\w:.-]*)\s*=|["']\s*javascript:""",
    re.I,
)


def blanked(text: str, what: re.Pattern[str]) -> str:
    """The text with what matches emptied, so that line numbers stay."""
    return what.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def line_of(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def upward_templates(text: str, room: str, template: Owner, library: Owner) -> Wrong:
    """Templates extend, include and load only what stands in their own room, lower, or outside the house."""
    text = blanked(text, COMMENTS)
    for match in JOINS.finditer(text):
        name = match[2].strip("\"'").partition("#")[0]
        owner = template(name) if match[2][0] in "\"'" else None
        if owner is None:
            yield f"{line_of(text, match)}: {match[1]} {match[2]}: no template can be told from this"
        elif owner and not may_know(room, owner):
            yield f"{line_of(text, match)}: {room} may not {match[1]} {name} of {owner}"
    for match in LOADS.finditer(text):
        for name in match[1].rpartition(" from ")[2].split():
            owner = library(name)
            if owner and not may_know(room, owner):
                yield f"{line_of(text, match)}: {room} may not load {name} of {owner}"


def physical_sides(text: str) -> Wrong:
    """Only logical properties: left and right change places with the language."""
    text = blanked(blanked(text, COMMENTS), re.compile(r"/\*.*?\*/", re.S))
    for match in SIDES.finditer(text):
        yield f"{line_of(text, match)}: {match[0]} says left or right, not start or end"


def inline_code(text: str) -> Wrong:
    """Scripts and styles are files: the content security policy refuses them inside a page."""
    tags = re.compile(r"{%.*?%}|{{.*?}}", re.S)
    text = blanked(blanked(text, COMMENTS), tags)
    for match in INLINE.finditer(text):
        yield f"{line_of(text, match)}: {match[0][-40:]!r} stands inside the page"


def places(text: str) -> Wrong:
    """The code serves any territory: names of one stand in its pack and in the defaults of the settings."""
    for match in PLACES.finditer(text):
        yield f"{line_of(text, match)}: names {match[0]}"
