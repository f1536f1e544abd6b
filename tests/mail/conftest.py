"""A mail folder of each test's own, and an SMTP server on this machine that answers as it is told."""

import email
import email.policy
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from nafida.mail.actions import queue_letter
from nafida.mail.models import Letter
from tests.mail.smtp_server import SmtpServer


@pytest.fixture(autouse=True)
def mail_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.SMTP_URL = ""
    settings.SITE_NAME_FROM = ""  # mail knows no territory, and most tests here no database
    return tmp_path / "mail"


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
        yield server


@pytest.fixture
def queue() -> Callable[..., Letter]:
    """queue_letter with everything filled in."""

    def _queue(**facts: Any) -> Letter:
        return queue_letter(
            **{
                "key": "receipt-1",
                "to": "citizen@example.org",
                "subject": "Your report",
                "text": "We have it.\n",
                "language": "fr",
                "purpose": "acknowledgement",
                **facts,
            }
        )

    return _queue


@pytest.fixture
def files(mail_folder: Path) -> Callable[[], list[Path]]:
    """All files in the mail folder, unfinished ones too."""
    return lambda: sorted(mail_folder.iterdir()) if mail_folder.exists() else []


@pytest.fixture
def read() -> Callable[[bytes], EmailMessage]:
    return lambda content: email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[return-value]


def deliveries() -> int:
    """How many tasks that deliver a letter are in the queue, run or not."""
    return DBTaskResult.objects.filter(task_path="nafida.mail.tasks.deliver").count()


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
