"""Controls of the report's form that Django does not have, and the control of each type of question."""

from __future__ import annotations

from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nafida.packs.pack import load_pack
from nafida.reports.position import LONGEST, read_position
from nafida.services.models import Datatype, Question


class LinesField(forms.CharField):
    """Several lines of text; a line break counts as one character, as it does for whoever types."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")  # type: ignore[union-attr]


class PositionField(forms.CharField):
    """A position as written or pasted: cleaned to (longitude, latitude), or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_position(text)
        except ValueError:
            raise ValidationError(
                _("We cannot read this position. Write latitude and longitude, for example 34.9193, -2.4223.")
            ) from None


class PhoneField(forms.CharField):
    """A telephone number as people write it in the pack's country: cleaned to E.164, or ""."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, load_pack(settings.PACK).country)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise ValidationError(_("This is not a telephone number that we could call. Check its digits."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


class SeveralFiles(forms.FileInput):
    """A button in the page's own language; beside it, without a script, what the browser says of the files chosen."""

    allow_multiple_selected = True
    template_name = "reports/files.html"


class PhotosField(forms.FileField):
    """The files chosen, as they came; what they are is seen when they are prepared."""

    widget = SeveralFiles(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in data or [] if isinstance(file, UploadedFile)]


def question_field(question: Question) -> forms.Field:
    """The control of one extra question, by its Open311 type."""
    told: dict[str, Any] = {"label": question.text, "required": question.required}
    choices = [(choice.code, choice.name) for choice in question.choices.all()]
    match question.datatype:
        case Datatype.SINGLE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
        case Datatype.MULTI:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
        case Datatype.NUMBER:
            return forms.FloatField(min_value=0, max_value=1_000_000, **told)
        case Datatype.DATETIME:
            widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
            return forms.DateTimeField(widget=widget, **told)
        case Datatype.TEXT:
            return LinesField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **told)
    return forms.CharField(max_length=200, **told)
