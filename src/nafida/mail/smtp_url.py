"""The address of the SMTP server, as the operator writes it in NAFIDA_SMTP_URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Tls(Enum):
    """How the connection is encrypted."""

    NONE = "none"
    STARTTLS = "starttls"
    DIRECT = "tls"


@dataclass(frozen=True)
class SmtpAddress:
    """Where letters go out. ``user`` is empty where the server asks for none."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls


@lru_cache(maxsize=8)
def read_smtp_url(url: str) -> SmtpAddress:
    """Read ``smtp://user:password@host:587/?tls=starttls`` or ``smtps://host``.

    smtp:// is upgraded by STARTTLS and refuses to go on without it, except to this machine itself or
    with ``?tls=none``; smtps:// is encrypted from the first byte. Ports when none is given: 587, 25
    without encryption, 465. Raises ImproperlyConfigured with one line that names NAFIDA_SMTP_URL and
    holds no password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong("the address or its port cannot be read") from None
    if parts.scheme not in {"smtp", "smtps"}:
        raise _wrong("it must begin with smtp:// or smtps://")
    if not parts.hostname:
        raise _wrong("it names no server")
    if parts.path not in {"", "/"} or parts.fragment:
        raise _wrong("only ?tls=… may follow the server (write @ : / # ? in a password as %40 %3A %2F %23 %3F)")
    tls = _tls_of(parts)
    if parts.password and not parts.username:
        raise _wrong("it has a password but no user")
    return SmtpAddress(
        host=parts.hostname,
        port=port or {Tls.NONE: 25, Tls.STARTTLS: 587, Tls.DIRECT: 465}[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )


def _tls_of(parts: SplitResult) -> Tls:
    asked = parse_qs(parts.query, keep_blank_values=True)
    if set(asked) - {"tls"} or len(asked.get("tls", [])) > 1:
        raise _wrong("the only option is tls, once")
    if parts.scheme == "smtps":
        if asked:
            raise _wrong("smtps:// takes no tls option")
        return Tls.DIRECT
    if not asked:
        return Tls.NONE if parts.hostname in _LOOPBACK else Tls.STARTTLS
    if asked["tls"][0] not in {"none", "starttls"}:
        raise _wrong("tls must be starttls or none")
    return Tls(asked["tls"][0])


def _wrong(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"NAFIDA_SMTP_URL is wrong: {why}. Example: smtp://user:password@mail.example.org:587")
