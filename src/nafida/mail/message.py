"""From a row of the outbox to the bytes of an Internet message (RFC 5322, MIME)."""

from __future__ import annotations

import email.policy
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from .models import Letter

# Seven bits pass every relay unchanged, so that a signature added on the way out stays valid.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")


def compose(letter: Letter) -> bytes:
    """The message of a letter, CRLF line ends, ASCII only; text, and HTML as the alternative where there is one.

    Date is the moment the letter was queued, in UTC+0: a letter handed over twice is the same letter.
    Raises ValueError if the letter has been erased or a header cannot be written.
    """
    if letter.is_erased:
        raise ValueError("its words have been erased")
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.MAIL_FROM,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            **letter.headers,
            "Message-ID": letter.message_id,
            "Date": letter.queued_at,
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message.message(policy=_POLICY).as_bytes()


def wire_address(address: str) -> str:
    """The address as an SMTP envelope takes it: without display name, the domain in ASCII."""
    local, _, domain = parseaddr(address)[1].rpartition("@")
    return f"{local}@{punycode(domain)}"
