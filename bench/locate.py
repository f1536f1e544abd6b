"""How many positions a second one process tells the commune of, on the installed pack's real boundaries.

    python -m bench.locate [--province CODE] [--points N]

Positions are drawn at random within the province, so that each one has to be decided; the first pass meets ground that
nobody has asked about yet. Needs no database.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable

import shapely

from nafida import settings
from nafida.packs.pack import load_pack
from nafida.territory.shapes import Shapes, shape_of

RUNS = 5
TARGET = 30_000  # a second, singly

type Point = tuple[float, float]


def positions(whole: shapely.Geometry, count: int) -> list[Point]:
    """`count` random positions within the shape, the same in every run."""
    draw = random.Random(20261122)
    west, south, east, north = whole.bounds
    found: list[Point] = []
    shapely.prepare(whole)
    while len(found) < count:
        lon, lat = draw.uniform(west, east), draw.uniform(south, north)
        if shapely.intersects_xy(whole, lon, lat):
            found.append((lon, lat))
    return found


def rate(count: int, work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of the runs, in positions a second."""
    rates = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        rates.append(count / (time.perf_counter() - start))
    return statistics.median(rates)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.locate", description=__doc__)
    parser.add_argument("--province", default=settings.PROVINCE)
    parser.add_argument("--points", type=int, default=50_000)
    asked = parser.parse_args()
    rows = load_pack(settings.PACK).source.areas(asked.province)
    drawn = [(shape_of(row.boundary), row) for row in rows if row.kind in ("commune", "centre") and row.boundary]
    shapes = Shapes((shape, row.code, row.code) for shape, row in drawn)
    points = positions(shapely.union_all([shape for shape, _ in drawn]), asked.points)

    def singly() -> None:
        for lon, lat in points:
            shapes.at(lon, lat)

    rates = {"first_pass": rate(len(points), singly, runs=1), "singly": rate(len(points), singly)}
    rates["bulk"] = rate(len(points), lambda: shapes.at_each(points))
    print(f"{'province':<10} {'areas':>6} {'way':<12} {'positions/s':>12}")
    for way, found in rates.items():
        print(f"{asked.province:<10} {len(drawn):>6} {way:<12} {found:>12,.0f}")
    print(f"target: {TARGET:,} positions/s singly")
    figures = {f"{way}_per_s": round(found) for way, found in rates.items()}
    print(json.dumps({"bench": "locate", "province": asked.province, "points": len(points), **figures}))


if __name__ == "__main__":
    main()
