"""Fills an empty installation and searches it: `python -m bench.finding.seeker CASES LOOKS`.

Prints one line of JSON, a row for each kind of question and one for all of them.
"""

import json
import random
import statistics
import sys
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.desk.officer import Look, fill, look_at, signed_in  # noqa: E402
from nafida.cases.models import Case, CaseWords  # noqa: E402
from nafida.people.models import Role, User  # noqa: E402
from nafida.search.text import index_text  # noqa: E402
from nafida.services.models import Service  # noqa: E402
from nafida.territory.models import Area, Body, BodyKind  # noqa: E402

INVENTED = 4000  # words that somebody has used, the first of them most
LENGTH = 12  # words of a description
WARM = 3
QUESTIONS = {
    "a frequent word": ["الإنارة", "lampadaire", "بركان", "zbel"],
    "several words": ["مصباح الإنارة بركان", "eclairage public aklim", "do khasr"],
    "half a word": ["الان", "lamp", "حف"],
    "a rare word": ["قطمير1999", "قطمير2999", "قطمير3999"],
    "nothing there": ["xylophone", "ككككككك"],
}


def tell(draw: random.Random) -> None:
    """Words for all cases, as the worker writes them."""
    names = {service.pk: f"{service.name_ar} {service.name_fr}" for service in Service.objects.all()}
    names_of_areas = {area.pk: f"{area.name_ar} {area.name_fr}" for area in Area.objects.defer("boundary")}
    words = [index_text(f"قطمير{number}") for number in range(INVENTED)]
    weights = [1 / (number + 1) for number in range(INVENTED)]
    rows = []
    for key, reference, service, area in Case.objects.values_list("pk", "reference", "service", "area"):
        face = index_text(f"{reference} {names[service]} {names_of_areas[area]}")
        told = " ".join([face, *draw.choices(words, weights, k=LENGTH)])
        rows.append(CaseWords(case_id=key, face=face, public=told, desk=f"{told} {draw.choice(words)}"))
        if len(rows) == 5000:
            CaseWords.objects.bulk_create(rows)
            rows = []
    CaseWords.objects.bulk_create(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does in a minute or so


def row_of(who: str, question: str, seen: list[Look]) -> dict[str, object]:
    walls = [one.wall for one in seen]
    figures = {
        "p50 ms": statistics.median(walls),
        "p95 ms": statistics.quantiles(walls, n=20)[-1],
        "worst ms": max(walls),
    }
    figures |= {"cpu ms": statistics.median(one.cpu for one in seen), "statements": max(one.statements for one in seen)}
    return {"who": who, "question": question, "looks": len(seen), **figures}


def main() -> None:
    cases, looks = int(sys.argv[1]), int(sys.argv[2])
    draw = random.Random(20261122)
    fill(cases, draw, [User.objects.create_user(f"{number}@example.org") for number in range(60)])
    tell(draw)
    largest = Body.objects.filter(kind=BodyKind.COMMUNE).order_by("-area__population").first()
    assert largest is not None
    seekers = {
        "citizen": (Client(SERVER_NAME="localhost"), "/ar/search/"),
        "coordinator": (signed_in(Role.COORDINATOR, Body.objects.governorate()), "/ar/desk/"),
        "officer": (signed_in(Role.AGENT, largest), "/ar/desk/"),
    }
    rows: list[dict[str, object]] = []
    every: list[Look] = []
    for who, (client, page) in seekers.items():
        for question, texts in QUESTIONS.items():
            asked = [f"{page}?{urlencode({'q': text})}" for text in texts]
            seen = [look_at(client, address) for _ in range(looks + WARM) for address in asked][WARM * len(asked) :]
            rows.append(row_of(who, question, seen))
            every += seen
    print(json.dumps([*rows, row_of("all", "all", every)]))


if __name__ == "__main__":
    main()
