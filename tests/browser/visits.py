"""A visit: one browser context with one page, what it costs, and what went wrong in it."""

import json
import re
import time
from collections.abc import Callable
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
    spans: list[tuple[float, float]] = field(default_factory=list)
    """When each was asked for and had come, in seconds since 1970; what a cache held is none of them."""

    def __post_init__(self) -> None:
        self._kinds: dict[str, tuple[str, str]] = {}
        self._asked_at: dict[str, tuple[float, float]] = {}  # seconds since 1970, and by the browser's own clock
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.responseReceived", self._begun)
        self.session.on("Network.loadingFinished", self._ended)
        self.session.on("Network.loadingFailed", self._left)
        self.session.on("Network.requestServedFromCache", self._left)
        self.session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        if before := event.get("redirectResponse"):
            self.by_address.append(("Redirect", before["url"], int(before["encodedDataLength"])))
            self._close(event)
        if event.get("type") == "Document":
            self._asked_at.clear()  # nobody tells what becomes of what the page before still asked for
        if event["request"]["url"].startswith("http"):
            self._asked_at[event["requestId"]] = event["wallTime"], event["timestamp"]

    def _begun(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = (event["type"], event["response"]["url"])
        if event["response"].get("fromDiskCache") or event["response"].get("fromPrefetchCache"):
            self._left(event)

    def _ended(self, event: dict[str, Any]) -> None:
        kind, address = self._kinds.get(event["requestId"], ("Other", ""))
        self.by_address.append((kind, address, int(event["encodedDataLength"])))
        self._close(event)

    def _left(self, event: dict[str, Any]) -> None:
        self._asked_at.pop(event["requestId"], None)

    def _close(self, event: dict[str, Any]) -> None:
        if asked := self._asked_at.pop(event["requestId"], None):
            self.spans.append((asked[0], asked[0] + event["timestamp"] - asked[1]))

    @property
    def is_quiet(self) -> bool:
        return not self._asked_at

    def round_trips(self, since: float, until: float) -> int:
        """The longest row of answers within that time of which each was asked for when the one before had come."""
        row, free = 0, since
        for asked, came in sorted(self.spans, key=lambda span: span[1]):
            if asked >= free and came <= until:
                row, free = row + 1, came
        return row

    def bytes(self, *, without: tuple[str, ...] = ()) -> int:
        """All of them so far, without those of some kinds: `without=("Font",)`."""
        return sum(size for kind, _, size in self.by_address if kind not in without)

    def forget(self) -> None:
        self.by_address.clear()


LOOK = """(() => {
  const [css, words] = %s;
  const seen = () => [...document.querySelectorAll(css)].some(
    (each) => each.getClientRects().length && each.textContent.includes(words));
  const say = () => handSees("seen " + Date.now());
  const look = () => requestAnimationFrame(seen() ? say : look);
  addEventListener("touchstart", () => handSees("touched " + Date.now()), { capture: true, once: true });
  look();
})()"""
"""As little script as tells when something stands on the screen: a test's own tools, six times slower, would be what
is measured."""


@dataclass
class Hand:
    """What a person does on a phone: taps, types, waits. Screens are the pages that were loaded."""

    page: Page
    wire: Wire
    taps: int = 0
    typed: int = 0
    screens: int = 0
    waits: list[float] = field(default_factory=list)
    """Seconds between each tap (or the opening) and the moment that what was wanted stood on the screen."""
    round_trips: list[int] = field(default_factory=list)
    """How often, in each wait, an answer had to come before the next could be asked for."""

    def __post_init__(self) -> None:
        self._told: dict[str, float] = {}
        self.page.on("domcontentloaded", self._loaded)
        self.wire.session.send("Page.enable")
        self.wire.session.send("Runtime.enable")
        self.wire.session.send("Runtime.addBinding", {"name": "handSees"})
        self.wire.session.on("Runtime.bindingCalled", self._tell)

    @property
    def waited(self) -> float:
        return sum(self.waits)

    def _loaded(self, _: Page) -> None:
        self.screens += 1

    def _tell(self, event: dict[str, Any]) -> None:
        what, _space, at = event["payload"].partition(" ")
        self._told.setdefault(what, int(at) / 1000)

    def open(self, address: str, until: str, words: str = "") -> None:
        """Open an address; waiting ends when an element of this selector with these words is to be seen."""
        self._wait(lambda: self.page.goto(address, wait_until="commit"), until, words)

    def tap(self, what: Locator, until: str = "", words: str = "") -> None:
        """One tap. With `until` the time to its appearance counts as waiting; nothing like it may stand there yet."""
        self.taps += 1
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if until:
            assert not self.page.locator(until, has_text=words).first.is_visible()
            self._wait(lambda: self.page.touchscreen.tap(*middle), until, words)
        else:
            self.page.touchscreen.tap(*middle)

    def type(self, where: Locator, words: str) -> None:
        self.typed += len(words)
        where.press_sequentially(words)

    def read(self) -> None:
        """Look at what has come, until nothing more comes."""
        self.page.wait_for_load_state("load")
        self._until(lambda: self.wire.is_quiet)

    def _wait(self, act: Callable[[], object], until: str, words: str) -> None:
        script = LOOK % json.dumps([until, words])
        self._told.clear()
        session = self.wire.session
        watch = session.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        session.send("Runtime.evaluate", {"expression": script})
        started = time.time()
        act()
        self._until(lambda: "seen" in self._told)
        session.send("Page.removeScriptToEvaluateOnNewDocument", watch)
        started = self._told.get("touched", started)
        self.waits.append(self._told["seen"] - started)
        self.round_trips.append(self.wire.round_trips(started, self._told["seen"]))

    def _until(self, met: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE / 1000
        while not met():
            assert time.monotonic() < end, "what was waited for has not come"
            self.page.wait_for_timeout(20)


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
