"""Landmarks that reports bring: what several people name at one place is proposed to an officer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from nafida.cases.life import Outcome, State
from nafida.packs.pack import read_yaml
from nafida.reports.models import Report
from nafida.search.text import stem, words_of
from nafida.territory.actions import propose_landmark
from nafida.territory.landmarks import Point, metres_between

ENOUGH = 3  # distinct cases that name a place
CLOSE = 150  # metres within which they lie
PERIOD = timedelta(days=365)
LONGEST = 4  # words of a name
_PARTS = re.compile(r"[\n،,;؛.:/()«»\"–-]+")
_NOT_MEANT = (Outcome.INADMISSIBLE, Outcome.WITHDRAWN, Outcome.DUPLICATE)
_BESIDE = {stem(word) for word in words_of("قرب قدام أمام خلف وراء جنب près devant derrière face côté حدا")}


class Named(NamedTuple):
    """One case that names a place: its kind, the name as it was written, where the case is."""

    kind: str
    name: str
    point: Point


def propose_landmarks(now: datetime) -> int:
    """Propose what accepted reports of a year name ENOUGH times within CLOSE metres; returns how many are new."""
    by_name: defaultdict[tuple[str, ...], dict[int, Named]] = defaultdict(dict)
    for key, named, stems in _all_named(now - PERIOD):
        by_name[stems][key] = named
    proposed = 0
    # The longest name first: "mosque An-Nour" stands before any "mosque" that would swallow it.
    for stems in sorted(by_name, key=lambda stems: (-len(stems), stems)):
        found = _together(list(by_name[stems].values()))
        if found:
            with transaction.atomic():
                proposed += propose_landmark(found.kind, found.name, *found.point) is not None
    return proposed


def _all_named(since: datetime) -> Iterator[tuple[int, Named, tuple[str, ...]]]:
    accepted = Report.objects.filter(case__received_at__gte=since, lon__isnull=False, case__erased_at=None)
    accepted = accepted.exclude(case__state=State.RECEIVED).exclude(case__outcome__in=_NOT_MEANT).exclude(place="")
    kinds = _kinds()
    for key, words, lon, lat in accepted.values_list("pk", "place", "lon", "lat").iterator(chunk_size=2000):
        if lon is None or lat is None:
            continue
        for kind, name, stems in names_in(words, kinds):
            yield key, Named(kind, name, (lon, lat)), stems


def names_in(text: str, kinds: dict[str, str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The names of places in some words: kind, name as written, its stems. A name is two to four words long."""
    for part in _PARTS.split(text):
        written = part.split()
        stems = [stem("".join(words_of(word))) if words_of(word) else "" for word in written]
        for place, first in enumerate(stems):
            if first not in kinds:
                continue
            for length in range(2, LONGEST + 1):
                chosen = stems[place : place + length]
                if len(chosen) < length or "" in chosen or _BESIDE & set(chosen) or chosen[1] in kinds:
                    break
                yield kinds[first], " ".join(written[place : place + length]), tuple(chosen)


def _kinds() -> dict[str, str]:
    """Stem of the word that a name begins with → kind of landmark, as the pack tells."""
    told = read_yaml(settings.PACK, "landmark_words.yaml") or {}
    return {stem(word): kind for kind, names in told.items() for name in names for word in words_of(name)}


def _together(rows: list[Named]) -> Named | None:
    """The middle of the cases around the one that most others lie close to, if they are enough."""
    if len(rows) < ENOUGH:
        return None
    near = max(([other for other in rows if metres_between(row.point, other.point) <= CLOSE] for row in rows), key=len)
    if len(near) < ENOUGH:
        return None
    lon, lat = (sum(row.point[axis] for row in near) / len(near) for axis in (0, 1))
    return Named(near[0].kind, near[0].name, (round(lon, 6), round(lat, 6)))
