"""What citizens are told today, and where: answered from memory, the home page asks for it."""

import datetime as dt

from .fresh import Fresh
from .models import Notice


def _read() -> tuple[Notice, ...]:
    return tuple(Notice.objects.select_related("area").defer("area__boundary"))


_known = Fresh("places", _read)


def notices(on: dt.date, *, area_id: int | None = None) -> tuple[Notice, ...]:
    """Those told on that day, newest first; with `area_id` those of that commune and of the whole territory."""
    told = (notice for notice in _known.get() if notice.holds_on(on))
    return tuple(notice for notice in told if area_id is None or notice.area_id in (None, area_id))
