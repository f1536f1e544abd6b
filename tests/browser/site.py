"""A site as in production, on loopback: the real web server over a database and a data folder of its own.

Its pages have hashed, compressed files and the real policy of the browser. What stands in its database is planted
by a second process, the keeper: the tests' own process touches neither, so no test's transaction hides anything.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg

from nafida.launch.setup import compile_translations
from nafida.launch.tree import TRAMPOLINE, manage
from nafida.launch.up import web_command

PATIENCE = 90.0  # seconds until a start counts as failed
PLANTING = "tests.browser.planting"
_any = ssl.create_default_context()
_any.check_hostname, _any.verify_mode = False, ssl.CERT_NONE
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=_any))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database(name: str) -> str:
    """The address of a new database on the test run's PostgreSQL server; "" when the run is on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    parts = urlsplit(server)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlunsplit(parts._replace(path=f"/{name}"))


@dataclass
class Site:
    """`with Site() as site`: address, and what can be planted there."""

    scheme: str = "http"
    extra: dict[str, str] = field(default_factory=dict)
    """Environment variables beside the usual ones."""
    port: int = field(default_factory=free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="nafida-site-")))
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}"

    def __enter__(self) -> Self:
        compile_translations()
        variables = {"NAFIDA_DATA": str(self.folder), "NAFIDA_URL": self.url, "NAFIDA_WEB_WORKERS": "1", **self.extra}
        if database := own_database(f"site_{os.getpid()}_{self.port}"):
            variables["DATABASE_URL"] = database
        self.environment = {**os.environ, **variables, "DJANGO_SETTINGS_MODULE": "nafida.settings"}
        try:
            subprocess.run(manage("prepare"), env=self.environment, check=True, timeout=PATIENCE)
            self.keeper = self._start([sys.executable, "-m", PLANTING], piped=True)
            self.web = self._start(web_command("127.0.0.1", self.port))
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, command: list[str], *, piped: bool = False) -> subprocess.Popen[str]:
        """Start a process that dies with this one."""
        pipe = subprocess.PIPE if piped else subprocess.DEVNULL
        trampoline = [sys.executable, "-S", TRAMPOLINE, str(os.getpid())]
        out = pipe if piped else None
        process = subprocess.Popen(
            [*trampoline, *command], env=self.environment, stdin=pipe, stdout=out, text=True, start_new_session=True
        )
        self.processes.append(process)
        return process

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.web.poll() is None:
            try:
                with _direct.open(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("the site does not answer")

    def do(self, name: str, /, **arguments: Any) -> Any:
        """What a function of tests/browser/planting.py (or a dotted path) gives, run on the site's database.

        Arguments and result travel as JSON. Raises AssertionError with the traceback from over there.
        """
        assert self.keeper.stdin
        assert self.keeper.stdout
        wish = {"name": name if "." in name else f"{PLANTING}.{name}", "arguments": arguments}
        self.keeper.stdin.write(json.dumps(wish) + "\n")
        self.keeper.stdin.flush()
        answer = json.loads(self.keeper.stdout.readline() or '{"failed": "the keeper has ended"}')
        assert "failed" not in answer, answer["failed"]
        return answer["given"]
