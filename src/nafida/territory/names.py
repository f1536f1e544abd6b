"""A province found by its code, or by its name as people type it, in Arabic or Latin letters."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from nafida.packs.areas import AreaRow

VOWELS = tuple("aeiou")
# Letters that people write one for the other.
ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None, "ء": None}
)
CLOSEST = 5


class UnknownProvince(LookupError):
    """No province is called so. `nearest` holds those that come closest, best first."""

    def __init__(self, text: str, nearest: Sequence[AreaRow]) -> None:
        self.text = text
        self.nearest = list(nearest)
        near = ", ".join(f"{row.names['fr']} {row.names['ar']} ({row.code})" for row in self.nearest)
        super().__init__(f"No province is called “{text}”." + (f" The nearest: {near}." if near else ""))


def fold(text: str) -> str:
    """`text` without case, accents, harakat, tatweel and signs; alike letters made one. Words stand one space apart."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(ALIKE).casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", plain))


def find_province(text: str, provinces: Iterable[AreaRow], words: Iterable[str] = ()) -> AreaRow:
    """The province of that code ("02.113" or "02113") or name; `words` may stand before the name ("province de").

    Raises UnknownProvince, which names the nearest, when none or more than one is called so.
    """
    rows = list(provinces)
    code = text.strip().replace(".", "")
    for row in rows:
        if row.code.replace(".", "") == code:
            return row
    keys = [(key, row) for row in rows for key in _keys(row)]
    wanted = _joined(text)
    without = _joined(_without(text, words))
    for key in (wanted, without):
        found = {row.code: row for known, row in keys if known == key}
        if len(found) == 1:
            return found.popitem()[1]
    raise UnknownProvince(text, _nearest(without or wanted, keys))


def called(pattern: str, name: str) -> str:
    """`pattern` with {name}, and with {de} as French writes it: "d’" before a vowel, else "de "."""
    return pattern.format(name=name, de="d’" if fold(name)[:1] in VOWELS else "de ")


def _joined(text: str) -> str:
    """Folded and in one word, because people part compound names as they like."""
    return fold(text).replace(" ", "")


def _keys(row: AreaRow) -> set[str]:
    return {_joined(name) for name in row.names.values()}


def _without(text: str, words: Iterable[str]) -> str:
    leading = {fold(word) for word in words}
    left = fold(text).split()
    while left and left[0] in leading:
        left.pop(0)
    return " ".join(left)


def _nearest(wanted: str, keys: Sequence[tuple[str, AreaRow]]) -> list[AreaRow]:
    """Names that hold what was typed come first, then those that look like it."""
    held = [key for key, _ in keys if len(wanted) > 2 and wanted in key]
    alike = difflib.get_close_matches(wanted, [key for key, _ in keys], n=CLOSEST, cutoff=0.55)
    rows = {row.code: row for name in [*held, *alike] for key, row in keys if key == name}
    return list(rows.values())[:CLOSEST]
