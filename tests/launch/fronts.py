"""What stands between the world and the site: nginx or Caddy as docs/operate.md sets them up, or the site's own TLS.

The recipes are read out of the page itself; ports, names and files are put in, nothing else.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import textwrap
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from nafida.cases.models import Case
from tests.browser.site import Site, free_port
from tests.launch.running import ROOT

PATIENCE = 20.0  # seconds until a proxy counts as not coming up
PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin"
PROXIES = tuple(name for name in ("nginx", "caddy") if shutil.which(name, path=PATHS))
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error; {user}
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {recipe}
}}
"""
CADDY = "{{\n    admin off\n    auto_https disable_redirects\n}}\n{recipe}"


class Answer(NamedTuple):
    """What a visitor gets."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Front:
    """Where the site is reached by HTTPS; `plain` is the port for who comes by HTTP, 0 where there is none."""

    kind: str
    site: Site
    port: int
    plain: int
    certificate: Path

    def ask(self, path: str, *, data: bytes | None = None, at: str = "127.0.0.1", **headers: str) -> Answer:
        """What a visitor at this address of the machine is answered; the certificate is trusted, and no other."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        visitor = http.client.HTTPSConnection(
            "localhost", self.port, timeout=60, context=trusted, source_address=(at, 0)
        )
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(visitor):
            visitor.request("GET" if data is None else "POST", path, body=data, headers=sent)
            answer = visitor.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that it signs itself, and its key, as `openssl req -x509 -nodes` makes them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (folder / "site.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "site.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    return folder / "site.pem", folder / "site.key"


def recipe(beginning: str, changes: Mapping[str, str]) -> str:
    """The indented block of docs/operate.md that begins so, with each of these words changed."""
    page = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
    at = page.index(f"    {beginning}")
    lines = []
    for line in page[at:].splitlines():
        if line and not line.startswith("    "):
            break
        lines.append(line)
    text = textwrap.dedent("\n".join(lines))
    for word, other in changes.items():
        assert word in text, f"the recipe no longer says {word}"
        text = text.replace(word, other)
    return text


@contextmanager
def front(kind: str, folder: Path, **environment: str) -> Iterator[Front]:
    """The site behind `kind`: nginx, caddy, or "own", the web server's own TLS."""
    certificate, key = make_certificate(folder)
    with ExitStack() as stack:
        if kind == "own":
            told = stack.enter_context(pytest.MonkeyPatch.context())  # the launcher reads its own environment
            told.setenv("NAFIDA_TLS_CERT", str(certificate))
            told.setenv("NAFIDA_TLS_KEY", str(key))
            own = stack.enter_context(Site(scheme="https", extra=environment))
            yield Front(kind, own, own.port, 0, certificate)
            return
        port, plain = free_port(), free_port()
        address = {"NAFIDA_URL": f"https://localhost:{port}", "NAFIDA_PROXIES": "1"}
        site = stack.enter_context(Site(extra={**address, **environment}))
        command = _command(kind, folder, port, plain, site.port)
        stack.enter_context(_running(command, folder, port))
        yield Front(kind, site, port, plain if kind == "nginx" else 0, certificate)


def _command(kind: str, folder: Path, port: int, plain: int, behind: int) -> list[str]:
    """Write the configuration of a proxy; how it is started."""
    program = str(shutil.which(kind, path=PATHS))
    certificate, key = folder / "site.pem", folder / "site.key"
    if kind == "caddy":
        names = {"nafida.example {": f"https://localhost:{port} {{\n    tls {certificate} {key}"}
        text = CADDY.format(recipe=recipe("nafida.example {", {**names, "127.0.0.1:8000": f"127.0.0.1:{behind}"}))
        (folder / "Caddyfile").write_text(text)
        return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    names = {"nafida.example": "localhost", "/etc/ssl/nafida.pem": str(certificate), "/etc/ssl/nafida.key": str(key)}
    ports = {
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(folder=folder, user=user, recipe=recipe("server {", {**names, **ports}))
    (folder / "nginx.conf").write_text(text)
    return [program, "-e", str(folder / "error"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, env={**os.environ, **homes}, stdout=log, stderr=log)
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            gone = process.poll() is not None or time.monotonic() > until
            assert not gone, (folder / "log").read_text()
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kept(reference: str) -> dict[str, object]:
    """Run on the site: whether a case waits for an officer's look, and how many photos it has."""
    case = Case.objects.get(reference=reference)
    return {"held": case.held_at is not None, "photos": case.attachments.count()}
