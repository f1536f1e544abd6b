"""Words of citizens as the public reads them: without links, addresses and what numbers people and cars."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from django.conf import settings

from nafida.packs.pack import load_pack

MASK = "● ● ●"
_ENDINGS = (
    "com|net|org|info|biz|io|me|ly|gl|app|dev|xyz|site|online|shop|link|tv|cc|to|top|club|page|store|live|pro|mobi|click|"
    "tel|ma|fr|es|be|de|uk|us|ru|cn|ch|it|nl|eu|ca|dz|tn|eg|ae|tr|tk|ml|cf|gg|sh"
)
_WORDLIKE = frozenset(("de", "es", "it", "me", "to"))  # a sentence may begin with them right after a point
_SURE = "|".join(ending for ending in _ENDINGS.split("|") if ending not in _WORDLIKE)
_DOT = r"[\[({] ?(?:\.|dot|point|نقطة) ?[\])}]"
_AT = r"[\[({] ?(?:@|at|arobase|arobas) ?[\])}]"
_LINK = (
    r"[a-z][a-z0-9+-]{1,9}\s{0,9}:\s{0,9}/\s{0,9}/\s{0,9}\S+|www ?(?:\.|dot|point) ?\S+"
    r"|[^\s@]{1,64} ?@ ?[^\s@]{1,64}? ?\. ?[a-z]{2,}\S*"
    rf"|(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,9}}(?:(?:{_SURE})(?![\w-])(?::\d+)?(?:/\S*)?|(?:{_ENDINGS})(?::\d+)?/\S+)"
    r"|(?<![\w-])[a-z0-9-]{1,63} ?\. ?(?:com|org)(?![\w-])(?:/\S*)?"
    rf"|(?:[\w.+-]{{1,64}} ?{_AT} ?)?(?<![\w-])[a-z0-9-]{{1,63}} ?{_DOT} ?(?:{_ENDINGS})(?![\w-])(?:/\S*)?"
    rf"|[\w.+-]{{1,64}} ?{_AT} ?[a-z0-9.-]{{1,63}}"
    r"|(?<![\w-])[a-z0-9-]{1,63} dot (?:com|net|org|ma|info)(?![\w-])"
    r"|(?<![\w-])(?!rond )[a-z0-9-]{1,63} point (?:com|org)(?![\w-])"
    r"|(?<![\w@])@ ?_?[^\W\d][\w.]{1,40}"
)
_LOOKS_LIKE = str.maketrans(
    "авсԁеһіјкӏмнорԛгѕтухԝүαβεζηικμνορτυχıɑɡ",
    "abcdehijklmhopqrstyxwyabezhikmnoptyxiag",
)
"""Cyrillic, Greek and other letters that are drawn as Latin ones, in their small or capital form."""
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of what follows: nobody writes them by hand, and they hide what is written."""
_TURNS |= dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
# Those above mean nothing in a text, and no XML may hold them: one would end a whole feed.
_BLANK = "\u0640\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and signs that draw nothing, or but lengthen a line."""


def mask(text: str) -> str:
    """The text with whatever matches the masks of the pack, a link, an e-mail address or an @name blacked out.

    Letters count by what they look like, digits in any script and width, with invisible signs between them; the text
    itself is kept as written. Each mask is looked for by itself: what one takes would hide the rest from another.
    """
    text = text.translate(_TURNS)
    folded, at = _fold(text)
    spans = sorted((at[start], at[end - 1] + 1) for pattern in _masks() for start, end in _found(pattern, folded))
    told, done = [], 0
    for start, end in spans:
        if end > done:
            told += [text[done:start], MASK] if start >= done else []
            done = end
    return "".join([*told, text[done:]])


@cache
def _masks() -> tuple[re.Pattern[str], ...]:
    ours = (re.compile(pattern, re.VERBOSE) for pattern in load_pack(settings.PACK).masks.values())
    return (re.compile(_LINK), *ours)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where it stands in the text, from a sign to just after another."""
    return (found.span() for found in pattern.finditer(text))


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in plain lower-case letters and Western digits, and for each sign of it where it stood before."""
    signs: list[str] = []
    at: list[int] = []
    for place, written in enumerate(text):
        for sign in _plain(written):
            signs.append(sign)
            at.append(place)
    return "".join(signs), at


@cache
def _plain(written: str) -> str:
    if written in "àÀ":
        return "à"
    plain = ""
    for sign in unicodedata.normalize("NFKD", written).lower().replace("\u3002", ".").translate(_LOOKS_LIKE):
        kind = unicodedata.category(sign)
        if sign in _BLANK or (kind in ("Mn", "Me", "Cf", "Cc") and sign not in "\n\t"):
            continue
        plain += str(unicodedata.decimal(sign)) if kind == "Nd" else "-" if kind == "Pd" else sign
    return plain
