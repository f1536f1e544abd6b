"""The helper process: shared, limited, replaced when it dies, gone when its parent is gone."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from nafida.cases import pictures
from nafida.cases.pictures import sandbox as near
from nafida.cases.pictures.sandbox import NotAPicture, Sandbox
from tests.cases.pictures import made

SMALL = made.encoded(made.four_corners())


@pytest.mark.parametrize("told", [[200.0, 1.0], [1.0, -91.0], [float("nan"), 1.0], [1.0, float("inf")]])
def test_a_place_not_on_earth_is_not_believed_whatever_the_helper_says(told: list[float]) -> None:
    assert near._checked(told) is None
    assert near._checked([-2.32, 34.92]) == (-2.32, 34.92)


def pid_of(sandbox: Sandbox) -> int:
    """The helper's process number, after it has shown that it works."""
    assert sandbox.prepare(SMALL).width == 400
    assert sandbox.pid is not None
    return sandbox.pid


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_soon_gone(pid: int) -> bool:
    """Whether a process ends within five seconds."""
    until = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_alive(pid)


@contextmanager
def a_signal_in_the_middle(pid: int, number: int) -> Iterator[None]:
    """The helper stands still, so that the picture is in its hands when the signal comes."""
    os.kill(pid, signal.SIGSTOP)

    def strike() -> None:
        time.sleep(0.2)
        os.kill(pid, number)
        os.kill(pid, signal.SIGCONT)

    striker = threading.Thread(target=strike)
    striker.start()
    yield
    striker.join()


def test_a_helper_killed_in_the_middle_is_replaced_and_the_picture_is_made(sandbox: Sandbox) -> None:
    killed = pid_of(sandbox)
    with a_signal_in_the_middle(killed, signal.SIGKILL):
        assert sandbox.prepare(made.encoded(made.four_corners(300, 100))).width == 300
    assert sandbox.pid != killed
    assert is_soon_gone(killed)


def test_a_picture_that_kills_its_second_helper_too_is_refused(sandbox: Sandbox) -> None:
    pid_of(sandbox)
    over = threading.Event()
    killed = set()

    def kill_every_helper() -> None:
        while not over.wait(0.002):
            if sandbox.pid and sandbox.pid not in killed:
                killed.add(sandbox.pid)
                os.kill(sandbox.pid, signal.SIGKILL)

    large = made.encoded(made.noise(4000, 3000), progressive=True)
    killer = threading.Thread(target=kill_every_helper)
    killer.start()
    with pytest.raises(NotAPicture, match="unreadable"):
        sandbox.prepare(large)
    over.set()
    killer.join()
    assert len(killed) in (2, 3)  # three when the first was found dead before it got the picture
    assert sandbox.prepare(SMALL).width == 400


def test_a_helper_that_does_not_answer_in_time_is_ended(sandbox: Sandbox) -> None:
    still = pid_of(sandbox)
    os.kill(still, signal.SIGSTOP)
    sandbox.timeout = 0.3
    started = time.monotonic()
    with pytest.raises(NotAPicture, match="took_too_long"):
        sandbox.prepare(SMALL)
    assert time.monotonic() - started < 3
    assert is_soon_gone(still)
    sandbox.timeout = near.TIMEOUT
    assert pid_of(sandbox) != still


def test_a_picture_that_uses_up_its_seconds_of_processor_is_not_tried_again(sandbox: Sandbox) -> None:
    pid = pid_of(sandbox)
    with a_signal_in_the_middle(pid, signal.SIGXCPU), pytest.raises(NotAPicture, match="took_too_long"):
        sandbox.prepare(SMALL)
    assert sandbox.pid is None


def test_a_terminal_that_ends_the_group_does_not_end_what_is_in_flight(sandbox: Sandbox) -> None:
    pid = pid_of(sandbox)
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(pid, number)
        assert pid_of(sandbox) == pid


def test_the_helper_is_limited_in_all_it_could_do(sandbox: Sandbox) -> None:
    pid = pid_of(sandbox)
    assert resource.prlimit(pid, resource.RLIMIT_AS) == (600 * 1024 * 1024,) * 2
    assert resource.prlimit(pid, resource.RLIMIT_NOFILE) == (3, 3)
    assert resource.prlimit(pid, resource.RLIMIT_FSIZE) == (0, 0)
    assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)
    assert 20 <= resource.prlimit(pid, resource.RLIMIT_CPU)[0] <= 40
    assert os.getpriority(os.PRIO_PROCESS, pid) >= 10
    assert len(os.listdir(f"/proc/{pid}/fd")) == 3


