"""What must be right before the first letter is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from .smtp_url import read_smtp_url


def check_smtp_url(app_configs: Sequence[AppConfig] | None, **facts: Any) -> list[CheckMessage]:
    """An SMTP address that cannot be read stops the start, not the first letter."""
    if settings.SMTP_URL:
        try:
            read_smtp_url(settings.SMTP_URL)
        except ImproperlyConfigured as error:
            return [Error(str(error), id="mail.E001")]
    return []
