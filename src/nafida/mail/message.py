"""From a row of the outbox to the bytes of an Internet message (RFC 5322, MIME)."""

from __future__ import annotations

import email.policy
from datetime import UTC
from email.header import Header
from email.utils import format_datetime, parseaddr, quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from .marks import with_marks
from .models import Letter

# Seven bits pass every relay unchanged, so that a signature added on the way out stays valid.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")
_LINE = 900


def compose(letter: Letter) -> bytes:
    """The message of a letter, CRLF line ends, ASCII only; text, and HTML as alternative where there is one.

    Each link to a page of ours carries the letter's mark, by which a click is known.

    Date is the moment the letter was queued, in UTC+0: a letter handed over twice is the same letter.
    Raises ValueError if the letter has been erased or a header cannot be written.
    """
    if letter.is_erased:
        raise ValueError("its words have been erased")
    headers = {name: with_marks(value, letter.pk) for name, value in letter.headers.items()}
    plain = {name: value for name, value in headers.items() if value.isascii() and len(value) < _LINE}
    others = {name: value for name, value in headers.items() if name not in plain}
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=with_marks(letter.text, letter.pk),
        from_email=settings.MAIL_FROM,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            **others,
            "Message-ID": letter.message_id,
            "Date": format_datetime(letter.queued_at.astimezone(UTC)),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if letter.html:
        message.attach_alternative(with_marks(letter.html, letter.pk, html=True), "text/html")
    built = message.message(policy=_POLICY)
    # The standard library (Python 3.12) loses spaces between encoded words: these two are folded here.
    del built["Subject"], built["From"]
    # It also makes encoded words of a long address, which then is none: plain values stand on one line.
    lines = "".join(f"{name}: {value}\r\n" for name, value in plain.items()).encode("ascii")
    return _subject(letter.subject) + _sender(settings.MAIL_FROM) + lines + built.as_bytes()


def _subject(subject: str) -> bytes:
    return f"Subject: {_encoded(subject, 'Subject')}\r\n".encode("ascii")


def _sender(sender: str) -> bytes:
    name, _ = parseaddr(sender)
    address = wire_address(sender)
    if not name:
        return f"From: {address}\r\n".encode("ascii")
    written = f'"{quote(name)}"' if _is_plain(name) else _encoded(name, "From")
    return f"From: {written}\r\n <{address}>\r\n".encode("ascii")


def _encoded(words: str, header: str) -> str:
    """Encoded words (RFC 2047) of at most 75 characters, folded; short plain words as they are."""
    if _is_plain(words):
        return words
    return Header(words, "utf-8", header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _is_plain(words: str) -> bool:
    return words.isascii() and len(words) <= 60 and "=?" not in words


def wire_address(address: str) -> str:
    """The address as an SMTP envelope takes it: without display name, the domain in ASCII."""
    local, _, domain = parseaddr(address)[1].rpartition("@")
    return f"{local}@{punycode(domain)}"
