"""Which communes take part, and from when: answered from memory, a report asks for it."""

import datetime as dt

from .fresh import Fresh
from .models import Participation


def _read() -> dict[int, Participation]:
    return Participation.objects.select_related("area").defer("area__boundary").in_bulk()


_known = Fresh("places", _read)


def absence(area_id: int, on: dt.date) -> Participation | None:
    """What stands in for a commune that does not take part on that day; None where it does."""
    row = _known.get().get(area_id)
    return None if row is None or row.holds_on(on) else row


def absent_communes(on: dt.date) -> dict[int, Participation]:
    """Those that do not take part on that day, by the key of their area."""
    return {key: row for key, row in _known.get().items() if not row.holds_on(on)}
