"""What the launcher takes from the environment, and the folder of an installation's data. No Django."""

import fcntl
import os
import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]
LOCK_NAME = ".lock"
PROVINCE_NAME = "province"
DEMO_NAME = "demo"
TRUTHS = {"1", "0", "true", "false", "yes", "no", "on", "off", "y", "n", "t", "f"}


class Refusal(Exception):  # a sentence for a person, not a fault of the program
    """Why nothing was started, in one sentence for the person who asked."""


def _whole(text: str) -> str | None:
    return None if text.isascii() and text.isdigit() and 1 <= int(text) <= 64 else "a whole number from 1 to 64"


def _truth(text: str) -> str | None:
    return None if text.lower() in TRUTHS else "true or false"


def _site(text: str) -> str | None:
    try:
        url = urlsplit(text)
        fine = url.scheme in ("http", "https") and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        fine = False
    return None if fine else "an address such as https://nafida.example"


def _database(text: str) -> str | None:
    try:
        url = urlsplit(text)
        fine = url.scheme in ("postgres", "postgresql") and len(url.path) > 1 and (url.port is None or url.port > 0)
    except ValueError:
        fine = False
    return None if fine else "an address such as postgresql://user:password@host:5432/name"


def _post(text: str) -> str | None:
    try:
        url = urlsplit(text)
        fine = url.scheme in ("smtp", "smtps") and bool(url.hostname) and (url.port is None or url.port > 0)
    except ValueError:
        fine = False
    return None if fine else "an address such as smtp://user:password@host:587"


def _sender(text: str) -> str | None:
    return None if re.search(r"[^\s<>@]+@[^\s<>@]+", text) else "a sender such as Nafida <nafida@example.org>"


def _address(text: str) -> str | None:
    fine = re.fullmatch(r"[^\s<>@+]+@[^\s<>@]+\.[^\s<>@]+", text)
    return None if fine else "a plain address without +, such as bounces@post.example.org"


def _listen(text: str) -> str | None:
    fine = re.fullmatch(r"(?:[^\s:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", text)
    return None if fine and 0 < int(fine[1]) < 65536 else "a host and port such as 127.0.0.1:2525"


def _mailbox(text: str) -> str | None:
    try:
        url = urlsplit(text)
        fine = url.scheme in ("imap", "imaps") and bool(url.hostname and url.username)
        fine = fine and (url.port is None or url.port > 0)
    except ValueError:
        fine = False
    return None if fine else "an address such as imaps://user:password@mail.example.org/INBOX"


def _module(text: str) -> str | None:
    return None if all(part.isidentifier() for part in text.split(".")) else "the dotted name of a data pack"


def _named(text: str) -> str | None:
    return None if text.strip() else "a code or a name"


def _days(text: str) -> str | None:
    fine = text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= 36500
    return None if fine else "a number of days, 1 to 36500"


def _few(text: str) -> str | None:
    return None if text.isascii() and text.isdigit() and len(text) == 1 else "a number from 0 to 9"


def _file(text: str) -> str | None:
    return None if Path(text).is_absolute() and os.access(text, os.R_OK) else "the absolute path of a file to be read"


CHECKS = {
    "DATABASE_URL": _database,
    "NAFIDA_BOUNCE_ADDRESS": _address,
    "NAFIDA_BOUNCE_IMAP_URL": _mailbox,
    "NAFIDA_BOUNCE_LISTEN": _listen,
    "NAFIDA_DEBUG": _truth,
    "NAFIDA_KEEP_WORDS_DAYS": _days,
    "NAFIDA_MAIL_FROM": _sender,
    "NAFIDA_PACK": _module,
    "NAFIDA_PROVINCE": _named,
    "NAFIDA_PROXIES": _few,
    "NAFIDA_SMTP_URL": _post,
    "NAFIDA_TLS_CERT": _file,
    "NAFIDA_TLS_KEY": _file,
    "NAFIDA_URL": _site,
    "NAFIDA_WEB_THREADS": _whole,
    "NAFIDA_WEB_WORKERS": _whole,
}
TOGETHER = (("NAFIDA_TLS_CERT", "NAFIDA_TLS_KEY"), ("NAFIDA_TLS_KEY", "NAFIDA_TLS_CERT"))
# Settings read these as "not set" when they are empty.
MAY_BE_EMPTY = {
    "NAFIDA_BOUNCE_ADDRESS",
    "NAFIDA_BOUNCE_IMAP_URL",
    "NAFIDA_BOUNCE_LISTEN",
    "DATABASE_URL",
    "NAFIDA_SMTP_URL",
}
# A password may stand in these; it is not repeated on a screen or in a log.
SECRET = {"DATABASE_URL", "NAFIDA_BOUNCE_IMAP_URL", "NAFIDA_SMTP_URL"}


def check_environment(environ: Mapping[str, str]) -> None:
    """Raise `Refusal`, one line that names the variable, for the first one whose value cannot be meant."""
    for name, check in CHECKS.items():
        text = environ.get(name)
        if text is None or (text == "" and name in MAY_BE_EMPTY):
            continue
        if wanted := check(text):
            shown = "its value" if name in SECRET else repr(text)
            raise Refusal(f"{name}: {shown} is not {wanted}.")
    for name, other in TOGETHER:
        if environ.get(name) and not environ.get(other):
            raise Refusal(f"{name} needs {other} beside it.")


def data_folder(flag: str | None = None) -> Path:
    """The absolute data folder: the flag, NAFIDA_DATA or `var` beside the sources. Made if missing."""
    named = flag or os.environ.get("NAFIDA_DATA")
    folder = Path(named).expanduser().absolute() if named else ROOT / "var"
    origin = "--data" if flag else "NAFIDA_DATA"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise Refusal(f"{origin}: {folder} cannot be a data folder ({problem.strerror}).") from problem
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(f"{origin}: {folder} cannot be written to.")
    return folder


def make_secret_key(folder: Path) -> None:
    """Give the folder its secret key, readable by the owner only; an existing one is kept."""
    key = folder / "secret_key"
    if os.environ.get("NAFIDA_SECRET_KEY") or key.exists():
        return
    draft = folder / f"secret_key.{os.getpid()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(handle)
    try:
        os.link(draft, key)  # appears whole, and never over the key of a start at the same moment
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def enter(folder: Path, province: str | None = None) -> None:
    """Point this process, and so its children, at the data folder and its province."""
    os.environ["NAFIDA_DATA"] = str(folder)
    if province:
        os.environ["NAFIDA_PROVINCE"] = province
    marker = folder / PROVINCE_NAME
    if not os.environ.get("NAFIDA_PROVINCE") and marker.is_file():
        os.environ["NAFIDA_PROVINCE"] = marker.read_text().strip()


def lock_folder(folder: Path, patience: float = 2.0) -> int:
    """Take the folder for this process and every child that is given the descriptor returned.

    The lock is free again when the last of them has ended. The processes of a launcher that was killed need a
    moment to end: `patience` is how many seconds to wait for them. Raises `Refusal` when somebody keeps the
    folder.
    """
    handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(0.05)
                continue
            os.close(handle)
            raise Refusal(f"Another Nafida is running on the data folder {folder}.") from None
        return handle
