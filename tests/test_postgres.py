"""The PostgreSQL server of a test run ends with the run."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import postgres
from tests.house.ground import ROOT

RUN = "from tests import postgres; keeper, url = postgres.start(); print(url, keeper.pid, flush=True); input()"


def folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


def wait_until(done: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def server() -> tuple[postgres.Keeper, str]:
    return postgres.start("postgres")


def test_a_stopped_server_leaves_nothing_behind(server: tuple[postgres.Keeper, str]) -> None:
    keeper, url = server
    with psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
    postgres.stop(keeper)
    assert not folder_of(url).exists()


def test_a_killed_test_run_leaves_no_server_behind() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert run.stdout
    url, keeper = run.stdout.readline().split()
    main = int((folder_of(url) / "data" / "postmaster.pid").read_text().splitlines()[0])
    run.kill()
    run.communicate()
    wait_until(lambda: not folder_of(url).exists() and not is_running(main) and not is_running(int(keeper)))


def test_a_killed_keeper_takes_its_server_along(server: tuple[postgres.Keeper, str]) -> None:
    keeper, url = server
    folder = folder_of(url)
    main = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(keeper.pid, 9)
    keeper.communicate()
    wait_until(lambda: not is_running(main))
    subprocess.run(["rm", "-rf", str(folder)], check=True)
