"""Who carries a letter away: a folder of .eml files, or an SMTP server."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from .marks import return_path
from .message import wire_address
from .models import Letter
from .smtp_url import SmtpAddress, Tls, read_smtp_url

TIMEOUT = 30.0
"""Seconds that the server may take over any one answer."""


class NotNow(Exception):
    """The letter could not be handed over, but a later try may succeed."""


class Refused(Exception):
    """The server refused this letter or recipient for good (5xx); trying again would be refused again."""

    about_recipient = False


class Carrier(Protocol):
    """Takes one message. Returns when the letter is safely out of our hands; raises NotNow or Refused."""

    def hand_over(self, letter: Letter, content: bytes) -> None: ...


def chosen_carrier() -> Carrier:
    """The SMTP server of ``SMTP_URL``, or the folder ``MAIL_FOLDER`` where none is set."""
    if settings.SMTP_URL:
        return SmtpCarrier(read_smtp_url(settings.SMTP_URL))
    return FolderCarrier(Path(settings.MAIL_FOLDER))


@dataclass(frozen=True)
class FolderCarrier:
    """Writes one file per Message-ID; a letter handed over twice replaces itself."""

    folder: Path

    def path_of(self, message_id: str) -> Path:
        """The file of a letter: its Message-ID without angle brackets and what no file name may hold."""
        return self.folder / (re.sub(r"[^A-Za-z0-9@._-]", "", message_id).lstrip(".") + ".eml")

    def hand_over(self, letter: Letter, content: bytes) -> None:
        path = self.path_of(letter.message_id)
        draft = _draft_of(path)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_durably(draft, content)
            os.replace(draft, path)
            _sync_folder(self.folder)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise NotNow(f"The mail folder could not be written: {error.strerror or error}") from error

    def forget(self, message_id: str) -> None:
        """Remove the file of a letter whose words have been erased. No file is no error."""
        path = self.path_of(message_id)
        path.unlink(missing_ok=True)
        _draft_of(path).unlink(missing_ok=True)


@dataclass(frozen=True)
class SmtpCarrier:
    """Speaks to one SMTP server; a connection per letter."""

    address: SmtpAddress
    timeout: float = TIMEOUT

    def hand_over(self, letter: Letter, content: bytes) -> None:
        try:
            server = self._connect()
            try:
                sender = return_path(letter.pk) or settings.MAIL_FROM
                server.sendmail(wire_address(sender), [wire_address(letter.to)], content)
            finally:
                # Once the server has said yes to the letter, what becomes of the farewell does not matter:
                # an error here must not send the letter a second time.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
                server.close()
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            judged = _judged(code, answer)
            if isinstance(judged, Refused):
                judged.about_recipient = True
            raise judged from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            # A 5xx to the greeting, the password or the sender is about us: it can be mended.
            raise NotNow(_said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"{type(error).__name__}: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        """An open, encrypted (unless told otherwise) and signed-in connection."""
        host, port = self.address.host, self.address.port
        server: smtplib.SMTP
        if self.address.tls is Tls.DIRECT:
            server = smtplib.SMTP_SSL(host, port, timeout=self.timeout, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=self.timeout)
        try:
            if self.address.tls is Tls.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.address.user:
                server.login(self.address.user, self.address.password)
        except BaseException:
            server.close()
            raise
        return server


def _judged(code: int, answer: bytes | str) -> NotNow | Refused:
    """What a server's answer to a recipient or a letter means."""
    return Refused(_said(code, answer)) if 500 <= code <= 599 else NotNow(_said(code, answer))


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return f"{code} {text}"


def _draft_of(path: Path) -> Path:
    """Where a letter's file is written first: one name a letter, so that what a killed worker left is written over."""
    return path.with_name(f".{path.name}.part")


def _write_durably(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, as the file's content already does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
