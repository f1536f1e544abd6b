"""Which Chromium the browser tests drive, and with what arguments."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium, and there is none: install it with your system's packages"
    " (Debian, Ubuntu: apt-get install chromium fonts-noto-core) or with `.venv/bin/playwright install chromium`."
)
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-proxy-server",
    "--disable-background-networking",
    # Nothing leaves this machine, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def find(playwright: Playwright) -> str | None:
    """The program to start: the system's, else the one that Playwright has fetched; None when there is neither."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def launch(playwright: Playwright, program: str) -> Browser:
    """A Chromium without window. As root it cannot have its sandbox."""
    return playwright.chromium.launch(
        executable_path=program, args=ARGUMENTS, chromium_sandbox=os.geteuid() != 0, timeout=60_000
    )
