"""Browsers of officers, the forms of a case's page, and links out of letters."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from nafida.cases.models import Case, CaseLetter
from nafida.people.models import User
from tests import factories

Act = Callable[..., Any]
TOKEN = re.compile(r"/desk/answer/([\w-]+)/")


@pytest.fixture(autouse=True)
def mail_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.SMTP_URL = ""


@pytest.fixture
def agent(berkane: None) -> User:
    return factories.officer(name="Agent")


@pytest.fixture
def case(berkane: None) -> Case:
    return factories.report(description="Lampe éteinte")


def browser(user: User | None = None) -> Client:
    """A browser that speaks English, signed in as `user`."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def address(case: Case, verb: str = "") -> str:
    return f"/en/desk/cases/{case.reference}/" + (f"{verb}/" if verb else "")


@pytest.fixture
def act() -> Act:
    """act(user, case, verb, **said): send the form of a verb about the case as it is now."""

    def send(user: User, case: Case, verb: str, **said: Any) -> Any:
        said.setdefault("version", Case.objects.get(pk=case.pk).version)
        return browser(user).post(address(case, verb), said)

    return send


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def tokens(case: Case) -> list[str]:
    """The tokens that stand in the letters about a case, oldest first."""
    letters = CaseLetter.objects.filter(case=case).select_related("letter").order_by("letter__pk")
    return [found[1] for row in letters if (found := TOKEN.search(row.letter.text))]


def purposes(case: Case) -> list[str]:
    """What the letters about a case are for, oldest first."""
    rows = CaseLetter.objects.filter(case=case).order_by("letter__pk")
    return list(rows.values_list("letter__purpose", flat=True))


def photo() -> SimpleUploadedFile:
    """A small JPEG as a camera would make it."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "orange").save(file, "JPEG")
    return SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")
