"""The number a case is known by: nine digits, the last of which is a Damm check digit; and its PIN."""

from __future__ import annotations

import re
import secrets
import unicodedata

from stdnum import damm

NO_BREAK_SPACE = "\u00a0"
_NOT_A_DIGIT = re.compile(r"\D+")


def draw_reference() -> str:
    """Eight random digits and their check digit. The database refuses one that is taken; draw again then."""
    number = str(secrets.randbelow(90_000_000) + 10_000_000)
    return number + damm.calc_check_digit(number)


def draw_pin() -> str:
    return f"{secrets.randbelow(10_000):04d}"


def read_reference(text: str) -> str | None:
    """The nine digits somebody typed, with spaces, dashes or Arabic digits; None when a digit must be wrong."""
    digits = _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", text)[:60])
    digits = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    return digits if len(digits) == 9 and damm.is_valid(digits) else None


def show_reference(reference: str) -> str:
    """'471930625' as people read it: '471 930 625', with spaces that do not break.

    Between two numbers an Arabic line runs from right to left at a plain space: the title of a page or the
    subject of a letter, where no markup can help, would show the three groups in the wrong order.
    """
    return f"{reference[:3]}{NO_BREAK_SPACE}{reference[3:6]}{NO_BREAK_SPACE}{reference[6:]}"
