"""The tree stands, is mended, and goes whole; in the order of this file, on one running Nafida."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest

from .conftest import Installation, Process, wait_for

TASK = """
from django_tasks_db.models import DBTaskResult, get_date_max
DBTaskResult.objects.create(status="RUNNING", worker_ids=["{worker}"], task_path="nowhere.at.all",
    args_kwargs={{"args": [], "kwargs": {{}}}}, backend_name="default", run_after=get_date_max())
"""
TASKS = """
import json
from django_tasks_db.models import DBTaskResult
print(json.dumps([[task.status, len(task.worker_ids)] for task in DBTaskResult.objects.filter(
    task_path="nowhere.at.all")]))
"""


@pytest.fixture(scope="module")
def nafida(installation: Installation) -> Installation:
    installation.up()
    return installation


def ended(*processes: Process) -> bool:
    return not any(process.is_alive() for process in processes)


def test_ready_is_said_when_the_first_request_succeeds(nafida: Installation) -> None:
    assert nafida.answers()


def test_the_first_start_prints_a_link_for_the_first_administrator(nafida: Installation) -> None:
    wait_for(lambda: nafida.log.read_text().count(f"http://localhost:{nafida.port}/"), "a link", 20)


def test_the_secret_key_is_for_its_owner_alone(nafida: Installation) -> None:
    assert stat.S_IMODE((nafida.folder / "secret_key").stat().st_mode) == 0o600


def test_the_launcher_itself_knows_no_django(nafida: Installation) -> None:
    code = "import sys, nafida.launch.main; print([name for name in sys.modules if name.startswith('django')])"
    answer = subprocess.run([sys.executable, "-c", code], env=nafida.environment, capture_output=True, text=True)
    assert answer.stdout == "[]\n"


def test_a_second_start_on_the_folder_is_refused_in_one_sentence(nafida: Installation) -> None:
    second = nafida.run("up", "--port", str(nafida.port + 1))
    assert second.returncode == 1
    assert second.stderr == f"Another Nafida is running on the data folder {nafida.folder}.\n"


@pytest.mark.parametrize("word", ["granian", "--queue-name default", "--queue-name slow", "run_clock"])
def test_a_killed_child_leaves_nothing_and_is_started_again(nafida: Installation, word: str) -> None:
    wait_for(nafida.is_whole, "whole")
    victim = nafida.child(word)
    assert victim is not None
    below = [each for each in nafida.tree() if each.parent == victim.pid]
    victim.kill()
    wait_for(lambda: ended(victim, *below), "the killed child and all below it are gone", 5)
    wait_for(nafida.is_whole, f"whole again\n{nafida.log.read_text()}")
    assert nafida.child(word) != victim


def test_a_killed_web_worker_is_replaced(nafida: Installation) -> None:
    wait_for(nafida.is_whole, "whole")
    victim = nafida.web_workers()[0]
    victim.kill()
    wait_for(lambda: ended(victim) and nafida.is_whole(), "whole again")


def test_what_a_killed_worker_left_running_is_taken_up_by_the_next(nafida: Installation) -> None:
    worker = wait_for(lambda: nafida.child("--queue-name default"), "a worker")
    os.kill(worker.pid, signal.SIGSTOP)
    name = worker.command.split("--worker-id ")[1].split()[0]
    assert nafida.run("manage", "shell", "--verbosity", "0", "-c", TASK.format(worker=name)).returncode == 0
    worker.kill()
    asked = ["manage", "shell", "--verbosity", "0", "-c", TASKS]
    wait_for(lambda: json.loads(nafida.run(*asked).stdout) == [["FAILED", 2]], "run by a second worker")


def test_a_stop_lets_the_request_in_flight_finish(nafida: Installation) -> None:
    wait_for(nafida.is_whole, "whole")
    assert nafida.running is not None
    everything = nafida.tree()
    with socket.create_connection(("127.0.0.1", nafida.port), timeout=20) as request:
        head = "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\nConnection: close\r\n\r\nhalf"
        request.sendall(head.encode())
        time.sleep(0.5)
        nafida.running.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        request.sendall(b"done")
        assert request.recv(100).startswith(b"HTTP/1.1 ")
    assert nafida.running.wait(timeout=40) == 0
    assert ended(*everything)
    assert not nafida.is_listening()


def test_a_killed_launcher_takes_everything_with_it(nafida: Installation) -> None:
    nafida.log.unlink()
    nafida.up()
    everything = nafida.tree()
    assert nafida.running is not None
    nafida.running.kill()
    nafida.running.wait()
    wait_for(lambda: ended(*everything), "no process is left", 5)
    assert not nafida.is_listening()


def test_a_killed_launcher_leaves_the_folder_free_for_the_next(nafida: Installation) -> None:
    nafida.log.unlink()
    nafida.up()
    assert nafida.stop() == 0
