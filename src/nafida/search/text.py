"""One text for whatever way a word is written: Arabic with or without signs, French, Darija in Latin letters.

Every engine is given what `index_text` makes, and asked for what `read_query` makes, so that none of them needs to
know a language. Words are made of a–z, 0–9, basic Arabic letters and Tifinagh only, so that nothing in them can mean
anything to an engine.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .sound import MARK, sounds_of

LONGEST_QUERY = 200  # characters that are looked at; what follows is no question any more
LONGEST_WORD = 40
MOST_WORDS = 8
FEWEST_SOUNDS = {True: 2, False: 3}  # by whether the word was typed in Latin letters

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳ", "ا"),
        **dict.fromkeys("ىیېۍ", "ي"),
        **dict.fromkeys("ةهۀەھہ", "ه"),
        **dict.fromkeys("کڪګگڭݣ", "ك"),
        **dict.fromkeys("ڤڥ", "ف"),
        **dict.fromkeys("ئ", "ي"),
        **dict.fromkeys("ؤۇۆۋ", "و"),
        "پ": "ب",
        "چ": "ش",
        "ژ": "ز",
        "ء": None,
        "ـ": None,
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "’": "'",
    }
)
_WORD = re.compile(r"[a-z0-9]+|[\u0621-\u064a]+|[\u2d30-\u2d67]+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PREFIXES = ("وبال", "وال", "بال", "فال", "كال", "دال", "لل", "ال")
_SUFFIXES = ("يات", "هما", "ات", "ون", "ين", "يه", "ها", "ان", "ه", "ي")
_GROUPS = re.compile(r"\d+(?:[ .\u00a0\u202f/-]\d+)+")
LONG_NUMBER = 8  # digits from which groups are one number, of a telephone or a case
_SMALL = frozenset(
    word
    for words in (
        "a au aux d dans de des du en et l la le les ou par pour sur un une",
        "the of in on at and fi f dyal",
        "في من علي الي عن و ف ب ل د ديال",
    )
    for word in words.split()
)


@dataclass(frozen=True)
class Word:
    """One word that is looked for: how it may stand in an index, exactly or (`starts`) as a beginning."""

    exact: tuple[str, ...]
    starts: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Letters without case, accents, harakat and tatweel, alike ones made one, digits Western; signs stay."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    marked = unicodedata.normalize("NFD", plain)
    letters = "".join(letter for letter in marked if unicodedata.category(letter)[0] != "M").translate(_ALIKE)
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in letters)


def words_of(text: str) -> list[str]:
    """The folded words of a text in its order, each cut to LONGEST_WORD letters."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_GROUPS.sub(_joined, fold(text)))]


def _joined(groups: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", groups[0])
    return digits if len(digits) >= LONG_NUMBER else groups[0]


def bare(word: str) -> str:
    """A folded Arabic word without its article; others as they are."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            return word[len(prefix) :]
    return word


def stem(word: str) -> str:
    """A folded word without article, plural and the like, taken off lightly: what is left has two letters or more."""
    if not _ARABIC.match(word):
        return _latin_stem(word)
    word = bare(word)
    if word[0] == "و" and len(word) > 4:
        word = word[1:]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def _latin_stem(word: str) -> str:
    if len(word) > 4 and not word[-1].isdigit():
        word = re.sub(r"(?<=..)aux$", "al", word)
        word = re.sub(r"(?<=...)[sx]$", "", word)
        word = re.sub(r"(?<=...)e$", "", word)
    return word


def index_text(text: str) -> str:
    """What an index holds of `text`: each word, its stem and, behind a mark of its own, its sound; one space apart."""
    return " ".join(dict.fromkeys(token for word in words_of(text) for token in _tokens(word)))


@lru_cache(maxsize=10_000)
def _tokens(word: str) -> tuple[str, ...]:
    """Kept, as most of what is written is the same few words."""
    if word in _SMALL:
        return ()
    root = stem(word)
    return (bare(word), root, *(MARK + sound for sound in sounds_of(word, root) if len(sound) > 1))


def read_query(text: str) -> list[Word]:
    """The words to look for, all of them; the last one may be unfinished. Empty when there is nothing to look for."""
    typed = words_of(text[:LONGEST_QUERY])
    meant = [word for word in typed if word not in _SMALL] or typed
    last = len(meant) - 1
    return [_asked(word, unfinished=number == last) for number, word in enumerate(meant[:MOST_WORDS])]


def _asked(word: str, *, unfinished: bool) -> Word:
    root = stem(word)
    latin = not _ARABIC.match(word)
    sounds = [sound for sound in sounds_of(word, root) if len(sound) >= FEWEST_SOUNDS[latin]]
    exact = dict.fromkeys([root, *(MARK + sound for sound in sounds)])
    if word.isdigit():
        exact[word.lstrip("0") or "0"] = None
    starts = [bare(word)] if unfinished and len(bare(word)) > 1 else []
    if unfinished:
        starts += [MARK + sound for sound in sounds if len(sound) > 2]
    return Word(tuple(exact), tuple(starts))
