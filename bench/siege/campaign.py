"""The siege itself: load, one strike after the other, and the order in which it ends."""

import json
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bench.siege.browser import multipart
from bench.siege.people import FORM, RECEIPT, Citizen, Clerk, Ledger, Person, begin, filled_form, finish, photo
from tests.launch.running import ROOT, Installation, Process, wait_for

STRIKES: dict[str, Callable[[Installation], Process | None]] = {
    "default worker": lambda nafida: nafida.child("--queue-name default"),
    "slow worker": lambda nafida: nafida.child("--queue-name slow"),
    "clock": lambda nafida: nafida.child("run_clock"),
    "picture helper": lambda nafida: picture_helper(nafida),
    "web worker": lambda nafida: next(iter(nafida.web_workers()), None),
    "web server": lambda nafida: nafida.child("granian"),
}
"""Whom a strike meets."""
PARENT = "launcher"
DRAIN = 90.0  # seconds
SIP = 20_000  # bytes of a slow upload at a time


def picture_helper(nafida: Installation) -> Process | None:
    return next((each for each in nafida.tree() if "nafida.cases.pictures.process" in each.command), None)


@dataclass
class Siege:
    """One running installation, the people who use it, and what is done to it."""

    nafida: Installation
    citizens: int = 4
    clerks: int = 2
    pause: float = 0.2
    """Seconds that each of them rests between two things."""
    ledger: Ledger = field(default_factory=Ledger)
    struck: dict[str, int] = field(default_factory=dict)
    seen: dict[int, Process] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    def lay(self) -> None:
        """Start everything, and the load."""
        self.nafida.environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"  # the workers must find the poison
        self.nafida.up()
        self.audit("furnish")
        port, post = self.nafida.port, self.nafida.folder / "mail"
        people = [Citizen(port, self.ledger, self.pause, seed) for seed in range(self.citizens)]
        clerks = [Clerk(port, self.ledger, self.pause, (seed, self.clerks), post) for seed in range(self.clerks)]
        self.people = [*people, *clerks]
        begin(self.people)

    def strike(self, name: str, *, after: int = 3) -> None:
        """When so many more reports have been acknowledged, kill that process, or what stands in its place."""
        before = len(self.ledger.reports)
        wait_for(lambda: len(self.ledger.reports) >= before + after, "work goes on")
        self.remember()
        wait_for(lambda: self._hit(name), f"a {name} to strike")
        self.struck[name] = self.struck.get(name, 0) + 1

    def _hit(self, name: str) -> bool:
        victim = STRIKES[name](self.nafida)
        if victim is None:
            return False
        try:
            victim.kill()
        except ProcessLookupError:
            return False
        return True

    def strike_parent(self) -> None:
        """Kill the launcher, see that nothing of its tree is left, and start again on the same folder."""
        assert self.nafida.running is not None
        self.remember()
        self.nafida.running.kill()
        self.nafida.running.wait()
        self.struck[PARENT] = self.struck.get(PARENT, 0) + 1
        self.expect_nothing_left()
        self.start_again()

    def end_in_flight(self) -> None:
        """Ask for the end (SIGTERM) in the middle of a slow upload, which must still be answered."""
        assert self.nafida.running is not None
        self.remember()
        draw = random.Random(len(self.ledger.reports))
        form_key = str(uuid4())
        kind, body = multipart(filled_form(form_key, draw), photo(draw))
        head = f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        with socket.create_connection(("127.0.0.1", self.nafida.port), timeout=60) as upload:
            upload.sendall(f"{head}Connection: close\r\n\r\n".encode() + body[:2000])
            time.sleep(0.5)
            self.nafida.running.send_signal(signal.SIGTERM)
            for start in range(2000, len(body), SIP):
                time.sleep(0.1)
                upload.sendall(body[start : start + SIP])
            answer = upload.makefile("rb").read().decode("utf-8", "replace")
        found = RECEIPT.search(answer)
        if found is None or not answer.startswith("HTTP/1.1 303"):
            self.ledger.troubles.append(f"the upload in flight was answered with {answer[:60]!r}")
        else:
            self.ledger.reports[form_key] = found.group(1)
        if self.nafida.running.wait(timeout=60) != 0:
            self.ledger.troubles.append("SIGTERM did not end everything in order")
        self.expect_nothing_left()

    def start_again(self) -> None:
        self.nafida.log.rename(self.nafida.log.with_suffix(f".{time.monotonic_ns()}"))
        self.nafida.up()

    def lift(self) -> dict[str, Any]:
        """Let everybody finish, wait for what is queued, end the tree; gives what the audit says.

        {"wrong": {name of what should hold: sentences}, "figures": counts}
        """
        wait_for(lambda: self.ledger.answers, "a clerk has answered by link")
        finish(self.people)
        self._drain()
        self.end_in_flight()
        # What the last report asks for is done by the next worker, whenever that comes.
        self.nafida.run("manage", "db_worker", "--queue-name", "default", "--batch", "--no-startup-delay")
        report: dict[str, Any] = json.loads(self.audit("compare", text=json.dumps(self.ledger.as_json())))
        report["wrong"]["people_are_answered"] = self.ledger.troubles
        report["figures"] |= {
            "acknowledged": len(self.ledger.reports),
            "answered by link": len(self.ledger.answers),
            "sent again": sum(person.browser.repeats for person in self.people),
        }
        return report

    def _drain(self) -> None:
        left = json.loads(self.audit("drain", str(DRAIN)))
        if any(left.values()):
            self.ledger.troubles.append(f"after {DRAIN:.0f} s there are left: {left}")

    def remember(self) -> None:
        """Note who belongs to the tree, to know afterwards whether they have ended."""
        self.seen |= {each.pid: each for each in self.nafida.tree()}

    def expect_nothing_left(self) -> None:
        """Every process ever seen in the tree ends, and nobody answers at the address."""
        try:
            wait_for(lambda: not self.nafida.is_listening() and not self._alive(), "nobody is left", 10)
        except AssertionError:
            self.ledger.troubles.append(f"left behind: {self._alive()}, listening: {self.nafida.is_listening()}")

    def _alive(self) -> list[str]:
        return [each.command for each in self.seen.values() if each.is_still_itself()]

    def audit(self, *what: str, text: str = "") -> str:
        command = [sys.executable, "-m", "bench.siege.audit", *what]
        environment = self.nafida.environment | {"DJANGO_SETTINGS_MODULE": "nafida.settings"}
        done = subprocess.run(command, env=environment, input=text, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout
