"""Words of citizens as the public reads them: without links, addresses and what numbers people and cars."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from django.conf import settings

from nafida.packs.pack import load_pack

MASK = "● ● ●"
_ENDINGS = (
    "com|net|org|info|biz|io|me|ly|gl|app|dev|xyz|site|online|shop|link|tv|cc|to|top|club|page|store|live|pro|mobi|click|"
    "tel|ma|fr|es|be|de|uk|us|ru|cn|ch|it|nl|eu|ca|dz|tn|eg|ae|tr|tk|ml|cf|gg|sh"
)
_LINK = (
    r"[a-z][a-z0-9+-]{1,9}\s{0,9}:\s{0,9}/\s{0,9}/\s{0,9}\S+|www\.\S+|[^\s@]{1,64} ?@ ?[^\s@]{1,64}? ?\. ?[a-z]{2,}\S*"
    rf"|(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,9}}(?:{_ENDINGS})(?![\w-])(?::\d+)?(?:/\S*)?"
    r"|(?<![\w-])[a-z0-9-]{1,63} ?(?:\.|\[\.\]|\(\.\)) ?(?:com|org)(?![\w-])(?:/\S*)?"
)
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of what follows: nobody writes them by hand, and they hide what is written."""
_TURNS |= dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
# Those above mean nothing in a text, and no XML may hold them: one would end a whole feed.
_BLANK = "\u0640\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and signs that draw nothing, or but lengthen a line."""


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
    for sign in unicodedata.normalize("NFKD", written.lower()).replace("\u3002", "."):
        kind = unicodedata.category(sign)
        if sign in _BLANK or (kind in ("Mn", "Me", "Cf", "Cc") and sign not in "\n\t"):
            continue
        plain += str(unicodedata.decimal(sign)) if kind == "Nd" else "-" if kind == "Pd" else sign
    return plain
