"""`nafida test`: every test on SQLite and on PostgreSQL, at the same time where there are two cores. No Django."""

import os
import re
import subprocess
import sys
import tempfile
import threading
from queue import SimpleQueue

_SUMMARY = re.compile(r"^(?=.* in \d)(=+ )?.*\d+ (passed|failed|error|errors|skipped|deselected|xfailed)\b")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")
_NOTHING_COLLECTED = 5


def suite(arguments: list[str]) -> int:
    """Run pytest once for each database with the same arguments; gives the worst exit code.

    What the second says is shown after the first has ended. The last line printed is `N passed, N failed` over
    both; an error, or a run that broke off, counts as failed.
    """
    runs = [Run(database, arguments) for database in ("sqlite", "postgresql")]
    if cores() > 1:
        for run in runs:
            run.start()
    passed = failed = worst = 0
    for run in runs:
        print(f"== {run.database}", flush=True)
        code, summary = run.show()
        good, bad = count(summary)
        passed += good
        failed += bad or (1 if code not in (0, _NOTHING_COLLECTED) else 0)
        worst = max(worst, abs(code))
    print(f"{passed} passed, {failed} failed", flush=True)
    return worst


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Run:
    """pytest on one database, in a process of its own, whose lines wait until they are shown."""

    def __init__(self, database: str, arguments: list[str]) -> None:
        self.database = database
        self.command = [sys.executable, "-m", "pytest", *arguments]
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._code = 1
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def show(self) -> tuple[int, str]:
        """Print line by line, to the end; gives the exit code and pytest's summary line."""
        if self._thread is None:
            self.start()
        summary = ""
        while (line := self._lines.get()) is not None:
            print(line, end="", flush=True)
            if _SUMMARY.match(plain := re.sub(r"\x1b\[[0-9;]*m", "", line)):
                summary = plain
        return self._code, summary

    def _follow(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="nafida-test-") as folder:
                environment = {**os.environ, "NAFIDA_TEST_DB": self.database, "NAFIDA_DATA": folder}
                self._code = self._collect(environment)
        finally:
            self._lines.put(None)

    def _collect(self, environment: dict[str, str]) -> int:
        with subprocess.Popen(
            self.command, env=environment, stdout=subprocess.PIPE, text=True, errors="replace"
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                self._lines.put(line)
        return process.returncode


def count(summary: str) -> tuple[int, int]:
    """(passed, failed with errors) of pytest's summary line."""
    counts: dict[str, int] = {}
    for number, word in _COUNT.findall(summary):
        counts[word.rstrip("s")] = int(number)
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
