"""A trampoline between the launcher and each of its children: `python child.py <parent's pid> command…`.

The kernel ends the child with SIGKILL when the launcher ends, however it ends. This cannot be done in the
launcher: between fork and exec nothing of Python is safe there.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Have this process killed when its parent ends; `parent` is the pid it must still have.

    The wish survives exec, and is not inherited by processes this one makes.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before the wish was made
        os._exit(1)


def main() -> None:
    die_with(int(sys.argv[1]))
    # The launcher waits for its signals instead of handling them; what it blocks would stay blocked here.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.environ["NAFIDA_CHILD"] = str(os.getpid())
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
