"""The near side: one helper process per process that uses it, shared by its threads, and never trusted."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from nafida.cases.pictures import wire

MAX_BYTES = 20_000_000
MAX_REQUEST = 20_000
TIMEOUT = 20.0  # seconds of wall clock for one picture
PATIENCE = 60.0  # seconds that a thread waits for its turn
PICTURES_PER_HELPER = 200  # whatever a decoder leaks ends with its process
_MAX_ANSWER = 16_000_000


type Area = tuple[float, float, float, float]
"""Upper left corner, width and height of a part of a picture, each as a part of 1."""


class NotAPicture(Exception):
    """What was sent is not taken. `code` is too_big, too_many_pixels, unreadable, not_supported or took_too_long;
    `words.py` says it to people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A picture fit to keep and show: upright, sRGB, JPEG, without any metadata.

    `jpeg` has at most 1600 pixels on its longest side (`width` by `height`), `thumbnail` (JPEG) at most 320.
    `taken_place` is (longitude, latitude) in degrees WGS 84 where the camera wrote it down.
    `sha256` is the hexadecimal digest of the bytes that were sent.
    """

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_place: tuple[float, float] | None
    sha256: str


class _HelperDied(Exception):
    """The helper ended before it answered; `signal_number` is what ended it, 0 when that is unknown."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


class Sandbox:
    """A helper process: started at the first picture, kept, replaced when it died or has done its share."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self.timeout = timeout
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    @property
    def pid(self) -> int | None:
        """Process number of the helper that stands by, None before the first picture."""
        return self._process.pid if self._process else None

    def prepare(self, data: bytes, areas: Sequence[Area] = ()) -> Picture:
        """Decode, turn upright, make small and clean; or blur `areas` of what was so prepared.

        Safe from any thread; takes one picture at a time.

        A helper that dies is replaced and the picture tried once more: if it was killed from outside that works,
        if the picture kills its second helper too, the picture is refused. Raises NotAPicture.
        """
        if len(data) > MAX_BYTES:
            raise NotAPicture("too_big")
        if not self._turn.acquire(timeout=PATIENCE):
            raise NotAPicture("took_too_long")
        try:
            try:
                return self._ask(data, areas)
            except _HelperDied:
                return self._ask(data, areas)
        except _HelperDied as death:
            raise NotAPicture("unreadable") from death
        finally:
            self._turn.release()

    def stop(self) -> None:
        """End the helper; the next picture starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        _close(process)

    def abandon(self) -> None:
        """Forget a helper that belongs to the process this one was forked from."""
        process, self._process = self._process, None
        self._turn = threading.Lock()
        if process is not None:
            process.returncode = 0  # not our child: nothing to wait for
            _close(process)

    def _ask(self, data: bytes, areas: Sequence[Area]) -> Picture:
        process = self._ready()
        late = threading.Event()
        clock = threading.Timer(self.timeout, _end_late, (process, late))
        clock.daemon = True
        clock.start()
        try:
            return _converse(process, data, areas)
        except NotAPicture as refusal:
            if refusal.code != "not_supported":
                self.stop()  # a decoder that failed half-way keeps memory: 70 MB after one HEIC of 99 megapixels
            raise
        except (OSError, EOFError, ValueError, KeyError, TypeError) as broken:
            process.kill()
            death = _HelperDied(max(0, -process.wait()))
            self.stop()
            if late.is_set() or death.signal_number == signal.SIGXCPU:
                raise NotAPicture("took_too_long") from broken
            raise death from broken
        finally:
            clock.cancel()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process and (self._process.poll() is not None or self._done >= PICTURES_PER_HELPER):
            self.stop()
        if self._process is None:
            self._process = _start()
            self._done = 0
        self._done += 1
        return self._process


def _start() -> subprocess.Popen[bytes]:
    # Nothing of our environment but the path: no key and no password where strangers' bytes are decoded.
    # One arena keeps the address space, which is what the memory limit counts, near what is really used; a fixed
    # threshold gives large blocks back when they are freed.
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_MMAP_THRESHOLD_": "262144",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "nafida.cases.pictures.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=environment,
    )


def _converse(process: subprocess.Popen[bytes], data: bytes, areas: Sequence[Area]) -> Picture:
    if process.stdin is None or process.stdout is None:
        raise EOFError("the helper has no pipes")
    wire.send(process.stdin.fileno(), json.dumps({"areas": [list(area) for area in areas]}).encode())
    wire.send(process.stdin.fileno(), data)
    answers = process.stdout.fileno()
    facts = json.loads(wire.receive(answers, _MAX_ANSWER))
    if "refused" in facts:
        raise NotAPicture(facts["refused"])
    return Picture(
        jpeg=wire.receive(answers, _MAX_ANSWER),
        thumbnail=wire.receive(answers, _MAX_ANSWER),
        width=int(facts["width"]),
        height=int(facts["height"]),
        taken_place=_checked(facts["place"]),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _checked(place: list[float] | None) -> tuple[float, float] | None:
    """What the other side tells is believed no further than this: finite degrees on earth."""
    if place is None:
        return None
    longitude, latitude = float(place[0]), float(place[1])
    # Written so that a NaN, which compares false to everything, fails too.
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()


_shared = Sandbox()
os.register_at_fork(after_in_child=_shared.abandon)


def prepare(data: bytes) -> Picture:
    """Make a picture fit to keep from what somebody sent: JPEG, PNG, WebP or HEIC of at most `MAX_BYTES`.

    Decoding happens in this process's one helper, within 20 s and 600 MB. Never call it inside a transaction.
    Raises NotAPicture(code).
    """
    return _shared.prepare(data)


def blur(jpeg: bytes, areas: Sequence[Area]) -> Picture:
    """What `prepare` made, with these areas made unreadable for good. Never call it inside a transaction.

    Raises NotAPicture(code).
    """
    return _shared.prepare(jpeg, areas)
