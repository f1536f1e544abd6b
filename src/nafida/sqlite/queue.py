"""The fair queue of writers: whoever came first writes first.

SQLite lets one process write at a time and makes the others sleep for 1 to 100 ms and try again, so under
load some wait for seconds while newcomers slip past. Here writers stand in line before they ask SQLite.

Two advisory locks (flock, released by the kernel when a process dies) on two empty files beside the database:

- `<database>.queue` is held during the transaction;
- `<database>.next` is held by the next in line, who looks every `LOOK` seconds whether the other is free.

All others sleep in the kernel on `.next`, which hands it on in the order of arrival. flock cannot be given a
time limit, but the next in line has waited longest: when its time is up it leaves, and the one after it finds
out the same about itself at once. So everybody leaves at its own limit, though only one looks at a clock.

Safety never depends on this: without the files, or beside a writer that does not queue, SQLite's own lock
holds.
"""

import fcntl
import os
import time
import weakref
from pathlib import Path

LOOK = 0.0002
"""Seconds between two looks of the next in line."""


class Queue:
    """One place in the line, of one database connection. Not to be shared by threads at the same time.

    `path` is the database file, `timeout` the longest wait in seconds.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self.timeout = timeout
        self.held = False
        self._turn = self._next = -1
        _places.add(self)

    def enter(self) -> None:
        """Wait for the turn. TimeoutError after `timeout` seconds, OSError when files cannot be made."""
        self._open()
        deadline = time.monotonic() + self.timeout
        try:
            fcntl.flock(self._next, fcntl.LOCK_EX)
            while not self._free():
                if time.monotonic() >= deadline:
                    raise TimeoutError(f"no turn to write to {self.path.name} within {self.timeout} s")
                time.sleep(LOOK)
        finally:
            fcntl.flock(self._next, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Let the next one write. Harmless when the turn is not ours."""
        self.held = False
        # Also when `held` says no: a signal may have come between taking the lock and writing that down.
        if self._turn >= 0:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave and close the files; `enter` opens them again."""
        self.leave()
        self._forget()

    def _free(self) -> bool:
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.held = True
        return True

    def _open(self) -> None:
        if self._turn < 0:
            # os.open makes descriptors that a started program does not inherit.
            self._turn = os.open(f"{self.path}.queue", os.O_RDWR | os.O_CREAT, 0o666)
            self._next = os.open(f"{self.path}.next", os.O_RDWR | os.O_CREAT, 0o666)

    def _forget(self) -> None:
        for descriptor in (self._turn, self._next):
            if descriptor >= 0:
                os.close(descriptor)
        self._turn = self._next = -1
        self.held = False


_places: weakref.WeakSet[Queue] = weakref.WeakSet()


def _forget_in_child() -> None:
    """A forked child shares its parent's locks and must not keep them when the parent dies."""
    for place in list(_places):
        place._forget()


os.register_at_fork(after_in_child=_forget_in_child)
