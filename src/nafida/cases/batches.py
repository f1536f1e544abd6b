"""Work of the clock on many cases: each in a transaction of its own, and one that fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from itertools import islice

logger = logging.getLogger("nafida.clock")
BATCH = 500


def one_by_one(keys: Iterable[int], do: Callable[[int], bool]) -> int:
    """Do it for up to 500 keys; returns for how many it said True. A failure is logged with its key and passed over."""
    done = 0
    for key in list(islice(keys, BATCH)):
        try:
            done += do(key)
        except Exception:
            logger.exception("%s failed for %s", do, key)
    return done
