"""Files and letters of each test in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.SMTP_URL = ""
