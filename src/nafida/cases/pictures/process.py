"""The far side: the helper process in which strangers' pictures are decoded. Run by `sandbox.py`, imports no Django.

Once sealed it can open no file and no socket, write nothing but its pipe, and hold no more than MEMORY of address
space: what a hostile picture can do is end it.
"""

import contextlib
import json
import math
import os
import resource
import select
import signal
import threading
import time
from typing import Any

from nafida.cases.pictures import decode, wire
from nafida.cases.pictures.sandbox import MAX_BYTES, MAX_REQUEST

# Measured peaks: HEIC of 48 megapixels 418 MB, progressive JPEG of 99 371 MB, PNG of 99 512 MB, at rest 60 MB.
MEMORY = 600 * 1024 * 1024
CPU_SECONDS = 20
IDLE_SECONDS = 600
NICENESS = 10
_IN, _OUT = 0, 1


def main() -> None:
    """Answer frames until the other side has gone or nothing came for IDLE_SECONDS."""
    decode.warm_up()
    _seal()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while select.select([_IN], [], [], IDLE_SECONDS)[0]:
            wanted = json.loads(wire.receive(_IN, MAX_REQUEST))
            data = wire.receive(_IN, MAX_BYTES)
            _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + CPU_SECONDS, hard=False)
            for frame in _answer(wanted, data):
                wire.send(_OUT, frame)


def _answer(wanted: dict[str, Any], data: bytes) -> list[bytes]:
    areas = wanted.get("areas")
    try:
        made = decode.make_blurred(data, areas) if areas else decode.make_fit(data)
    except decode.Refused as refusal:
        return [json.dumps({"refused": refusal.code}).encode()]
    facts = {"width": made.width, "height": made.height, "place": made.place}
    return [json.dumps(facts).encode(), made.jpeg, made.thumbnail]


def _seal() -> None:
    # The group's SIGTERM and Ctrl-C mean "finish what is in flight"; the end of our pipe is what ends us.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 3)  # the three that are open: no file, no socket after this


def _limit(what: int, most: int, *, hard: bool = True) -> None:
    ceiling = resource.getrlimit(what)[1]
    if ceiling != resource.RLIM_INFINITY:
        most = min(most, ceiling)
    resource.setrlimit(what, (most, most if hard else ceiling))


def _end_with_parent() -> None:
    # PR_SET_PDEATHSIG would fire when the *thread* that started us ends, and web threads come and go; a pipe hangs
    # up when its last writer has gone. This thread also sees it while the other decodes.
    pipe = select.poll()
    pipe.register(_IN, 0)
    pipe.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
