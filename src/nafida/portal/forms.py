from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.cases.attachments import KeptPicture, keep_picture
from nafida.cases.pictures import MAX_BYTES, NotAPicture
from nafida.cases.pictures.words import WHY_NOT
from nafida.cases.reference import read_reference
from nafida.reports.fields import LinesField, PhotosField

MOST_PHOTOS = 2
STARS = [
    (5, _("★★★★★ Very well")),
    (4, _("★★★★ Well")),
    (3, _("★★★ Fairly")),
    (2, _("★★ Badly")),
    (1, _("★ Very badly")),
]
_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}


class FindForm(forms.Form):
    """A reference, and the PIN of whoever filed the case."""

    reference = forms.CharField(
        label=_("Reference"), max_length=60, widget=forms.TextInput(attrs={**_DIGITS, "placeholder": "471 930 622"})
    )
    pin = forms.CharField(
        label=_("PIN, if the report is yours"), max_length=20, required=False, widget=forms.TextInput(attrs=_DIGITS)
    )

    def clean_reference(self) -> str:
        reference = read_reference(self.cleaned_data["reference"])
        if reference is None:
            raise ValidationError(_("A reference has nine digits, and one of these must be wrong. Check it."))
        return reference

    def clean_pin(self) -> str:
        """Its digits, Western, however they were typed."""
        return "".join(str(int(letter)) for letter in self.cleaned_data["pin"] if letter.isdecimal())


class FollowForm(forms.Form):
    """An address that wants to hear of a case."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class UpdateForm(forms.Form):
    """How it is now, in words and up to two photos; the photos are prepared by `keep_photos`."""

    text = LinesField(
        label=_("How is it now?"),
        help_text=_("For example “still dark” or “mended on Tuesday”. Do not write names or telephone numbers."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = PhotosField(label=_("Photos (at most two)"), required=False)

    def keep_photos(self) -> list[KeptPicture]:
        """Decode and store the photos, outside any transaction; what is none becomes the form's error."""
        files = self.cleaned_data.get("photos") or []
        if len(files) > MOST_PHOTOS:
            self.add_error("photos", _("At most two photos, please."))
            return []
        kept = []
        for file in files:
            try:
                kept.append(keep_picture(file.read(MAX_BYTES + 1)))
            except NotAPicture as refusal:
                self.add_error("photos", str(WHY_NOT[refusal.code]))
        return kept


class RatingForm(forms.Form):
    """How well it went, from 1 to 5, and why."""

    stars = forms.TypedChoiceField(
        label=_("How well was it dealt with?"), coerce=int, choices=STARS, widget=forms.RadioSelect
    )
    text = LinesField(
        label=_("Why, if you like"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WordsForm(forms.Form):
    """What the reporter says: an answer, or why it is not solved."""

    text = LinesField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
