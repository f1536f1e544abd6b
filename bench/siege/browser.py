"""What citizens and clerks have: a browser without scripts, and the patience to press the button again."""

import http.client
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from uuid import uuid4

PAUSE = 0.1  # seconds before the button is pressed again
PATIENCE = 90.0  # seconds until somebody who gets no answer gives up
GONE = (OSError, http.client.HTTPException)


class NoAnswer(Exception):
    """Nobody answered for as long as anybody would wait."""


@dataclass(frozen=True)
class Page:
    status: int
    address: str
    """Where it leads on (Location), "" when nowhere."""
    text: str

    def hidden(self, name: str) -> str:
        """The value of the first hidden input of that name."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.text)
        if found is None:
            raise LookupError(f"no input {name!r} on a page of status {self.status}")
        return unescape(found.group(1))


@dataclass
class Browser:
    """Asks until it is answered. `surprises` says what was answered that nobody should see (5xx)."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    surprises: list[str] = field(default_factory=list)
    repeats: int = 0

    def get(self, path: str) -> Page:
        return self._until_answered("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, str], photo: bytes | None = None) -> Page:
        """Send a form; sent again exactly as it was until an answer comes."""
        kind, body = multipart(fields, photo)
        return self._until_answered("POST", path, body, {"Content-Type": kind})

    def _until_answered(self, verb: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                page = self._ask(verb, path, body, headers)
            except GONE:
                self.repeats += 1
            else:
                if page.status < 500:
                    return page
                self.surprises.append(f"{verb} {path.split('?')[0]}: {page.status}")
            time.sleep(PAUSE)
        raise NoAnswer(f"{verb} {path}")

    def _ask(self, verb: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(verb, path, body, {"Host": f"localhost:{self.port}", **headers})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return Page(answer.status, answer.headers.get("Location", ""), text)
        finally:
            connection.close()


def multipart(fields: Mapping[str, str], photo: bytes | None = None, name: str = "photos") -> tuple[str, bytes]:
    """(Content-Type, body) of a form, as browsers send it."""
    mark = uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    if photo is not None:
        head = f'Content-Disposition: form-data; name="{name}"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
        parts.append(f"--{mark}\r\n{head}\r\n\r\n".encode() + photo + b"\r\n")
    return f"multipart/form-data; boundary={mark}", b"".join(parts) + f"--{mark}--\r\n".encode()
