"""One writer of `bench intake`, a process of its own: `python -m bench.filing.writer`.

Reads orders from its standard input, one a line: `engine SECONDS` or `floor SECONDS`; answers each with one line
of JSON: how many reports it filed, in how many seconds, with how much time of the processor.
"""

import json
import sys
import time
from collections.abc import Callable
from uuid import uuid4

import django

django.setup()

from bench.filing.floor import capture, floor_of  # noqa: E402
from nafida.cases.models import Case  # noqa: E402
from nafida.reports.actions import Account, Place, file_report  # noqa: E402
from nafida.services.models import Service  # noqa: E402
from nafida.territory.models import Area  # noqa: E402
from nafida.territory.shapes import shape_of  # noqa: E402

SERVICE = "light-out"
WARM = 50
WORDS = "المصباح أمام المدرسة لا يضيء منذ أسبوع، والشارع مظلم في الليل."


def filer() -> Callable[[], Case]:
    """Files one report, as the form does once it is clean."""
    service = Service.objects.get(code=SERVICE)
    commune = Area.objects.communes().drawn().order_by("code")[0]
    spot = shape_of(commune.boundary or {}).representative_point()
    place = Place.at(spot.x, spot.y, "قرب المسجد")
    account = Account(description=WORDS)

    def file_one() -> Case:
        case, _new = file_report(service, place, account, language="ar", form_key=uuid4(), email="citizen@example.org")
        return case

    return file_one


def measured(work: Callable[[], object], seconds: float) -> dict[str, float]:
    count, cpu, start = 0, time.process_time(), time.perf_counter()
    while (passed := time.perf_counter() - start) < seconds:
        work()
        count += 1
    return {"count": count, "seconds": passed, "cpu": time.process_time() - cpu}


def main() -> None:
    engine = filer()
    for _ in range(WARM):
        engine()
    script = capture(engine)
    floor = floor_of(script)
    for _ in range(WARM):
        floor.file()
    ways: dict[str, Callable[[], object]] = {"engine": engine, "floor": floor.file}
    print(json.dumps({"statements": script.count}), flush=True)
    for order in sys.stdin:
        way, seconds = order.split()
        print(json.dumps(measured(ways[way], float(seconds))), flush=True)


if __name__ == "__main__":
    main()
