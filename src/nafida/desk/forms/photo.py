"""The photo of a form that comes back: prepared once, and carried by the form as a signed name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nafida.cases.attachments import KeptPicture, keep_picture
from nafida.cases.pictures import MAX_BYTES, NotAPicture
from nafida.cases.pictures.words import WHY_NOT

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


class CarriesPhoto(forms.Form):
    """A form with a `photo`: once it was sent, the form carries it whatever comes back. `kept` is the picture."""

    data: Any
    kept: KeptPicture | None = None

    def carry_photo(self) -> None:
        """For __init__: the place where the photo travels."""
        if "photo" in self.fields:
            self.fields["kept"] = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def receive_photo(self) -> None:
        """Prepare the photo that was sent, or the one the form carries: whatever comes back, it need not be chosen
        again. What is no picture becomes the form's error. Never call it in a transaction.
        """
        if "photo" not in self.fields:
            return
        self.data = self.data.copy()
        try:
            self.kept, self.data["kept"] = take_photo(self.files.get("photo"), self.data.get("kept", "")[:500])
        except NotAPicture as why:
            self.data["kept"] = ""
            self.add_error("photo", str(WHY_NOT[why.code]))
        if self.kept:
            self.fields["photo"].help_text = _("Your photo is kept. Choose another one only to replace it.")
