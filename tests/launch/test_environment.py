import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nafida.launch.environment import Refusal, check_environment, data_folder, lock_folder, make_secret_key

from .conftest import ROOT, free_port

WRONG = {
    "DATABASE_URL": "mysql://somewhere/nafida",
    "NAFIDA_BOUNCE_ADDRESS": "bounces+x@example.org",
    "NAFIDA_BOUNCE_IMAP_URL": "pop3://mail.example.org",
    "NAFIDA_BOUNCE_LISTEN": "2525",
    "NAFIDA_DEBUG": "perhaps",
    "NAFIDA_MAIL_FROM": "nobody",
    "NAFIDA_PACK": "nafida packs",
    "NAFIDA_PROVINCE": " ",
    "NAFIDA_SMTP_URL": "mail.example.org",
    "NAFIDA_URL": "nafida.example.org",
    "NAFIDA_WEB_THREADS": "0",
    "NAFIDA_WEB_WORKERS": "many",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_one_line_that_names_the_variable(name: str) -> None:
    with pytest.raises(Refusal, match=f"^{name}: ") as refusal:
        check_environment({name: WRONG[name]})
    assert "\n" not in str(refusal.value)


def test_values_that_can_be_meant_are_accepted() -> None:
    check_environment(
        {
            "DATABASE_URL": "postgresql://postgres@%2Frun%2Fpostgresql/nafida",
            "NAFIDA_BOUNCE_ADDRESS": "bounces@post.example.org",
            "NAFIDA_BOUNCE_IMAP_URL": "imaps://bounces:secret@mail.example.org/INBOX",
            "NAFIDA_BOUNCE_LISTEN": "[::1]:2525",
            "NAFIDA_DEBUG": "True",
            "NAFIDA_MAIL_FROM": "Window <window@example.org>",
            "NAFIDA_SMTP_URL": "",
            "NAFIDA_URL": "https://window.example.org:8443",
            "NAFIDA_WEB_WORKERS": "4",
        }
    )


def test_a_password_in_a_wrong_address_is_not_repeated() -> None:
    with pytest.raises(Refusal) as refusal:
        check_environment({"DATABASE_URL": "mysql://user:hunter2@host/name"})
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("command", [["up"], ["manage", "check"], ["test"], ["backup", "x"]])
def test_every_command_says_it_without_a_traceback(command: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NAFIDA_WEB_WORKERS": "many"}
    answer = subprocess.run(
        [sys.executable, "-m", "nafida", *command], env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr == "NAFIDA_WEB_WORKERS: 'many' is not a whole number from 1 to 64.\n"


@pytest.mark.parametrize(
    ("name", "text"), [("NAFIDA_SMTP_URL", "smtp://mail.example.org?tls=perhaps"), ("NAFIDA_PROVINCE", "Berkanne")]
)
def test_what_only_the_site_can_judge_is_told_without_a_traceback(name: str, text: str, tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NAFIDA_", "DJANGO_", "DATABASE_"))}
    environment = {**kept, "PYTHONPATH": str(ROOT / "src"), "NAFIDA_DATA": str(tmp_path), name: text}
    command = [sys.executable, "-m", "nafida", "up", "--port", str(free_port())]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert name in answer.stderr or text in answer.stderr


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAFIDA_SECRET_KEY", raising=False)
    make_secret_key(tmp_path)
    key = tmp_path / "secret_key"
    first = key.read_text()
    make_secret_key(tmp_path)
    assert key.read_text() == first
    assert len(first) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_named_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NAFIDA_DATA", str(tmp_path / "file" / "var"))
    with pytest.raises(Refusal, match=r"^NAFIDA_DATA: "):
        data_folder()


def test_a_relative_folder_is_one_below_where_the_caller_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder("here") == tmp_path / "here"


def test_a_locked_folder_is_refused_until_every_holder_is_gone(tmp_path: Path) -> None:
    lock = lock_folder(tmp_path)
    second_holder = os.dup(lock)
    os.close(lock)
    with pytest.raises(Refusal, match="Another Nafida"):
        lock_folder(tmp_path, patience=0.1)
    os.close(second_holder)
    os.close(lock_folder(tmp_path))
