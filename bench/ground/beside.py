"""A bench that asks the pages of an installation from a program beside it, on each database in turn."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench.ground.installation import KINDS, installation, prepare

type Environment = dict[str, str]


def rows_of_each(
    name: str,
    about: str | None,
    module: str,
    *,
    looks: int,
    at: str,
    furnish: Callable[[Environment], None] = lambda environment: None,
) -> list[dict[str, Any]]:
    """What `module` tells on its last line as JSON, a list of rows, each with its database.

    It is run with two arguments: how many cases there shall be, and how often it looks `at` each thing, `looks` unless
    said otherwise. `furnish` lays in the new installation what must be there before.
    """
    parser = argparse.ArgumentParser(prog=f"bench.{name}", description=about)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=looks, help=at)
    parser.add_argument("--database", choices=KINDS, action="append")
    asked = parser.parse_args()
    rows = []
    for kind in asked.database or KINDS:
        with installation(kind) as environment:
            prepare(environment)
            furnish(environment)
            command = [sys.executable, "-m", module, str(asked.cases), str(asked.looks)]
            told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            rows += [{"database": kind, **row} for row in json.loads(told.splitlines()[-1])]
    return rows
