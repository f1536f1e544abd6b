"""What photos of unfinished forms still need their files."""

from __future__ import annotations

from nafida.reports.models import DraftPicture


def pictures_of_drafts() -> frozenset[str]:
    """Names of all files that drafts name."""
    rows = DraftPicture.objects.values_list("picture", "thumbnail")
    return frozenset(name for row in rows for name in row)
