"""What may stand in the head of a letter: one address, one line. All else is refused before it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Control characters, line and paragraph separators, lone surrogates (Unicode categories).
_BREAKS = frozenset({"Cc", "Zl", "Zp", "Cs"})
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,59}")
# A name before the address; one with a comma or an @ must be in quotes, or it may be a second address.
_NAMED_ADDRESS = re.compile(r'\s*(?:"[^"<>]*"|[^"<>@,;]*)\s*<(?P<address>[^<>]+)>\s*')
# Written by the post office itself; a caller that sets one of these would contradict the row.
_OURS = frozenset(
    [
        "from",
        "sender",
        "to",
        "cc",
        "bcc",
        "subject",
        "date",
        "message-id",
        "reply-to",
        "content-language",
        "content-type",
        "mime-version",
        "content-transfer-encoding",
        "auto-submitted",
        "x-auto-response-suppress",
        "return-path",
    ]
)


def one_line(value: str, what: str) -> str:
    """The value unchanged. Raises ValueError if it holds a line break or another control character."""
    if any(unicodedata.category(char) in _BREAKS for char in value):
        raise ValueError(f"{what} must be one line without control characters.")
    return value


def one_address(value: str, what: str) -> str:
    """The bare address (local@domain) of ``value``, which may carry a display name.

    Raises ValueError unless it is exactly one valid address on one line.
    """
    named = _NAMED_ADDRESS.fullmatch(one_line(value, what))
    address = named["address"] if named else value.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError(f"{what} must be exactly one valid e-mail address.") from error
    return address


def extra_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """A copy of the headers. Raises ValueError for a bad name, a value of several lines, or one of ours."""
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError("A header's name must be letters, digits and hyphens.")
        if name.lower() in _OURS:
            raise ValueError(f"The header {name} is written by the post office.")
        one_line(value, f"The header {name}")
    return dict(headers)
