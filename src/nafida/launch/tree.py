"""The tree of processes of a running Nafida: started, watched, started again, ended together. No Django."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nafida.launch.environment import Refusal

TRAMPOLINE = str(Path(__file__).with_name("child.py"))
SIGNALS = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
ENDINGS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
GRACE = 30.0  # seconds for what is in flight
FIRST_DELAY, LONGEST_DELAY = 0.2, 5.0
STEADY = 10.0  # a child that ran for so many seconds starts again without a growing delay


def say(line: str) -> None:
    print(f"nafida: {line}", file=sys.stderr, flush=True)


def manage(*arguments: str) -> list[str]:
    """The command line of one of Django's management commands."""
    return [sys.executable, "-m", "nafida.launch.manage", *arguments]


def start(command: list[str], lock: int) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own; it dies with this one and keeps the folder's lock."""
    return subprocess.Popen(
        [sys.executable, "-S", TRAMPOLINE, str(os.getpid()), *command],
        stdin=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of a child's group; a web server's workers outlive its main process otherwise."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


@dataclass
class Child:
    """One place in the tree, and the process that fills it at the moment."""

    name: str
    command: Callable[[], list[str]]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    delay: float = FIRST_DELAY

    def next_command(self) -> list[str]:
        return self.command()

    def ended(self) -> None:
        """Take note that the process is gone, and say when the next one is due."""
        assert self.process is not None
        now = time.monotonic()
        if now - self.started > STEADY:
            self.delay = FIRST_DELAY
        say(f"{self.name} {_ending(self.process)}; starting it again in {self.delay:.1f} s.")
        self.due = now + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)


@dataclass
class Worker(Child):
    """A place that works off tasks. What a process leaves unfinished is handed back before the next."""

    queue: str = "default"
    interval: float = 1.0
    worker_id: str = ""
    unreturned: str = ""
    returning: bool = False

    def next_command(self) -> list[str]:
        if self.unreturned:
            self.returning = True
            return manage("hand_back_tasks", "--worker-id", self.unreturned)
        self.worker_id = f"{self.queue}-{secrets.token_hex(8)}"
        return manage(
            "db_worker", "--queue-name", self.queue, "--interval", str(self.interval),
            "--worker-id", self.worker_id, "--no-startup-delay",
        )  # fmt: skip

    def ended(self) -> None:
        assert self.process is not None
        if self.returning and self.process.returncode == 0:
            self.unreturned, self.due = "", 0.0
        else:
            self.unreturned = self.unreturned or self.worker_id
            super().ended()
        self.returning = False


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return f"(pid {process.pid}) {how}"


class Forced(Exception):  # not a fault: somebody asked twice
    """A second Ctrl-C while the first was being obeyed."""


@dataclass
class Tree:
    """All children of this process. Their signals and ends are waited for in one place, so nothing races."""

    lock: int
    children: list[Child] = field(default_factory=list)
    errands: list[subprocess.Popen[bytes]] = field(default_factory=list)
    asked_to_end: bool = False

    def __post_init__(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)

    def pause(self, seconds: float) -> None:
        """Sleep until something happens, at most so many seconds. Raises `Forced` on the second wish."""
        happened = signal.sigtimedwait(SIGNALS, max(seconds, 0.0))
        if happened is not None and happened.si_signo in ENDINGS:
            if self.asked_to_end:
                raise Forced
            self.asked_to_end = True

    def run(self, command: list[str]) -> None:
        """Run one step to its end. Raises `Refusal` when it fails: it has said why, or is asked to end."""
        process = start(command, self.lock)
        try:
            while process.poll() is None and not self.asked_to_end:
                self.pause(1.0)
        finally:
            end_group(process)
        if self.asked_to_end:
            raise Refusal("Ended before it was ready.")
        if process.returncode != 0:
            raise Refusal("")

    def send(self, command: list[str]) -> None:
        """Start something that ends by itself and is not started again."""
        self.errands.append(start(command, self.lock))

    def tend(self) -> None:
        """Start what is due, and take note of what has ended."""
        self.errands = [errand for errand in self.errands if errand.poll() is None]
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                end_group(child.process)
                child.ended()
                child.process = None
            if child.process is None and time.monotonic() >= child.due:
                child.process = start(child.next_command(), self.lock)
                child.started = time.monotonic()

    def watch(self, on_tick: Callable[[], None]) -> None:
        """Keep the tree standing until somebody asks for its end."""
        while not self.asked_to_end:
            self.tend()
            on_tick()
            self.pause(0.1 if any(child.process is None for child in self.children) else 0.5)

    def end(self, *stages: list[Child]) -> None:
        """Let each stage finish what is in flight, one after the other; whoever is late is killed."""
        for errand in self.errands:
            end_group(errand)
        deadline = time.monotonic() + GRACE
        for stage in stages:
            going = [child.process for child in stage if child.process is not None]
            for process in going:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
            while any(process.poll() is None for process in going) and time.monotonic() < deadline:
                self.pause(0.2)
            for process in going:
                end_group(process)

    def kill(self) -> None:
        """End every process at once."""
        for errand in self.errands:
            end_group(errand)
        for child in self.children:
            if child.process is not None:
                end_group(child.process)
