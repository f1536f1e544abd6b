"""Letters that come back: refusals of a server, and reports of delivery (RFC 3464) sent to the bounce address."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

from django.db import transaction
from django.utils import timezone

from .marks import returned_letter
from .models import BounceWay, Letter, LetterState
from .standing import note_failure

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")
_RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_REPLY = re.compile(r"\s*(\d{3})\b")
# Said of a letter or of us, not of the address (RFC 3463): mailbox full, message too long or too big, its content,
# and whatever is a matter of policy. The next letter may arrive.
_PASSING = re.compile(r"4\.|5\.2\.[234]$|5\.3\.4$|5\.[67]\.")
# Without such a code: no such mailbox, not local, name not allowed.
_NO_SUCH = frozenset({"550", "551", "553"})


@dataclass(frozen=True)
class Report:
    """What one report says of one letter. ``permanent``: the address is at fault, and stays so."""

    letter_id: int
    permanent: bool
    status: str
    said: str


def is_address_at_fault(status: str) -> bool:
    """Whether an enhanced status code (RFC 3463) says that no letter will reach this address."""
    return bool(status) and not _PASSING.match(status)


def note_refusal(letter: Letter, said: str, *, about_recipient: bool) -> None:
    """The server of the addressee has refused a letter while it was handed over."""
    found, reply = _STATUS.search(said), _REPLY.match(said)
    status = found[1] if found else ""
    bare = about_recipient and reply is not None and reply[1] in _NO_SUCH
    _note(Report(letter.pk, is_address_at_fault(status) if status else bare, status, said), BounceWay.REFUSED)


def take_returned(content: bytes, recipients: list[str]) -> bool:
    """Note what a message to the bounce address says; ``recipients`` is where it was sent.

    False for what is no report of a letter of ours: answers of absence, news of a delay, chance mail.
    """
    report = read_report(content, recipients)
    if report is None:
        return False
    _note(report, BounceWay.RETURNED)
    return True


def read_report(content: bytes, recipients: list[str]) -> Report | None:
    """Which letter a message says has failed, and why. The letter is told by the address that it came back to,

    or by its Message-ID where a relay has lost that.
    """
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    fields = _failure(message)
    if fields is None:
        return None
    letter_id = _letter_of(message, recipients)
    if letter_id is None:
        return None
    found = _STATUS.search(str(fields.get("Status", "")))
    status = found[1] if found else ""
    said = str(fields.get("Diagnostic-Code", "")).partition(";")[2].strip() or status
    return Report(letter_id, is_address_at_fault(status), status, said)


def _failure(message: EmailMessage) -> Message | None:
    """The fields of the recipient for whom delivery has failed for good."""
    for part in _parts(message):
        if part.get_content_type() != "message/delivery-status":
            continue
        groups = part.get_payload()
        for group in groups if isinstance(groups, list) else []:
            if isinstance(group, Message) and str(group.get("Action", "")).strip().lower() == "failed":
                return group
    return None


def _letter_of(message: EmailMessage, recipients: list[str]) -> int | None:
    named = [value for name in _RECIPIENT_HEADERS for value in message.get_all(name, [])]
    told = [*recipients, *(found for value in named for found in _ADDRESS.findall(str(value)))]
    for address in told:
        if (key := returned_letter(address)) is not None and Letter.objects.filter(pk=key).exists():
            return key
    for part in _parts(message):
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            found = re.search(r"^Message-ID:\s*(<[^<>\s]+>)", part.as_string(), re.I | re.M)
            key = found and Letter.objects.filter(message_id=found[1]).values_list("pk", flat=True).first()
            if key:
                return int(key)
    return None


def _parts(message: EmailMessage) -> Iterator[Message]:
    """The report's own parts; not those of the letter that it brings back."""
    yield from (part for part in message.iter_parts() if isinstance(part, Message)) if message.is_multipart() else ()


@transaction.atomic
def _note(report: Report, way: BounceWay) -> None:
    """Once for each letter and way: a report that comes twice is one."""
    letter = Letter.objects.select_for_update(no_key=True).get(pk=report.letter_id)
    if letter.bounces.filter(way=way).exists():
        return
    said = "" if letter.is_erased else report.said.replace("\x00", "")[:1000]
    letter.bounces.create(way=way, permanent=report.permanent, status=report.status, said=said)
    if way == BounceWay.RETURNED:
        sent = Letter.objects.filter(pk=letter.pk, state=LetterState.SENT)
        sent.update(state=LetterState.FAILED, last_error=said)
    if not letter.is_erased:
        note_failure(letter.to, permanent=report.permanent, at=timezone.now())
