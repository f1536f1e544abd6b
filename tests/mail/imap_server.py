"""A small IMAP server for tests (RFC 3501): one user, one mailbox, and the few commands that fetching needs."""

from __future__ import annotations

import re
import socketserver
import threading
from types import TracebackType
from typing import Self

USER, PASSWORD = "bounces", "secret word"


class _Conversation(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            tag, _, command = line.partition(" ")
            self.server.lines.append(command)
            verb = command.removeprefix("UID ").split(" ")[0].upper()
            done = getattr(self, f"do_{verb.lower()}", self.do_nothing)(command)
            self._say(f"{tag} {done}")
            if verb == "LOGOUT":
                return

    def do_nothing(self, command: str) -> str:
        return "OK done"

    def do_capability(self, command: str) -> str:
        self._say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_login(self, command: str) -> str:
        return "OK welcome" if command.replace('"', "") == f"LOGIN {USER} {PASSWORD}" else "NO who?"

    def do_select(self, command: str) -> str:
        self._say(f"* {len(self.server.messages)} EXISTS")
        return "OK [READ-WRITE] done"

    def do_search(self, command: str) -> str:
        asked = re.search(r"UID (\d+)\)?$", command.removeprefix("UID "))
        unread = [uid for uid in self.server.messages if uid not in self.server.seen]
        found = [int(asked[1])] if asked else unread
        self._say("* SEARCH " + " ".join(map(str, found)))
        return "OK done"

    def do_fetch(self, command: str) -> str:
        found = re.search(r"FETCH (\d+)", command)
        assert found is not None
        content = self.server.messages[int(found[1])]
        head = f"* 1 FETCH (UID {found[1]} FLAGS () RFC822.SIZE {len(content)} BODY[] {{{len(content)}}}\r\n"
        self.wfile.write(head.encode() + content + b")\r\n")
        return "OK done"

    def do_store(self, command: str) -> str:
        found = re.search(r"STORE ([\d,]+) \+FLAGS \(\\Seen\)", command)
        if found is None:
            return "BAD what?"
        self.server.seen |= {int(uid) for uid in found[1].split(",")}
        return "OK done"

    def do_logout(self, command: str) -> str:
        self._say("* BYE")
        return "OK done"

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class ImapServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1. ``messages`` by UID; ``seen`` are those marked as read."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.messages: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.lines: list[str] = []
        self.port: int = self.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()
