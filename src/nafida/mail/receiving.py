"""A door for letters that come back: a small SMTP server (aiosmtpd) that takes nothing else."""

from __future__ import annotations

import logging

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from .bounces import take_returned
from .marks import returned_letter

logger = logging.getLogger(__name__)
LARGEST = 2 * 1024 * 1024
"""Bytes of the largest report: some bring the whole letter back."""
MOST_RECIPIENTS = 10


class ReturnDoor:
    """Takes what is addressed to the return path of a letter of ours, and says yes once it is noted."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if returned_letter(address) is None:
            return "550 5.1.1 Only letters of this house come back here"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await sync_to_async(_take)(content, list(envelope.rcpt_tos))
        except Exception:
            logger.exception("a report could not be noted")
            return "451 4.3.0 Please try again later"
        return "250 2.0.0 Noted"


def _take(content: bytes, recipients: list[str]) -> bool:
    close_old_connections()
    try:
        return take_returned(content, recipients)
    finally:
        close_old_connections()


def open_door(host: str, port: int) -> Controller:
    """A door on its own thread, listening; `stop()` closes it. Raises OSError where it cannot listen."""
    door = Controller(
        ReturnDoor(), hostname=host, port=port, data_size_limit=LARGEST, ident="Nafida", server_hostname="nafida"
    )
    door.start()
    return door
