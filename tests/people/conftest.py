"""Letters of each test in a folder of its own, and browsers of officers who sign in."""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from pytest_django import Settings

from nafida.mail.models import Letter
from nafida.people.models import User
from tests import factories

PASSWORD = "une lampe dans la rue"
BY_CODE, CONFIRM, BY_PASSWORD = (f"/fr/accounts/login/{way}/" for way in ("code", "code/confirm", "password"))


@pytest.fixture(autouse=True)
def mail_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.SMTP_URL = ""


@pytest.fixture
def user(berkane: None) -> User:
    """An officer with a password and nothing else."""
    made = factories.officer(language="fr")
    made.set_password(PASSWORD)
    made.save()
    return made


def code_sent(user: User) -> str:
    found = re.search(r"\d{4}-\d{4}", Letter.objects.filter(to=user.email, purpose="login_code").latest("pk").text)
    assert found
    return found[0]


def signed_in(user: User, **said: Any) -> Client:
    """A browser that came in by a code."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0"})
    client.post(BY_CODE, {"email": user.email, **said})
    assert client.post(CONFIRM, {"code": code_sent(user), "action": "verify"})["Location"] == "/fr/desk/"
    return client


def app_code(secret: str) -> str:
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
