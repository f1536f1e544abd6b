"""Fills an empty installation and looks at its map: `python -m bench.mapping.viewer CASES TILES`.

Prints one line of JSON, a row for each zoom and one for all of them, without and with a period.
"""

import json
import math
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

import msgspec  # noqa: E402
import shapely  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from nafida.cases.life import Outcome, State  # noqa: E402
from nafida.cases.models import Case  # noqa: E402
from nafida.reports.filters import Catalogue, read_filter  # noqa: E402
from nafida.reports.mass import forget_mass, mass  # noqa: E402
from nafida.reports.tiles import Address, tile_json, tile_of  # noqa: E402
from nafida.services.models import Service  # noqa: E402
from nafida.territory.models import Area, Body  # noqa: E402
from nafida.territory.place import BITS, SIDE, cell_of  # noqa: E402
from nafida.territory.shapes import shape_of  # noqa: E402

ZOOMS = range(8, 17)
SHARES = {State.RECEIVED: 5, State.IN_HAND: 10, State.ANSWERED: 25, State.CLOSED: 60}
WARM = 5


def fill(count: int, draw: random.Random) -> list[tuple[float, float]]:
    """`count` cases of the last year, by the population of the communes; their places."""
    communes = list(Area.objects.communes().drawn())
    services = list(Service.objects.of_kind("report"))
    body = Body.objects.governorate()
    now, places, rows = datetime.now(UTC), [], []
    for commune in communes:
        shape = shape_of(commune.boundary or {})
        shapely.prepare(shape)
        share = (commune.population or 0) / sum(area.population or 0 for area in communes)
        for _ in range(round(count * share)):
            lon, lat = within(shape, draw)
            places.append((lon, lat))
            at = now - timedelta(days=draw.uniform(0, 365))
            state = draw.choices(list(SHARES), list(SHARES.values()))[0]
            ended = state in (State.ANSWERED, State.CLOSED)
            row = Case(service=draw.choice(services), area=commune, body=body, language="ar", state=state)
            row.reference, row.received_at, row.day = f"{100_000_000 + len(rows)}", at, at.date()
            row.outcome = draw.choices([Outcome.DONE, Outcome.DUPLICATE], [19, 1])[0] if ended else ""
            row.cell, row.shown_at = cell_of(lon, lat), at if draw.random() < 0.9 else None
            rows.append(row)
    draw.shuffle(rows)
    Case.objects.bulk_create(rows, batch_size=2000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE cases_case")  # as autovacuum does in a minute or so
    return places


def within(shape: shapely.Geometry, draw: random.Random) -> tuple[float, float]:
    west, south, east, north = shape.bounds
    while True:
        lon, lat = draw.uniform(west, east), draw.uniform(south, north)
        if shapely.contains_xy(shape, lon, lat):
            return lon, lat


def tile_at(lon: float, lat: float, z: int) -> Address:
    x = (lon + 180) / 360
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return z, int(x * SIDE) >> BITS - z, int(y * SIDE) >> BITS - z


def look(address: Address, query: str) -> float:
    """Milliseconds for one tile, its filter read and its JSON written."""
    start = time.perf_counter()
    msgspec.json.encode(tile_of(mass(), address, read_filter(QueryDict(query), Catalogue.load(), strict=True)))
    return 1000 * (time.perf_counter() - start)


def kept(address: Address) -> float:
    """Milliseconds of the processor for a tile that is kept, in the middle."""
    times = []
    for _ in range(30):
        start = time.process_time()
        tile_json(address, read_filter(QueryDict(), Catalogue.load(), strict=True))
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def first_reading() -> float:
    """Milliseconds until a process that has just started holds all reports."""
    forget_mass()
    start = time.perf_counter()
    mass()
    return 1000 * (time.perf_counter() - start)


def row_of(zoom: str, period: bool, times: list[float], cpu: float) -> dict[str, object]:
    cuts = statistics.quantiles(times, n=20)
    figures = {
        "p50 ms": round(statistics.median(times), 2),
        "p95 ms": round(cuts[-1], 2),
        "worst ms": round(max(times), 2),
    }
    return {"zoom": zoom, "period": "half a year" if period else "all", "tiles": len(times), **figures, "kept cpu": cpu}


def main() -> None:
    cases, tiles = int(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(20261122)
    places = fill(cases, draw)
    reading = round(first_reading(), 2)
    cpu = round(kept(tile_at(*places[0], ZOOMS[0])), 2)
    today = datetime.now(UTC).date()
    rows = []
    for query in ("", f"from={today - timedelta(days=240)}&to={today - timedelta(days=60)}"):
        every: list[float] = []
        for z in ZOOMS:
            addresses = [tile_at(*place, z) for place in draw.choices(places, k=tiles + WARM)]
            times = [look(address, query) for address in addresses][WARM:]
            every += times
            rows.append(row_of(str(z), bool(query), times, cpu))
        rows.append(row_of("all", bool(query), every, cpu))
    print(json.dumps([{**row, "first reading ms": reading} for row in rows]))


if __name__ == "__main__":
    main()
