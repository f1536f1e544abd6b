"""How a word sounds, so that Darija in Latin letters and digits ("7ofra") meets the same word in Arabic ("حفرة").

Vowels are left out, letters that people write one for the other are one. `static/reports/find.js` does the same.
"""

from __future__ import annotations

import re

MARK = "°"  # stands before a sound in an index, where no word can begin with it

_ARABIC = {
    **dict.fromkeys("اعءيى", ""),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("دذضظ", "d"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("حه", "h"),
    **dict.fromkeys("كق", "k"),
    "ب": "b",
    "ج": "j",
    "خ": "x",
    "ر": "r",
    "ز": "z",
    "ش": "c",
    "غ": "g",
    "ف": "f",
    "ل": "l",
    "م": "m",
    "ن": "n",
}
# What is settled is written large, so that the single letters after it leave it alone.
_PAIRS = (("tch", "C"), ("ch", "C"), ("sh", "C"), ("kh", "X"), ("gh", "G"), ("dj", "j"), ("dh", "d"), ("th", "t"))
_LATIN = {
    "2": "",
    "3": "",
    "5": "x",
    "6": "t",
    "7": "h",
    "8": "g",
    "9": "k",
    "c": "k",
    "p": "b",
    "v": "f",
    "q": "k",
    "g": "k",
    **dict.fromkeys("aeiouyw", ""),
}
_SOFT = re.compile(r"c(?=[eiy])")
_W = re.compile(r"^(?:ou(?=[aeiy])|w)|(?<=.)(?:o|u|w)+$")
_ARTICLE = re.compile(r"^(?:(?:[ae]l|l)(?=[^aeiouyl])|l(?=[2-9]))")
_DIGITS = re.compile(r"\d+")


def sounds_of(word: str, root: str) -> list[str]:
    """The sounds of a folded word, best first: of its root, and in Latin letters also without the article "l".

    Nothing for a number.
    """
    if _DIGITS.fullmatch(word):
        return []
    if not word[0].isascii():
        return [sound for sound in [_arabic(root)] if sound]
    bare = _ARTICLE.sub("", word)
    return [sound for sound in dict.fromkeys([_latin(word), _latin(bare)]) if sound]


def _arabic(root: str) -> str:
    first = "w" if root[0] == "و" else ""
    last = "w" if root[-1] == "و" and len(root) > 1 else ""
    return _single(first + "".join(_ARABIC.get(letter, "") for letter in root.strip("و")) + last)


def _latin(word: str) -> str:
    plain = re.sub(r"(?<=..)[ae]h$", "", word)
    plain = _W.sub("W", _SOFT.sub("s", plain)).replace("x", "ks")
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return _single("".join(_LATIN.get(letter, letter) for letter in plain).lower())


def _single(sound: str) -> str:
    """Doubled letters are one."""
    return re.sub(r"(.)\1+", r"\1", sound)
