"""What must hold before the installation starts."""

import datetime as dt
import zoneinfo
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from nafida.packs.pack import load_pack


def zone_files_are_recent(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The time zone has, at the instant that the pack names, the offset that the law gives it."""
    pack = load_pack(settings.PACK)
    offset = pack.known_instant.astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE)).utcoffset()
    if offset == pack.known_offset:
        return []
    return [
        Error(
            f"On {pack.known_instant:%Y-%m-%d}, {settings.TIME_ZONE} is {_hours(offset)} here and should be "
            f"{_hours(pack.known_offset)}: every deadline would end at a wrong hour.",
            hint="Install a newer tzdata package, or set the right TIME_ZONE.",
            id="territory.E001",
        )
    ]


def _hours(offset: dt.timedelta | None) -> str:
    minutes = round((offset or dt.timedelta()).total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
