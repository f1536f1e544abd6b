from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.cases.reference import read_reference
from nafida.reports.fields import LinesField

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

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class WordsForm(forms.Form):
    """What the reporter says: an answer, or why it is not solved."""

    text = LinesField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
