"""A visit: one browser context with one page, what it costs, and what went wrong in it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, Response

PATIENCE = 15_000  # milliseconds until whatever is waited for counts as not coming
LATENCY, THROUGHPUT, SLOWNESS = 400, 50 * 1024, 6
"""Milliseconds, bytes a second, times slower: a cheap phone on weak 3G."""


@dataclass
class Wire:
    """Bytes that came over the wire, compressed and with their headers, by kind (Document, Script, Font …)."""

    session: CDPSession
    by_address: list[tuple[str, str, int]] = field(default_factory=list)
    """(kind, address, bytes) of each answer, in order."""

    def __post_init__(self) -> None:
        self._kinds: dict[str, tuple[str, str]] = {}
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.responseReceived", self._begun)
        self.session.on("Network.loadingFinished", self._ended)
        self.session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        if before := event.get("redirectResponse"):
            self.by_address.append(("Redirect", before["url"], int(before["encodedDataLength"])))

    def _begun(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def _ended(self, event: dict[str, Any]) -> None:
        kind, address = self._kinds.get(event["requestId"], ("Other", ""))
        self.by_address.append((kind, address, int(event["encodedDataLength"])))

    def bytes(self, *, without: tuple[str, ...] = ()) -> int:
        """All of them so far, without those of some kinds: `without=("Font",)`."""
        return sum(size for kind, _, size in self.by_address if kind not in without)

    def forget(self) -> None:
        self.by_address.clear()


@dataclass
class Hand:
    """What a person does: taps, types, waits. Screens are the pages that were loaded."""

    page: Page
    taps: int = 0
    typed: int = 0
    screens: int = 0
    waited: float = 0.0
    """Seconds between a tap (or the opening) and the moment that what was wanted stood there."""

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", self._loaded)

    def _loaded(self, _: Page) -> None:
        self.screens += 1

    def open(self, address: str, until: Locator) -> None:
        """Open an address; waiting ends when `until` is to be seen."""
        with self._waiting(until):
            self.page.goto(address, wait_until="commit")

    def tap(self, what: Locator, until: Locator | None = None) -> None:
        """One tap. With `until` the time to its appearance counts as waiting."""
        self.taps += 1
        press = what.tap if self.page.evaluate("navigator.maxTouchPoints > 0") else what.click
        if until is None:
            press(no_wait_after=True)
            return
        with self._waiting(until):
            press(no_wait_after=True)

    def type(self, where: Locator, words: str) -> None:
        self.typed += len(words)
        where.press_sequentially(words)

    @contextmanager
    def _waiting(self, until: Locator) -> Iterator[None]:
        started = time.monotonic()
        yield
        until.first.wait_for(state="visible")
        self.waited += time.monotonic() - started


@dataclass
class Guard:
    """What must not happen on any page: words on the console, errors of scripts, addresses off this machine."""

    allowed: list[re.Pattern[str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        context.on("weberror", lambda failure: self._note(True, f"script: {failure.error}"))
        context.on("request", lambda request: self._note(not is_near(request.url), f"asked {request.url}"))

    def _note(self, is_wrong: bool, what: str) -> None:
        if is_wrong and not any(pattern.search(what) for pattern in self.allowed):
            self.wrong.append(what)

    def allow(self, pattern: str) -> None:
        """From now on what matches is no fault: a test that asks for a 400 allows "status of 400"."""
        self.allowed.append(re.compile(pattern))


def is_near(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob", "about") or parts.hostname in ("localhost", "127.0.0.1")


@dataclass
class Visit:
    """`visit.go("/report/")` opens a page in the visit's language."""

    url: str
    language: str
    page: Page
    wire: Wire
    hand: Hand
    guard: Guard
    close: Callable[[], None]

    def go(self, path: str = "/", *, language: str = "") -> Response:
        """Open a path, given after the language; its answer."""
        answer = self.page.goto(self.address(path, language=language), wait_until="load")
        assert answer is not None
        return answer

    def address(self, path: str, *, language: str = "") -> str:
        return f"{self.url}/{language or self.language}{path}"

    def scrolls_sideways(self) -> bool:
        """Whether anything makes the page wider than the window."""
        return bool(self.page.evaluate("document.scrollingElement.scrollWidth > document.documentElement.clientWidth"))


def slow_down(session: CDPSession) -> None:
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": THROUGHPUT, "uploadThroughput": THROUGHPUT},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
