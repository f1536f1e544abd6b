"""What must be right before the first letter is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from .imap_url import read_imap_url
from .smtp_url import read_smtp_url


def check_smtp_url(app_configs: Sequence[AppConfig] | None, **facts: Any) -> list[CheckMessage]:
    """An SMTP or IMAP address that cannot be read stops the start, not the first letter."""
    wrong: list[CheckMessage] = []
    for url, read, code in (
        (settings.SMTP_URL, read_smtp_url, "mail.E001"),
        (settings.BOUNCE_IMAP_URL, read_imap_url, "mail.E002"),
    ):
        try:
            if url:
                read(url)
        except ImproperlyConfigured as error:
            wrong.append(Error(str(error), id=code))
    return wrong
