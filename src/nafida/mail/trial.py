"""Do letters arrive? The last test letter, and when somebody clicked in it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .models import TEST, Letter, LetterState


class TestLetter(NamedTuple):
    """`sent_at` is None while it waits, `arrived_at` until its link was followed; `failed` when it will not leave."""

    sent_at: datetime | None
    arrived_at: datetime | None
    failed: bool


def last_test_letter() -> TestLetter | None:
    """The test letter written last; None when there never was one."""
    row = Letter.objects.filter(purpose=TEST).defer("text", "html").order_by("-pk").first()
    if row is None:
        return None
    return TestLetter(
        row.sent_at, row.opened_at, row.state in (LetterState.FAILED, LetterState.HELD, LetterState.DROPPED)
    )
