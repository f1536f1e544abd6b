"""Words of citizens as the public reads them: without links, addresses and what numbers people and cars."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from django.conf import settings

from nafida.packs.pack import load_pack

MASK = "● ● ●"
_LINK = (
    r"(?:https?|ftp)\s*:\s*//\s*\S+|www\.\S+|[^\s@]+@[^\s@]+\.[^\s@]+"
    r"|(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|io|me|ly|gl|app|dev|xyz|site|online|shop|link|ma|fr|es|be|de|uk|us|tv|cc|to)"
    r"(?![\w-])(?::\d+)?(?:/\S*)?"
)
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of what follows: nobody writes them by hand, and they hide what is written."""


def mask(text: str) -> str:
    """The text with whatever matches the masks of the pack, a link or an e-mail address blacked out.

    Digits count in any script and width, with invisible signs between them; the text itself is kept as written.
    """
    text = text.translate(_TURNS)
    folded, at = _fold(text)
    spans = sorted((at[found.start()], at[found.end() - 1] + 1) for found in _masks().finditer(folded))
    told, done = [], 0
    for start, end in spans:
        if end > done:
            told += [text[done:start], MASK] if start >= done else []
            done = end
    return "".join([*told, text[done:]])


@cache
def _masks() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in (_LINK, *load_pack(settings.PACK).masks.values())))


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
    plain = ""
    for sign in unicodedata.normalize("NFKD", written.lower()):
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Me", "Cf", "Cc") and sign not in "\n\t":
            continue
        plain += str(unicodedata.decimal(sign)) if kind == "Nd" else "-" if kind == "Pd" else sign
    return plain
