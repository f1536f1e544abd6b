"""A running Nafida: the real tree of processes on a folder and a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


def wait_for[T](ask: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """The first true answer; fails when none comes in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"in {seconds:.0f} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    command: str

    def is_alive(self) -> bool:
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    def is_still_itself(self) -> bool:
        """Alive, and not another process that was given the same number since."""
        return self.is_alive() and any((each.pid, each.command) == (self.pid, self.command) for each in processes())

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def processes() -> list[Process]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            found.append(Process(int(entry.name), parent, command))
    return found


@dataclass
class Installation:
    """`up` with its own folder, port and database."""

    folder: Path
    port: int
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    running: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "nafida", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments)
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=120)

    def up(self) -> None:
        with self.log.open("ab") as log:
            command = self.command("up", "--port", str(self.port))
            self.running = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        wait_for(self.said_ready, f"ready; the log:\n{self.log.read_text()}")

    def said_ready(self) -> bool:
        assert self.running is not None
        assert self.running.poll() is None, self.log.read_text()
        return f"Nafida is ready: http://127.0.0.1:{self.port}/" in self.log.read_text()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def tree(self) -> list[Process]:
        """Every process below the launcher."""
        assert self.running is not None
        known, found, everything = {self.running.pid}, [], processes()
        while fresh := [each for each in everything if each.parent in known and each.pid not in known]:
            known |= {each.pid for each in fresh}
            found += fresh
        return found

    def child(self, word: str) -> Process | None:
        """The launcher's own child whose command line holds the word."""
        assert self.running is not None
        own = [each for each in self.tree() if each.parent == self.running.pid and word in each.command]
        return own[0] if own else None

    def web_workers(self) -> list[Process]:
        web = self.child("granian")
        return [each for each in self.tree() if web is not None and each.parent == web.pid]

    def is_whole(self) -> bool:
        words = ("granian", "--queue-name default", "--queue-name slow", "run_clock")
        return all(map(self.child, words)) and len(self.web_workers()) == 2 and self.answers()

    def stop(self) -> int:
        assert self.running is not None
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
        return self.running.wait(timeout=60)


class closing_database:  # reads as what it does
    """On PostgreSQL: an empty database of our own on the server of the test run, dropped at the end."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.url = environment.get("DATABASE_URL", "")
        self.name = f"launch_{os.getpid()}_{time.monotonic_ns()}"

    def __enter__(self) -> None:
        if self.url:
            self.execute(f"CREATE DATABASE {self.name}")
            self.environment["DATABASE_URL"] = self.address(self.name)

    def __exit__(self, *problem: object) -> None:
        if self.url:
            self.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def address(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def execute(self, statement: str) -> None:
        with closing(psycopg.connect(self.address("postgres"), autocommit=True)) as server:
            server.execute(statement)
