"""A small SMTP server for tests (RFC 5321, as much of it as a client with one letter needs)."""

from __future__ import annotations

import socketserver
import threading
from types import TracebackType
from typing import Self

HANG_UP = "hang up"
"""Instead of an answer: close the connection."""


class _Conversation(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        if not self._say(self.server.answers.get("CONNECT", "220 test")):
            return
        while line := self.rfile.readline():
            self.server.lines.append(line.decode().rstrip())
            verb = line[:4].decode().strip().upper()
            if not self._say(self.server.answers.get(verb, _ANSWERS.get(verb, "500 what?"))) or verb == "QUIT":
                return
            if verb == "DATA" and self.server.answers.get("DATA", "354").startswith("354") and not self._letter():
                return

    def _letter(self) -> bool:
        content = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        answer = self.server.answers.get("LETTER", "250 taken")
        if answer.startswith("250"):
            self.server.letters.append(content)
        return self._say(answer)

    def _say(self, answer: str) -> bool:
        if answer != HANG_UP:
            self.wfile.write(answer.encode() + b"\r\n")
        return answer != HANG_UP


_ANSWERS = {"EHLO": "250 test", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "RSET": "250 ok"}
_ANSWERS |= {"QUIT": "221 bye"}


class SmtpServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1. ``answers`` by verb replace kind ones; LETTER is after the dot.

    ``letters`` are those it said 250 to; ``lines`` is all that clients said outside of them.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, str] = {}
        self.letters: list[bytes] = []
        self.lines: list[str] = []
        self.port: int = self.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()
