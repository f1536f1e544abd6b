"""Fetching what came back from a mailbox by IMAP, where no letter can be delivered to us directly."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from .bounces import take_returned

TIMEOUT = 30.0
MOST = 200
"""Messages fetched at a time; the others wait for the next time."""
_PORTS = {"imaps": 993, "imap": 143}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class ImapAddress:
    """Where what came back lies. Without TLS only on this machine itself."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str


def read_imap_url(url: str) -> ImapAddress:
    """Read ``imaps://user:password@host:993/INBOX``; imap:// is upgraded by STARTTLS, except to this machine itself.

    Raises ImproperlyConfigured with one line that names NAFIDA_BOUNCE_IMAP_URL and holds no password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong("the address or its port cannot be read") from None
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username or parts.query or parts.fragment:
        raise _wrong("it must be imaps:// or imap:// with user, password and server, and perhaps a folder")
    return ImapAddress(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def pull_returned(now: datetime) -> int:
    """For the clock: read what is unread in the mailbox for what comes back; returns how many letters did.

    Each message is marked as read once its report is noted: after a crash it is read again, and noted once.
    Raises what imap_tools and sockets raise; the clock logs it and tries again.
    """
    if not settings.BOUNCE_IMAP_URL:
        return 0
    address = read_imap_url(settings.BOUNCE_IMAP_URL)
    noted = 0
    with _connect(address).login(address.user, address.password, initial_folder=address.folder) as mailbox:
        for uid in mailbox.uids(AND(seen=False))[:MOST]:
            for message in mailbox.fetch(AND(uid=uid), mark_seen=False):
                noted += take_returned(message.obj.as_bytes(), [])
            mailbox.flag(uid, "\\Seen", True)
    return noted


def _connect(address: ImapAddress) -> BaseMailBox:
    if address.scheme == "imaps":
        return MailBox(address.host, address.port, timeout=TIMEOUT)
    kind = MailBoxUnencrypted if address.host in _LOOPBACK else MailBoxStartTls
    return kind(address.host, address.port, timeout=TIMEOUT)


def _wrong(why: str) -> ImproperlyConfigured:
    example = "imaps://user:password@mail.example.org/INBOX"
    return ImproperlyConfigured(f"NAFIDA_BOUNCE_IMAP_URL is wrong: {why}. Example: {example}")
