"""Marks that tell which letter a click, or a letter that came back, belongs to; nobody else can make them."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MARK = "letter"
"""The parameter of an address that carries the mark."""
_MARK = re.compile(r"([0-9]{1,18})-([0-9a-f]{20})")


def mark_of(letter_id: int, *, purpose: str = "link") -> str:
    """The mark of a letter: digits, a hyphen, twenty hex digits; lower case, as some post offices fold addresses."""
    return f"{letter_id}-{_seal(letter_id, purpose)}"


def letter_id_of(mark: str, *, purpose: str = "link") -> int | None:
    """Whose mark this is; None for one that was not made here, or for another purpose."""
    found = _MARK.fullmatch(mark)
    if found is None or not constant_time_compare(_seal(int(found[1]), purpose), found[2]):
        return None
    return int(found[1])


def _seal(letter_id: int, purpose: str) -> str:
    return salted_hmac(f"nafida.mail.{purpose}", str(letter_id), algorithm="sha256").hexdigest()[:20]


def with_marks(text: str, letter_id: int, *, html: bool = False) -> str:
    """The text with the letter's mark on each link to a page of ours."""
    mark, both = f"{MARK}={mark_of(letter_id)}", "&amp;" if html else "&"

    def marked(link: re.Match[str]) -> str:
        return f"{link[0]}{both if '?' in link[0] else '?'}{mark}"

    return re.sub(re.escape(settings.SITE_URL) + r"/[^\s\"'<>#]+", marked, text)


def return_path(letter_id: int) -> str:
    """Where a letter comes back to: the bounce address with the letter's mark; the sender's where none is set."""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{mark_of(letter_id, purpose='return')}@{domain}" if local else ""


def returned_letter(address: str) -> int | None:
    """Which letter comes back to this address; None when it is none of our return paths."""
    local, _, domain = address.strip().strip("<>").lower().rpartition("@")
    ours, _, our_domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    name, _, mark = local.rpartition("+")
    if not ours or name != ours or domain != our_domain:
        return None
    return letter_id_of(mark, purpose="return")
