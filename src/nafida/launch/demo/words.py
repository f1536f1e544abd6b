"""What a demonstration says, read from `demo.yaml` of the country's pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from nafida.packs.pack import read_yaml

# Words of one meaning, by language code.
Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Problem:
    """One service as citizens use it. `transfer` is the kind of body that such a case may be passed on to."""

    service: str
    weight: int
    words: Said
    picture: str = ""
    where: str = ""
    transfer: str = ""


@dataclass(frozen=True)
class Words:
    """All of the file; `places` goes by "urban" and "rural", `said` by occasion.

    `landmarks` have kind, ar and fr; `templates` title, ar, fr and, where they are for some alone, services.
    """

    accounts: Sequence[Mapping[str, Any]]
    places: Mapping[str, Said]
    problems: Mapping[str, Problem]
    said: Mapping[str, Said]
    landmarks: Sequence[dict[str, str]] = ()
    templates: Sequence[Mapping[str, Any]] = ()

    def say(self, occasion: str, language: str, rng: Random) -> str:
        return rng.choice(self.said[occasion][language])

    def place(self, language: str, rng: Random, *, urban: bool) -> str:
        """A place in words that could be in any commune."""
        words = rng.choice(self.places["urban" if urban else "rural"][language])
        return words.format(n=rng.randint(1, 9), m=rng.randint(2, 40))


def read_words(pack: str) -> Words | None:
    """The words of that pack; None when it has none."""
    data = read_yaml(pack, "demo.yaml")
    if data is None:
        return None
    problems = {code: _problem(code, row) for code, row in data["services"].items()}
    return Words(data["accounts"], data["places"], problems, data["said"], data["landmarks"], data["templates"])


def _problem(code: str, row: Mapping[str, Any]) -> Problem:
    words = {language: row[language] for language in ("ar", "fr")}
    facts = {name: row[name] for name in ("picture", "where", "transfer") if name in row}
    return Problem(code, row["weight"], words, **facts)
