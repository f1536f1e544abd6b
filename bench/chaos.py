"""Nafida under load while its processes are killed at random, for as many minutes as asked.

    ./nafida bench chaos [MINUTES]        python -m bench.chaos [MINUTES] [--database sqlite] [--seed N]

Citizens file reports through the form, clerks answer by the links of their letters, and every few seconds one process
of the tree gets kill -9: web server, one of its workers, a task worker, the clock, the helper that decodes pictures,
or the launcher itself, which is then started again. Afterwards what was acknowledged is compared with what is stored.
Exit code 1 when anything is lost, doubled, stuck or left behind. tests/launch/test_chaos.py is the short form.
"""

import argparse
import random
import sys
import time
from pathlib import Path

from bench.ground.installation import KINDS, installation
from bench.ground.table import Row, show
from bench.siege.campaign import PARENT, STRIKES, Siege
from tests.launch.running import Installation, free_port

MINUTES = 5.0
CALM = (0.5, 6.0)  # seconds between two strikes, at random


def lay_siege(kind: str, minutes: float, seed: int) -> tuple[Row, dict[str, list[str]]]:
    """Besiege one installation on a database of that kind: (figures, what is wrong)."""
    draw = random.Random(seed)
    with installation(kind) as environment:
        folder = Path(environment["NAFIDA_DATA"])
        nafida = Installation(folder / "data", free_port(), folder / "log", environment)
        nafida.environment["NAFIDA_DATA"] = str(nafida.folder)
        siege = Siege(nafida)
        try:
            siege.lay()
            until = time.monotonic() + 60 * minutes
            while time.monotonic() < until:
                time.sleep(draw.uniform(*CALM))
                name = draw.choice([*STRIKES, PARENT])
                siege.strike_parent() if name == PARENT else siege.strike(name, after=1)
            report = siege.lift()
        finally:
            if nafida.running is not None:
                nafida.stop()
    wrong = {name: found for name, found in report["wrong"].items() if found}
    row = {"database": kind, "minutes": minutes, "kills": sum(siege.struck.values()), **report["figures"]}
    return row | {"wrong": sum(map(len, wrong.values()))}, wrong


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.chaos", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=MINUTES)
    parser.add_argument("--database", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=20261122, help="another seed, another order of strikes")
    asked = parser.parse_args()
    rows, wrong = [], {}
    for kind in asked.database or KINDS:
        row, found = lay_siege(kind, asked.minutes, asked.seed)
        rows.append(row)
        wrong |= {f"{kind}, {name}": sentences for name, sentences in found.items()}
    show("chaos", rows)
    for name, sentences in wrong.items():
        print(f"{name}:", *sentences, sep="\n  ")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
