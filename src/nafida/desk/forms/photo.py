"""The photo of a form that comes back: prepared once, and carried by the form as a signed name."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from nafida.cases.attachments import KeptPicture, keep_picture
from nafida.cases.pictures import MAX_BYTES

SALT = "nafida.desk.photo"
LIVES = timedelta(hours=24)
"""Shorter than files that no row names are left in peace."""


def take_photo(sent: UploadedFile | None, carried: str) -> tuple[KeptPicture | None, str]:
    """The picture just sent, else the one that the form carries; and what the form shall carry from now on.

    Raises NotAPicture. Never call it in a transaction.
    """
    if sent is not None:
        kept = keep_picture(sent.read(MAX_BYTES + 1))
        return kept, signing.dumps([kept.picture, kept.thumbnail, kept.width, kept.height], salt=SALT)
    try:
        return KeptPicture(*signing.loads(carried, salt=SALT, max_age=LIVES)), carried
    except signing.BadSignature:
        return None, ""
