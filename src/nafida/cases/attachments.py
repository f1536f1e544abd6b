"""Pictures of cases: prepared and kept before the transaction that names them, swept when nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from nafida.cases import files
from nafida.cases.models import Attachment
from nafida.cases.pictures import Area, blur, prepare

ORPHANS_LIVE = timedelta(days=2)
FILES = ("picture", "thumbnail", "blurred", "blurred_thumbnail")
"""The columns that name kept files."""


@dataclass(frozen=True)
class KeptPicture:
    """Names of the files of one picture and its size in pixels.

    `place` is where it was taken, (longitude, latitude) in WGS84 degrees, if the camera wrote it down. Only the draft
    of a form keeps it, to offer it to whoever took the picture; nothing of it stays in the files.
    """

    picture: str
    thumbnail: str
    width: int
    height: int
    place: tuple[float, float] | None = None


def keep_picture(data: bytes) -> KeptPicture:
    """Decode, shrink, clean and store what somebody sent. Raises NotAPicture. Never call it in a transaction."""
    picture = prepare(data)
    return KeptPicture(
        picture=files.keep(picture.jpeg, ".jpg"),
        thumbnail=files.keep(picture.thumbnail, ".jpg"),
        width=picture.width,
        height=picture.height,
        place=picture.taken_place,
    )


def keep_blurred(name: str, areas: Sequence[Area]) -> KeptPicture:
    """Store a copy of a kept picture with these areas blurred. Raises NotAPicture, FileNotFoundError."""
    with files.open_kept(name) as file:
        picture = blur(file.read(), areas)
    return KeptPicture(
        picture=files.keep(picture.jpeg, ".jpg"),
        thumbnail=files.keep(picture.thumbnail, ".jpg"),
        width=picture.width,
        height=picture.height,
    )


def sweep_orphans(also_used: frozenset[str] = frozenset()) -> int:
    """Remove kept files that no attachment (nor `also_used`) names, two days after they were last kept."""
    removed = 0
    for name, age in files.all_kept():
        if age < ORPHANS_LIVE or name in also_used:
            continue
        if any(Attachment.objects.filter(**{column: name}).exists() for column in FILES):
            continue
        removed += files.remove(name, unused_for=ORPHANS_LIVE)
    files.remove_unfinished(older_than=ORPHANS_LIVE)
    return removed
