"""Frames between the two processes: four bytes of length, big-endian, then that many bytes."""

import os
import struct

_LENGTH = struct.Struct(">I")


def send(pipe: int, frame: bytes) -> None:
    """Write one frame to a file descriptor. Raises OSError (BrokenPipeError) when nobody reads any more."""
    for part in (_LENGTH.pack(len(frame)), frame):
        left = memoryview(part)
        while left:
            left = left[os.write(pipe, left) :]


def receive(pipe: int, limit: int) -> bytes:
    """Read one frame of at most `limit` bytes. Raises EOFError when the other side has gone or breaks the rule."""
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
    if length > limit:
        raise EOFError(f"a frame of {length} bytes where {limit} are allowed")
    return bytes(_read(pipe, length))


def _read(pipe: int, count: int) -> bytearray:
    buffer = bytearray(count)
    left = memoryview(buffer)
    while left:
        got = os.readv(pipe, [left])
        if not got:
            raise EOFError("the other side of the pipe has gone")
        left = left[got:]
    return buffer
