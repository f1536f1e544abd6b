"""Invented landmarks of every commune, through the same door as a file of real ones."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from nafida.launch.demo.spots import Spots
from nafida.territory.actions import add_landmarks
from nafida.territory.landmark_rows import COLUMNS, read_rows


def plant_landmarks(rows: Sequence[dict[str, str]], seed: int) -> int:
    """Each of `rows` (kind, ar, fr) once in every commune, where people live; returns how many."""
    spots, rng = Spots(), Random(seed)
    lines = [",".join(COLUMNS)]
    for commune in spots.communes:
        for row in rows:
            lon, lat = spots.draw(commune, rng)
            lines.append(f"{row['kind']},{row['ar']},{row['fr']},{commune.code},{lat},{lon}")
    return add_landmarks(read_rows(lines), by=None)
