"""`nafida up`: the whole of Nafida in the foreground. No Django in this process."""

import os
import socket
import ssl
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from nafida.launch.environment import PROVINCE_NAME, Refusal, lock_folder, make_secret_key
from nafida.launch.setup import compile_translations
from nafida.launch.tree import Child, Forced, Tree, Worker, manage, say

# The system's proxies are for the world outside, not for our own loopback.
# Whoever listens there is ourselves; the certificate has the site's name, not the loopback's.
_own = ssl.create_default_context()
_own.check_hostname, _own.verify_mode = False, ssl.CERT_NONE
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=_own))


def up(folder: Path, host: str, port: int, *, demo: bool = False) -> int:
    """Set up what is missing, then run until SIGTERM or Ctrl-C; gives the exit code.

    With `demo` a new folder is filled with invented cases first.

    Raises `Refusal` when it cannot start: the folder or the address is taken, or a step of the set-up failed.
    """
    os.environ.setdefault("NAFIDA_URL", f"{scheme()}://localhost:{port}")
    lock = lock_folder(folder)
    refuse_taken_address(host, port)
    make_secret_key(folder)
    compile_translations()
    tree = Tree(lock)
    tree.run(manage("prepare"))
    if demo:
        tree.run(manage("fill_demo"))
    if province := os.environ.get("NAFIDA_PROVINCE"):
        (folder / PROVINCE_NAME).write_text(province + "\n")
    web = Child("web", lambda: web_command(host, port))
    workers: list[Child] = [
        Worker("worker", list, queue="default", interval=0.2),
        Worker("slow worker", list, queue="slow", interval=1.0),
    ]
    clock = Child("clock", lambda: manage("run_clock"))
    doors = [Child("receiver", lambda: manage("receive_bounces"))] if os.environ.get("NAFIDA_BOUNCE_LISTEN") else []
    tree.children = [web, *workers, clock, *doors]
    try:
        tree.watch(Announcement(host, port, tree).tick)
        say("finishing what is in flight (Ctrl-C again to end at once).")
        tree.end([web, *doors], workers, [clock])
    except Forced:
        tree.kill()
        return 1
    return 0


def scheme() -> str:
    """How the web server is spoken to: https with a certificate of its own."""
    return "https" if os.environ.get("NAFIDA_TLS_CERT") else "http"


def web_command(host: str, port: int) -> list[str]:
    workers = os.environ.get("NAFIDA_WEB_WORKERS", "2")
    threads = os.environ.get("NAFIDA_WEB_THREADS", "16")
    return [
        sys.executable, "-m", "granian", "nafida.launch.web:application", "--factory", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", workers, "--blocking-threads", threads,
        "--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "25",
        "--log-level", "error", *certificate(),
    ]  # fmt: skip


def certificate() -> list[str]:
    """What tells the web server its own certificate, if it has one."""
    if scheme() == "http":
        return []
    files = ["--ssl-certificate", os.environ["NAFIDA_TLS_CERT"], "--ssl-keyfile", os.environ["NAFIDA_TLS_KEY"]]
    return [*files, "--ssl-protocol-min", "tls1.2"]  # phones of 2017 speak no newer one


def refuse_taken_address(host: str, port: int) -> None:
    """Raise `Refusal` when somebody listens there already: the web server would silently share the port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise Refusal(f"{host}:{port} cannot be listened on ({problem.strerror}).") from problem


@dataclass
class Announcement:
    """Says once that the first request would succeed, and gives the first administrator the way in."""

    host: str
    port: int
    tree: Tree
    done: bool = field(default=False)

    def tick(self) -> None:
        if not self.done and is_healthy(self.host, self.port):
            self.done = True
            shown = f"[{self.host}]" if ":" in self.host else self.host
            print(f"Nafida is ready: {scheme()}://{shown}:{self.port}/", flush=True)
            self.tree.send(manage("first_administrator_link"))


def is_healthy(host: str, port: int) -> bool:
    """Whether /healthz answers 200, asked at the address itself and under a name the site always accepts."""
    target = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)
    shown = f"[{target}]" if ":" in target else target
    request = urllib.request.Request(f"{scheme()}://{shown}:{port}/healthz", headers={"Host": "localhost"})
    try:
        with _direct.open(request, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
