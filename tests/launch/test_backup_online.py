"""A backup made while people write holds one moment: nothing in it is half there, nothing acknowledged before lacks."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from .conftest import ROOT, Installation, closing_database, free_port, wait_for

BUSY = 2  # backups made while reports come in
MOMENT = str(ROOT / "tests" / "launch" / "moment.py")


@dataclass
class Citizen:
    """A process that files reports, and what it was told to have filed."""

    installation: Installation
    acknowledged: list[str] = field(default_factory=list)

    @contextmanager
    def filing(self) -> Iterator[Any]:
        command = [sys.executable, MOMENT, "file"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, env=self.installation.environment, text=True, **pipes)  # type: ignore[call-overload]
        listener = Thread(target=self._listen, args=[process])
        listener.start()
        try:
            yield process
        finally:
            process.stdin.close()
            listener.join()
            assert process.wait(timeout=60) == 0, process.stderr.read()

    def copied(self, file: Path) -> "Copy":
        before = set(self.acknowledged)
        answer = self.installation.run("backup", str(file))
        assert (answer.returncode, answer.stderr) == (0, "")
        return Copy(file, before, set(self.acknowledged))

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.acknowledged.append(line.strip())


@dataclass(frozen=True)
class Copy:
    """A backup, and what had been acknowledged when it began and when it had ended."""

    file: Path
    before: set[str]
    after: set[str]


@contextmanager
def working(installation: Installation) -> Iterator[None]:
    """A worker that does what filing leaves to be done."""
    command = installation.command("manage", "db_worker", "--queue-name", "*", "--interval", "0.05")
    with installation.log.open("ab") as log:
        process = subprocess.Popen(command, env=installation.environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def copies(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> list[Copy]:
    """Backups made one after the other while a citizen files and a worker writes letters.

    The last is made when the citizen rests, connection open: it must hold all that was acknowledged.
    """
    installation.folder.mkdir()
    prepared = installation.run("manage", "prepare")
    assert prepared.returncode == 0, prepared.stderr
    citizen, folder = Citizen(installation), tmp_path_factory.mktemp("copies")
    with working(installation), citizen.filing() as process:
        wait_for(lambda: len(list((installation.folder / "mail").glob("*.eml"))) > 3, "letters go out")
        made = [citizen.copied(folder / f"{number}.tar") for number in range(BUSY)]
        process.stdin.write("rest\n")
        process.stdin.flush()
        made.append(citizen.copied(folder / "resting.tar"))
    return made


@pytest.fixture(scope="module")
def restored(
    installation: Installation, copies: list[Copy], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[dict[str, Any]]]:
    """What stands in each of them, once it is restored on a machine of its own."""
    found = []
    with ExitStack() as stack:
        for copy in copies:
            base = tmp_path_factory.mktemp("restored")
            environment = {**installation.environment, "NAFIDA_DATA": str(base / "var")}
            stack.enter_context(closing_database(environment))
            own = Installation(base / "var", free_port(), base / "log", environment)
            answer = own.run("restore", str(copy.file))
            assert (answer.returncode, answer.stderr) == (0, "")
            examined = subprocess.run(
                [sys.executable, MOMENT, "examine"], env=environment, capture_output=True, text=True, check=False
            )
            assert examined.returncode == 0, examined.stderr
            found.append(json.loads(examined.stdout))
        yield found


def test_reports_came_in_and_letters_went_out_while_the_backups_were_made(
    copies: list[Copy], restored: list[dict[str, Any]]
) -> None:
    assert all(len(copy.after) > len(copy.before) + 3 for copy in copies[:BUSY])
    assert restored[-1]["sent"] > restored[0]["sent"]
    assert len(restored[-1]["references"]) > len(restored[0]["references"])


def test_all_that_was_acknowledged_before_a_backup_began_is_in_it(
    copies: list[Copy], restored: list[dict[str, Any]]
) -> None:
    lacking = [copy.before - set(found["references"]) for copy, found in zip(copies, restored, strict=True)]
    assert lacking == [set()] * len(copies)


def test_a_backup_is_of_a_moment_before_it_ended(copies: list[Copy], restored: list[dict[str, Any]]) -> None:
    for copy, found in zip(copies, restored, strict=True):
        in_flight = set(found["references"]) - copy.after
        assert len(in_flight) <= 1


def test_rows_effects_journal_and_files_of_a_restored_copy_belong_together(restored: list[dict[str, Any]]) -> None:
    assert [found["wrong"] for found in restored] == [[]] * len(restored)
