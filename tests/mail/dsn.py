"""Reports of delivery as servers write them (RFC 3464)."""

from nafida.mail.marks import return_path
from nafida.mail.models import Letter

PARTS = """Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.post.example

Final-Recipient: rfc822; citizen@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Your report

--b--
"""


def report(
    letter: Letter, status: str = "5.1.1", *, action: str = "failed", said: str = "550 no such user", to: str = ""
) -> bytes:
    """A report about a letter; sent to its return path unless `to` says otherwise."""
    head = (
        f"From: MAILER-DAEMON@mx.post.example\nTo: {to or return_path(letter.pk)}\nSubject: Undelivered\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n'
    )
    parts = PARTS.format(action=action, status=status, said=said, message_id=letter.message_id)
    return (head + parts).replace("\n", "\r\n").encode()


def absence(letter: Letter) -> bytes:
    """An answer of somebody's absence."""
    head = f"From: citizen@example.org\nTo: {return_path(letter.pk)}\nAuto-Submitted: auto-replied\n"
    return (head + "Subject: On holiday\n\nI am away, 5.1.1 times.\n").replace("\n", "\r\n").encode()
