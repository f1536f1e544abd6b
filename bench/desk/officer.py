"""Fills an empty installation and reads its officers' lists: `python -m bench.desk.officer CASES LOOKS`.

Prints one line of JSON, a row for each kind of list and one for all of them.
"""

import json
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from nafida.cases.journal import stamp  # noqa: E402
from nafida.cases.life import Outcome, State, WaitingFor  # noqa: E402
from nafida.cases.models import Case, Contact  # noqa: E402
from nafida.people.actions import give_role  # noqa: E402
from nafida.people.models import Role, User  # noqa: E402
from nafida.reports.models import Report  # noqa: E402
from nafida.services.models import Service  # noqa: E402
from nafida.territory.models import Area, Body, BodyKind  # noqa: E402

SHARES = {State.RECEIVED: 5, State.IN_HAND: 10, State.ANSWERED: 25, State.CLOSED: 60}
WARM = 3


def fill(count: int, draw: random.Random, officers: list[User]) -> None:
    """`count` cases of the last year, by the population of the communes, each with its body."""
    communes = list(Area.objects.communes().filter(population__gt=0).defer("boundary"))
    weights = [area.population or 1 for area in communes]
    bodies = {body.area_id: body for body in Body.objects.filter(kind=BodyKind.COMMUNE)}
    services = list(Service.objects.of_kind("report"))
    now, rows = datetime.now(UTC), []
    for number in range(count):
        area = draw.choices(communes, weights)[0]
        state = draw.choices(list(SHARES), list(SHARES.values()))[0]
        ended = state in (State.ANSWERED, State.CLOSED)
        at = now - timedelta(days=draw.uniform(0, 365 if ended else 60))
        row = Case(service=draw.choice(services), area=area, body=bodies[area.pk], language="ar", state=state)
        row.reference, row.received_at, row.day = f"{100_000_000 + number}", at, at.date()
        row.urgent, row.shown_at = draw.random() < 0.03, at if draw.random() < 0.97 else None
        row.outcome, row.answered_at = (Outcome.DONE, at) if ended else ("", None)
        if not ended:
            asked = draw.random() < 0.1
            row.waiting_for = WaitingFor.CITIZEN if asked else WaitingFor.NOBODY
            row.next_due_at = None if asked else at + timedelta(days=draw.randint(3, 90))
            row.officer = draw.choice(officers) if draw.random() < 0.3 else None
        rows.append(row)
    Case.objects.bulk_create(rows, batch_size=2000)
    Contact.objects.bulk_create([Contact(case=row) for row in rows], batch_size=5000)
    reports = [Report(case=row, lon=-2.3, lat=34.9, place="شارع الحسن الثاني") for row in rows]
    Report.objects.bulk_create(reports, batch_size=5000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does in a minute or so


def signed_in(role: Role, body: Body) -> Client:
    user = User.objects.create_user(f"{role}@example.org")
    give_role(user, body_id=body.pk, role=role, by=None)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def deep(draw: random.Random, query: str) -> str:
    """A key somewhere in the list that `query` asks for, as a link to a next page would carry it."""
    days = timedelta(days=draw.uniform(0, 360))
    if "order=" in query:
        return f"0~{stamp(datetime.now(UTC) - days)}~{draw.randint(1, 100_000)}"
    place = draw.choice([0, 1, 1, 2] if "late" not in query and "soon" not in query else [0, 1, 1])
    at = datetime.now(UTC) - days if place == 2 else datetime.now(UTC) + timedelta(days=draw.uniform(-55, 30))
    return f"{place}~{stamp(at)}~{draw.randint(1, 100_000)}"


LISTS = {
    "piles": ["pile=todo", "pile=mine", "pile=unassigned", "pile=to_see", "pile=late", "pile=waiting", "pile=all"],
    "by receipt": ["pile=all&order=newest", "pile=all&order=oldest", "pile=todo&order=newest"],
    "filters": ["pile=todo&service=light-out", "pile=all&service=light-out&order=newest", "pile=todo&state=in_hand"],
}


class Look(NamedTuple):
    """Milliseconds for one page by the clock and of this process's processor, and its statements."""

    wall: float
    cpu: float
    statements: int


def look(client: Client, query: str) -> Look:
    return look_at(client, f"/ar/desk/?{query}")


def look_at(client: Client, address: str) -> Look:
    """One page of the site; a search that finds one case leads to it."""
    with CaptureQueriesContext(connection) as seen:
        start, cpu = time.perf_counter(), time.process_time()
        assert client.get(address).status_code in (200, 302), address
        return Look(1000 * (time.perf_counter() - start), 1000 * (time.process_time() - cpu), len(seen))


def row_of(who: str, lists: str, seen: list[Look]) -> dict[str, object]:
    times = [one.wall for one in seen]
    p95 = statistics.quantiles(times, n=20)[-1]
    figures = {"p50 ms": statistics.median(times), "p95 ms": p95, "worst ms": max(times)}
    figures |= {"cpu ms": statistics.median(one.cpu for one in seen), "statements": max(one.statements for one in seen)}
    return {"who": who, "lists": lists, "looks": len(seen), **figures}


def main() -> None:
    cases, looks = int(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(20261122)
    fill(cases, draw, [User.objects.create_user(f"{number}@example.org") for number in range(60)])
    largest = Body.objects.filter(kind=BodyKind.COMMUNE).order_by("-area__population").first()
    assert largest is not None
    readers = {
        "coordinator": signed_in(Role.COORDINATOR, Body.objects.governorate()),
        "officer": signed_in(Role.AGENT, largest),
    }
    rows: list[dict[str, object]] = []
    every: list[Look] = []
    for who, client in readers.items():
        for _ in range(WARM):
            look(client, "")
        for name, queries in LISTS.items():
            seen = []
            for query in queries:
                seen += [look(client, f"{query}&after={deep(draw, query)}" if n else query) for n in range(looks)]
                if "-v" in sys.argv:
                    print(who, query, *[f"{one.wall:.0f}/{one.cpu:.0f}" for one in seen[-looks:]], file=sys.stderr)
            rows.append(row_of(who, name, seen))
            every += seen
    print(json.dumps([*rows, row_of("both", "all", every)]))


if __name__ == "__main__":
    main()
