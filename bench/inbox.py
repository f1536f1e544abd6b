"""How long the officers' list takes, and how many statements, at any depth of a year's cases of a province.

    ./nafida bench inbox        python -m bench.inbox [--cases 100000] [--looks 15] [--database sqlite]

The pages are those of the site, asked for by a signed-in coordinator and by an officer of one commune: fifty rows, from
the first page to the last, on each pile, in each order, and through filters.
"""

import argparse
import json
import subprocess
import sys

from bench.ground.installation import KINDS, installation, prepare
from bench.ground.table import show

TARGET = 40  # milliseconds, of 95 in a hundred
STATEMENTS = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.inbox", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=15, help="at each list")
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            command = [sys.executable, "-m", "bench.desk.officer", str(asked.cases), str(asked.looks)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows += [{"database": kind, **row} for row in json.loads(told)]
    show("inbox", rows)
    print(f"target: p95 of all lists at most {TARGET} ms on an idle machine, at most {STATEMENTS} statements")


if __name__ == "__main__":
    main()
