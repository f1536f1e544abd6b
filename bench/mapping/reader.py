"""Lays cases around a demonstration and reads the pages for citizens: `python -m bench.mapping.reader CASES LOOKS`.

Prints one line of JSON, a row for each kind of page.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402

from bench.mapping.viewer import fill  # noqa: E402
from nafida.cases.models import Case  # noqa: E402
from nafida.cases.standing import forget_standing  # noqa: E402
from nafida.territory.models import Area  # noqa: E402

WARM = 5


def row_of(page: str, address: Callable[[], str], looks: int) -> dict[str, object]:
    client, cpu, wall, size = Client(), [], [], 0
    for turn in range(looks + WARM):
        path = address()
        started, ticked = time.perf_counter(), time.process_time()
        answer = client.get(path)
        if turn >= WARM:
            cpu.append(1000 * (time.process_time() - ticked))
            wall.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 200, (path, answer.status_code)
        size = len(answer.content)
    figures = {"cpu p50 ms": statistics.median(cpu), "cpu p95 ms": statistics.quantiles(cpu, n=20)[-1]}
    figures["wall p50 ms"] = statistics.median(wall)
    return {"page": page, **figures, "statements": _statements(client, path), "bytes": size}


def _statements(client: Client, path: str) -> int:
    settings.DEBUG = connection.force_debug_cursor = True
    reset_queries()
    client.get(path)
    count = len(connection.queries)
    settings.DEBUG = connection.force_debug_cursor = False
    return count


def _after_news(path: str) -> str:
    """Something has just happened to some case: what pages keep of the cases is made anew."""
    forget_standing()
    return path


def main() -> None:
    cases, looks = int(sys.argv[1]), int(sys.argv[2])
    settings.ALLOWED_HOSTS.append("testserver")
    draw = random.Random(20261122)
    told = list(Case.objects.public().filter(shown_at__isnull=False).values_list("reference", flat=True))
    codes = list(Area.objects.communes().values_list("code", flat=True))
    fill(cases, draw)
    pages: dict[str, Callable[[], str]] = {
        "case": lambda: f"/ar/cases/{draw.choice(told)}/",
        "list of 50": lambda: "/ar/cases/",
        "list filtered": lambda: f"/ar/cases/?state=closed&commune={draw.choice(codes)}",
        "home": lambda: "/ar/",
        "home, news": lambda: _after_news("/ar/"),
        "map": lambda: "/ar/map/",
        "poster": lambda: f"/ar/posters/sheet/?commune={draw.choice(codes)}",
        "commune": lambda: f"/ar/communes/{draw.choice(codes)}/",
    }
    print(json.dumps([row_of(page, address, looks) for page, address in pages.items()]))


if __name__ == "__main__":
    main()
