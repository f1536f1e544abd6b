"""A data folder and a database of a measurement's own, gone at its end."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

KINDS = ("sqlite", "postgresql")
MANAGE = [sys.executable, "-m", "nafida.launch.manage"]


@contextmanager
def installation(kind: str) -> Iterator[dict[str, str]]:
    """The environment of an empty installation on a database that survives power cuts, as in production.

    `kind` is one of KINDS; PostgreSQL is a server of its own, with fsync. Nothing of the caller's own
    installation is seen.
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("NAFIDA_", "DATABASE_URL"))}
    with tempfile.TemporaryDirectory(prefix="nafida-bench-") as folder:
        environment = kept | {"NAFIDA_DATA": folder, "DJANGO_SETTINGS_MODULE": "nafida.settings"}
        if kind != "postgresql":
            yield environment
            return
        keeper, address = postgres.start("postgres", durable=True)
        try:
            yield environment | {"DATABASE_URL": address}
        finally:
            postgres.stop(keeper)


def prepare(environment: dict[str, str]) -> None:
    """Tables, the pages' files and the province, by the very command that `up` runs first."""
    (Path(environment["NAFIDA_DATA"]) / "secret_key").write_text("of this measurement only")
    subprocess.run([*MANAGE, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
