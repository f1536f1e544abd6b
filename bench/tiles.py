"""How long a map tile takes, over a year's reports of a province spread by population.

    ./nafida bench tiles        python -m bench.tiles [--cases 100000] [--tiles 40] [--database sqlite]

Tiles are asked for where reports are, the same number at each zoom, with and without a period. "kept cpu" is the
time of the processor for a tile asked for again; "first reading" is what a process does once before its first tile.
"""

import argparse
import json
import subprocess
import sys

from bench.ground.installation import KINDS, installation, prepare
from bench.ground.table import show

TARGET = 30  # milliseconds, of 95 in a hundred
KEPT_TARGET = 3  # milliseconds of the processor


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.tiles", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--tiles", type=int, default=40, help="at each zoom")
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            command = [sys.executable, "-m", "bench.mapping.viewer", str(asked.cases), str(asked.tiles)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows += [{"database": kind, **row} for row in json.loads(told)]
    show("tiles", rows)
    print(f"target: p95 of all zooms at most {TARGET} ms; {KEPT_TARGET} ms of processor when kept")


if __name__ == "__main__":
    main()
