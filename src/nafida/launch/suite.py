"""`nafida test`: every test twice, on SQLite and on PostgreSQL. No Django."""

import os
import re
import subprocess
import sys
import tempfile

_SUMMARY = re.compile(r"^(?=.* in \d)(=+ )?.*\d+ (passed|failed|error|errors|skipped|deselected|xfailed)\b")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")
_NOTHING_COLLECTED = 5


def suite(arguments: list[str]) -> int:
    """Run pytest once for each database with the same arguments; gives the worst exit code.

    The last line printed is `N passed, N failed` over both; an error, or a run that broke off, counts as
    failed.
    """
    passed = failed = worst = 0
    for database in ("sqlite", "postgresql"):
        print(f"== {database}", flush=True)
        with tempfile.TemporaryDirectory(prefix="nafida-test-") as folder:
            environment = {**os.environ, "NAFIDA_TEST_DB": database, "NAFIDA_DATA": folder}
            code, summary = _run([sys.executable, "-m", "pytest", *arguments], environment)
        good, bad = count(summary)
        passed += good
        failed += bad or (1 if code not in (0, _NOTHING_COLLECTED) else 0)
        worst = max(worst, abs(code))
    print(f"{passed} passed, {failed} failed", flush=True)
    return worst


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run with the output passed on line by line; gives the exit code and pytest's summary line."""
    summary = ""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, errors="replace") as run:
        assert run.stdout is not None
        for line in run.stdout:
            print(line, end="", flush=True)
            if _SUMMARY.match(plain := re.sub(r"\x1b\[[0-9;]*m", "", line)):
                summary = plain
    return run.returncode, summary


def count(summary: str) -> tuple[int, int]:
    """(passed, failed with errors) of pytest's summary line."""
    counts: dict[str, int] = {}
    for number, word in _COUNT.findall(summary):
        counts[word.rstrip("s")] = int(number)
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
