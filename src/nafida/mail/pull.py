"""Fetching what came back from a mailbox by IMAP, where no letter can be delivered to us directly."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from .bounces import take_returned
from .imap_url import ImapAddress, read_imap_url

TIMEOUT = 30.0
MOST = 200
"""Messages fetched at a time; the others wait for the next time."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


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
