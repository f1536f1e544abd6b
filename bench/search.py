"""How long a search takes, for citizens and on the desk, among a year's cases of a province.

    ./nafida bench search        python -m bench.search [--cases 100000] [--looks 12] [--database sqlite]

The pages are those of the site. Words are real ones of the catalogue and the communes among invented ones, asked for in
Arabic, French and Darija in Latin letters: frequent and rare, one and several, whole and half typed, and none at all.
"""

import argparse
import json
import subprocess
import sys

from bench.ground.installation import KINDS, installation, prepare
from bench.ground.table import show

TARGET = 60  # milliseconds, of 95 in a hundred


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=12, help="at each question")
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            command = [sys.executable, "-m", "bench.finding.seeker", str(asked.cases), str(asked.looks)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows += [{"database": kind, **row} for row in json.loads(told)]
    show("search", rows)
    print(f"target: p95 of all questions at most {TARGET} ms on an idle machine")


if __name__ == "__main__":
    main()
