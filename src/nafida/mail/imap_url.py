"""The address of the mailbox that letters come back to, as the operator writes it in NAFIDA_BOUNCE_IMAP_URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"imaps": 993, "imap": 143}


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


def _wrong(why: str) -> ImproperlyConfigured:
    example = "imaps://user:password@mail.example.org/INBOX"
    return ImproperlyConfigured(f"NAFIDA_BOUNCE_IMAP_URL is wrong: {why}. Example: {example}")
