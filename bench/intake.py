"""How many reports a second are filed, beside the raw floor: the same statements through the driver alone.

    ./nafida bench intake        python -m bench.intake [--seconds 2] [--rounds 5] [--database sqlite]

Each database syncs as in production. Writers are processes; engine and floor take turns, and the figures are medians
over the rounds. A row's rates are those of all its writers together.
"""

import argparse
import json
import statistics
import subprocess
import sys
from typing import Any

from bench.ground.installation import KINDS, installation, prepare
from bench.ground.table import Row, show

WRITERS = (1, 2, 8)
MOST_STATEMENTS = 14
LEAST_SHARE = 40  # per cent of the floor's rate


class Writer:
    """A process that files on demand."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.filing.writer"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, way: str, seconds: float) -> None:
        assert self.process.stdin
        print(way, seconds, file=self.process.stdin, flush=True)

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("A writer has ended; its reason stands above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        self.process.communicate()


def one_round(writers: list[Writer], way: str, seconds: float) -> tuple[float, float]:
    """(reports a second of all writers together, milliseconds of processor a report)."""
    for writer in writers:
        writer.order(way, seconds)
    answers = [writer.answer() for writer in writers]
    filed = sum(answer["count"] for answer in answers)
    return sum(answer["count"] / answer["seconds"] for answer in answers), 1000 * sum(a["cpu"] for a in answers) / filed


def measure(kind: str, environment: dict[str, str], count: int, asked: argparse.Namespace) -> Row:
    writers = [Writer(environment) for _ in range(count)]
    try:
        statements = max(writer.answer()["statements"] for writer in writers)
        rates: dict[str, list[tuple[float, float]]] = {"engine": [], "floor": []}
        for number in range(asked.rounds):
            for way in sorted(rates, reverse=number % 2 == 1):
                rates[way].append(one_round(writers, way, asked.seconds))
    finally:
        for writer in writers:
            writer.end()
    engine, floor = (statistics.median(rate for rate, _cpu in rates[way]) for way in ("engine", "floor"))
    return {
        "database": kind,
        "writers": count,
        "reports/s": round(engine, 1),
        "floor/s": round(floor, 1),
        "% of floor": round(100 * engine / floor, 1),
        "statements": statements,
        "cpu ms": round(statistics.median(cpu for _rate, cpu in rates["engine"]), 2),
        "floor cpu ms": round(statistics.median(cpu for _rate, cpu in rates["floor"]), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.intake", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            rows += [measure(kind, environment, count, asked) for count in WRITERS]
    show("intake", rows)
    print(f"target: at most {MOST_STATEMENTS} statements, at least {LEAST_SHARE} % of the floor's rate")


if __name__ == "__main__":
    main()
