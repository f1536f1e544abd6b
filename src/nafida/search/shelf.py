"""A few hundred or thousand things searched in memory: exact words first, beginnings, sounds, one slip of the pen."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from .sound import MARK
from .text import Word, index_text, read_query

EXACT, BEGINNING, SOUND, SLIP = 1.0, 0.7, 0.6, 0.4
FORGIVEN_FROM = 5  # letters


class Shelf[T]:
    """Things with the texts they are found by, each text with its weight. Never changed once built."""

    def __init__(self, things: Iterable[tuple[T, Iterable[tuple[str, float]]]]) -> None:
        self._things: list[T] = []
        self._where: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, (thing, texts) in enumerate(things):
            self._things.append(thing)
            for text, weight in texts:
                for token in index_text(text).split():
                    self._where[token][number] = max(weight, self._where[token].get(number, 0.0))
        self._tokens = sorted(self._where)

    def find(self, text: str, limit: int = 8) -> list[T]:
        """What answers most words of `text`, best first; of equals, the one that was put there first."""
        scores: defaultdict[int, float] = defaultdict(float)
        met: defaultdict[int, int] = defaultdict(int)
        for word in read_query(text):
            for number, score in self._score(word).items():
                scores[number] += score
                met[number] += 1
        most = max(met.values(), default=0)
        found = sorted((number for number in met if met[number] == most), key=lambda number: (-scores[number], number))
        return [self._things[number] for number in found[:limit]]

    def _score(self, word: Word) -> dict[int, float]:
        best: dict[int, float] = {}
        for token in word.exact:
            self._note(best, token, SOUND if token.startswith(MARK) else EXACT)
        for start in word.starts:
            for token in self._beginning(start):
                self._note(best, token, BEGINNING * (SOUND if start.startswith(MARK) else 1))
        root = word.exact[0]
        if not any(token in self._where for token in word.exact) and len(root) >= FORGIVEN_FROM - 1:
            for token in self._tokens:
                if token[0] != MARK and len(token) >= FORGIVEN_FROM - 1 and one_slip(root, token):
                    self._note(best, token, SLIP)
        return best

    def _note(self, best: dict[int, float], token: str, worth: float) -> None:
        for number, weight in self._where.get(token, {}).items():
            best[number] = max(best.get(number, 0.0), worth * weight)

    def _beginning(self, start: str) -> list[str]:
        first = bisect_left(self._tokens, start)
        return self._tokens[first : bisect_left(self._tokens, start + "\U0010ffff")]


def one_slip(left: str, right: str) -> bool:
    """Whether two words differ by one letter more, less or other, or by two neighbours exchanged."""
    if abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    first = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = long[:first] + long[first + 1 : first + 2] + long[first : first + 1] + long[first + 2 :]
    return short[first + 1 :] == long[first + 1 :] or short == swapped
