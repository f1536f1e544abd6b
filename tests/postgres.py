"""A PostgreSQL server of the run's own: real, but not durable unless asked, and gone however the run ends."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

KEEPER = Path(__file__).with_name("postgres_keeper.py")

type Keeper = subprocess.Popen[str]
"""The process that a server belongs to."""


def start(database: str = "nafida", *, durable: bool = False) -> tuple[Keeper, str]:
    """A keeper with a running server, and the address of `database` on it (not yet made); `stop` ends it.

    `durable` is for measurements: what was committed survives a power cut, and costs what it costs.
    Raises RuntimeError with the server's log when it does not start.
    """
    keeper = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(KEEPER), *(["--durable"] if durable else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdout
    answer = keeper.stdout.readline().strip()
    if not answer:
        raise RuntimeError("PostgreSQL did not start; its log stands above")
    return keeper, f"postgresql://postgres@{quote(answer, safe='')}/{database}"


def stop(keeper: Keeper) -> None:
    """End the server and wait until it and its folder are gone."""
    assert keeper.stdin
    keeper.stdin.close()
    keeper.wait(timeout=30)
