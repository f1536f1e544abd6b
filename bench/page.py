"""How much of the processor the pages for citizens take, uncached, among a year's reports of a province.

    ./nafida bench page        python -m bench.page [--cases 100000] [--looks 60] [--database sqlite]

"home, news" is home right after something has happened to a case.

The pages are the site's own, asked for in the same process: those of the demonstration's cases, with photos, words and
steps, and the lists of all the cases laid around them.
"""

import argparse
import json
import subprocess
import sys

from bench.ground.installation import KINDS, MANAGE, installation, prepare
from bench.ground.table import show

TARGETS = {"case": 6, "list of 50": 12, "home": 5}  # milliseconds of the processor, in the middle


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.page", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=60, help="at each page")
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            quiet = {"env": environment, "check": True, "stdout": subprocess.DEVNULL}
            subprocess.run([*MANAGE, "fill_demo"], **quiet)
            command = [sys.executable, "-m", "bench.mapping.reader", str(asked.cases), str(asked.looks)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows += [{"database": kind, **row} for row in json.loads(told.splitlines()[-1])]
    show("page", rows)
    print("target, cpu p50: " + ", ".join(f"{page} at most {most} ms" for page, most in TARGETS.items()))


if __name__ == "__main__":
    main()
