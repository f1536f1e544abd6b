"""Django's mailer: whatever Django or a package sends by django.core.mail becomes letters of the outbox."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import get_language

from .actions import SIGN_IN_CODE, queue_letter

PURPOSE_HEADER = "X-Nafida-Purpose"
"""A message may say in this header what it is for; the header itself does not leave the house."""


class OutboxBackend(BaseEmailBackend):
    """One letter per recipient, in the caller's transaction, in the language that is active.

    Priority is that of sign-in codes: what comes this way is waited for in front of a screen.
    The sender is always ``MAIL_FROM``. Raises ValueError for a header of several lines, a bad address or an
    attachment, which the outbox does not carry.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages, each to all its recipients or to none; how many had at least one recipient."""
        return sum(_queue(message) for message in email_messages)


@transaction.atomic
def _queue(message: EmailMessage) -> bool:
    if message.attachments:
        raise ValueError("A letter of the outbox has no attachments.")
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    purpose = headers.pop(PURPOSE_HEADER, "system")
    text, html = _bodies(message)
    recipients = message.recipients()
    for to in recipients:
        queue_letter(
            key=f"mailer:{uuid.uuid4()}",
            to=to,
            subject=str(message.subject),
            text=text,
            html=html,
            language=get_language() or settings.LANGUAGE_CODE,
            purpose=purpose,
            reply_to=message.reply_to[0] if message.reply_to else "",
            headers=headers,
            priority=SIGN_IN_CODE,
        )
    return bool(recipients)


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """Text and HTML of a message; a message of HTML only gets a text made of it."""
    body = str(message.body)
    if message.content_subtype == "html":
        return strip_tags(body), body
    alternatives = getattr(message, "alternatives", [])
    return body, next((str(part.content) for part in alternatives if part.mimetype == "text/html"), "")
