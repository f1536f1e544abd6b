"""The folder and the SMTP server: what is handed over, and what a failure means."""

import os
import socket
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from nafida.mail import carriers
from nafida.mail.carriers import FolderCarrier, NotNow, Refused, SmtpCarrier, chosen_carrier
from nafida.mail.models import Letter
from nafida.mail.smtp_url import read_smtp_url
from tests.mail.smtp_server import HANG_UP, SmtpServer

LETTER = Letter(to="citizen@example.org", message_id="<1-2-3@example.org>")
CONTENT = b"Subject: Hello\r\n\r\nText\r\n.a line with a dot\r\n"
Read = Callable[[bytes], EmailMessage]


def test_without_a_server_letters_go_to_the_folder(mail_folder: Path) -> None:
    assert chosen_carrier() == FolderCarrier(mail_folder)


def test_a_letter_handed_over_twice_is_one_file(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "new" / "mail")
    carrier.hand_over(LETTER, b"first")
    carrier.hand_over(LETTER, CONTENT)
    assert [file.name for file in carrier.folder.iterdir()] == ["1-2-3@example.org.eml"]
    assert carrier.path_of(LETTER.message_id).read_bytes() == CONTENT


def test_letters_are_for_the_owner_of_the_folder_only(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "mail")
    carrier.hand_over(LETTER, CONTENT)
    modes = [path.stat().st_mode & 0o777 for path in (carrier.folder, carrier.path_of(LETTER.message_id))]
    assert modes == [0o700, 0o600]


def test_a_message_id_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    assert FolderCarrier(tmp_path).path_of("<../../etc/x@y>").parent == tmp_path


def test_a_write_that_fails_leaves_no_half_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotNow, match="No space left"):
        FolderCarrier(tmp_path).hand_over(LETTER, CONTENT)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderCarrier:
    """A folder in which a worker was ended in the middle of a letter, before it could tidy up."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", end)
        with pytest.raises(KeyboardInterrupt):
            FolderCarrier(tmp_path).hand_over(LETTER, CONTENT)
    assert len(list(tmp_path.iterdir())) == 1
    return FolderCarrier(tmp_path)


def test_what_a_killed_worker_left_is_written_over_by_the_next(half_written: FolderCarrier) -> None:
    half_written.hand_over(LETTER, CONTENT)
    assert [file.name for file in half_written.folder.iterdir()] == ["1-2-3@example.org.eml"]


def test_what_a_killed_worker_left_of_an_erased_letter_is_forgotten_too(half_written: FolderCarrier) -> None:
    half_written.forget(LETTER.message_id)
    assert list(half_written.folder.iterdir()) == []


def test_a_server_gets_the_letter_as_it_was_written(smtp: SmtpServer) -> None:
    chosen_carrier().hand_over(LETTER, CONTENT)
    assert smtp.letters == [CONTENT]
    assert "RCPT TO:<citizen@example.org>" in [line.replace("rcpt", "RCPT") for line in smtp.lines]


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("CONNECT", "421 too busy"),
        ("CONNECT", "554 not you"),
        ("CONNECT", HANG_UP),
        ("EHLO", HANG_UP),
        ("MAIL", "451 later"),
        ("MAIL", "550 unknown sender"),
        ("RCPT", "450 greylisted"),
        ("RCPT", HANG_UP),
        ("DATA", "451 later"),
        ("LETTER", "452 disk full"),
        ("LETTER", HANG_UP),
    ],
)
def test_what_may_pass_is_a_reason_to_wait(smtp: SmtpServer, step: str, answer: str) -> None:
    smtp.answers[step] = answer
    with pytest.raises(NotNow, match=None if answer == HANG_UP else answer):
        chosen_carrier().hand_over(LETTER, CONTENT)


@pytest.mark.parametrize("step", ["RCPT", "DATA", "LETTER"])
def test_a_refusal_of_the_recipient_or_the_letter_is_final(smtp: SmtpServer, step: str) -> None:
    smtp.answers[step] = "550 no such mailbox"
    with pytest.raises(Refused, match="550 no such mailbox"):
        chosen_carrier().hand_over(LETTER, CONTENT)


@pytest.mark.parametrize("farewell", [HANG_UP, "500 what?", "421 closing"])
def test_a_bad_farewell_after_the_letter_is_no_failure(smtp: SmtpServer, farewell: str) -> None:
    smtp.answers["QUIT"] = farewell
    chosen_carrier().hand_over(LETTER, CONTENT)
    assert len(smtp.letters) == 1


def test_a_server_that_is_not_there_is_a_reason_to_wait() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NotNow, match="refused"):
            SmtpCarrier(read_smtp_url(f"smtp://127.0.0.1:{taken.getsockname()[1]}")).hand_over(LETTER, CONTENT)


def test_a_server_that_says_nothing_is_a_reason_to_wait() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = read_smtp_url(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(NotNow, match="timed out"):
            SmtpCarrier(address, timeout=0.1).hand_over(LETTER, CONTENT)


def test_a_password_is_never_said_without_encryption(smtp: SmtpServer) -> None:
    address = read_smtp_url(f"smtp://me:secret@127.0.0.1:{smtp.port}?tls=starttls")
    with pytest.raises(NotNow, match="STARTTLS"):
        SmtpCarrier(address).hand_over(LETTER, CONTENT)
    assert not any("AUTH" in line.upper() for line in smtp.lines)


def test_a_password_is_said_where_the_operator_allows_it(smtp: SmtpServer) -> None:
    smtp.answers |= {"EHLO": "250-test\r\n250 AUTH PLAIN", "AUTH": "235 welcome"}
    address = read_smtp_url(f"smtp://me:p%40ss@127.0.0.1:{smtp.port}?tls=none")
    SmtpCarrier(address).hand_over(LETTER, CONTENT)
    assert "AUTH PLAIN AG1lAHBAc3M=" in smtp.lines
    assert len(smtp.letters) == 1


def test_a_wrong_password_is_ours_to_mend_and_no_refusal_of_the_letter(smtp: SmtpServer) -> None:
    smtp.answers |= {"EHLO": "250-test\r\n250 AUTH PLAIN", "AUTH": "535 wrong password"}
    with pytest.raises(NotNow, match="535 wrong password"):
        SmtpCarrier(read_smtp_url(f"smtp://me:x@127.0.0.1:{smtp.port}")).hand_over(LETTER, CONTENT)


def test_a_server_waits_half_a_minute_at_most() -> None:
    assert SmtpCarrier(read_smtp_url("smtp://mail.example.org")).timeout == carriers.TIMEOUT == 30