def test_the_helper_knows_no_secret(sandbox: Sandbox) -> None:
    environment = Path(f"/proc/{pid_of(sandbox)}/environ").read_bytes().split(b"\0")
    names = {line.partition(b"=")[0] for line in environment if line}
    assert names == {b"PYTHONPATH", b"MALLOC_ARENA_MAX", b"MALLOC_MMAP_THRESHOLD_"}


def test_a_bomb_that_passes_the_header_dies_of_the_memory_limit_alone(sandbox: Sandbox) -> None:
    worn = pid_of(sandbox)
    bomb = made.png_of_nothing(9_990, 9_990, clear=7)
    assert len(bomb) < 1_000_000
    with pytest.raises(NotAPicture, match="too_many_pixels"):
        sandbox.prepare(bomb)
    assert pid_of(sandbox) != worn
    status = Path(f"/proc/{sandbox.pid}/status").read_text()
    assert int(status.partition("VmPeak:")[2].split()[0]) < 150_000  # the new one carries nothing of the old


def test_many_threads_share_one_helper_and_each_gets_its_own_picture(sandbox: Sandbox) -> None:
    pid = pid_of(sandbox)
    sizes = [(100 + step, 300 - step) for step in range(24)]
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda size: sandbox.prepare(made.encoded(made.four_corners(*size))), sizes))
    assert [(picture.width, picture.height) for picture in done] == sizes
    assert sandbox.pid == pid


def test_a_helper_that_has_done_its_share_is_replaced(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pid_of(sandbox)
    monkeypatch.setattr(near, "PICTURES_PER_HELPER", 1)
    assert pid_of(sandbox) != first
    assert is_soon_gone(first)


def test_a_thread_does_not_wait_for_its_turn_for_ever(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "PATIENCE", 0.05)
    os.kill(pid := pid_of(sandbox), signal.SIGSTOP)
    with ThreadPoolExecutor(1) as other:
        first = other.submit(sandbox.prepare, SMALL)
        time.sleep(0.1)
        with pytest.raises(NotAPicture, match="took_too_long"):
            sandbox.prepare(SMALL)
        os.kill(pid, signal.SIGCONT)
        assert first.result().width == 400


def run_python(code: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code], env={"PYTHONPATH": paths}, stdin=-1, stdout=-1, text=True, bufsize=1
    )


def test_neither_pillow_nor_django_comes_with_the_near_side() -> None:
    code = "import sys, nafida.cases.pictures; print({'PIL', 'pillow_heif', 'django'} & set(sys.modules))"
    assert run_python(code).communicate(timeout=20)[0] == "set()\n"


def test_django_does_not_come_with_the_far_side() -> None:
    code = "import sys, nafida.cases.pictures.process; print({'django', 'numpy'} & set(sys.modules))"
    assert run_python(code).communicate(timeout=20)[0] == "set()\n"


def test_the_helper_goes_when_its_parent_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(made.encoded(made.noise(4000, 3000), progressive=True))
    parent = run_python(
        "from nafida.cases.pictures import sandbox, prepare\n"
        f"prepare(open({str(file)!r}, 'rb').read()); print(sandbox._shared.pid)\n"
        f"for _ in range(50): prepare(open({str(file)!r}, 'rb').read())"
    )
    assert parent.stdout
    helper = int(parent.stdout.readline())
    time.sleep(0.1)
    parent.kill()
    parent.communicate()
    assert is_soon_gone(helper)


def test_a_forked_process_gets_a_helper_of_its_own_and_leaves_its_parents_alone(tmp_path: Path) -> None:
    file = tmp_path / "small"
    file.write_bytes(SMALL)
    code = (
        "import os\nfrom nafida.cases.pictures import sandbox, prepare\n"
        f"data = open({str(file)!r}, 'rb').read()\nprepare(data); pid = sandbox._shared.pid\n"
        "child = os.fork()\nprepare(data)\n"
        "if not child: os._exit(sandbox._shared.pid == pid)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sandbox._shared.pid == pid)"
    )
    assert run_python(code).communicate(timeout=20)[0] == "0 True\n"


def test_the_shared_helper_is_started_by_the_first_picture() -> None:
    assert pictures.prepare(SMALL).width == 400
    assert near._shared.pid is not None
    near._shared.stop()
    assert near._shared.pid is None
