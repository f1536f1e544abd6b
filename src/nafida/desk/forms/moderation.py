"""What an officer says about what the public may see."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nafida.cases.life import HideReason
from nafida.cases.models import Attachment, Case, Message
from nafida.cases.models.words import Moderated
from nafida.cases.pictures import Area

MOST_AREAS = 20
DOINGS = ("show", "hide", "show_update", "hide_update", "show_photo", "hide_photo")
_AREA = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*")


class ModerationForm(forms.Form):
    """One decision about a case: its words, one update or one photo (`thing`), shown, or hidden for a reason."""

    version = forms.IntegerField(min_value=1)
    do = forms.ChoiceField(choices=[(name, name) for name in DOINGS])
    key = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    reason = forms.ChoiceField(label=_("Why"), required=False, choices=[("", _("Choose…")), *HideReason.choices])
    photos = forms.ModelMultipleChoiceField(Attachment.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.thing: Moderated | None = None
        self.fields["photos"].queryset = case.attachments.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        do, key = said.get("do", ""), said.get("key")
        if do.startswith("hide") and not said.get("reason"):
            self.add_error("reason", _("Say why it is hidden."))
        if do.endswith("_update"):
            self.thing = Message.objects.filter(case=self.case, pk=key or 0).first()
        elif do.endswith("_photo"):
            self.thing = Attachment.objects.filter(case=self.case, pk=key or 0).first()
        if "_" in do and self.thing is None:
            raise ValidationError(_("This is no longer there."))
        return said


class BlurForm(forms.Form):
    """Which parts of a photo are blurred: `area` as often as wanted, "x y width height" in per cent of its sides."""

    version = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas: list[Area] = []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        told = [" ".join(row) for row in zip(*(self._each(name) for name in "xywh"), strict=False)]
        written = [text for text in [*self._each("area"), *told] if text.strip()]
        if not written:
            raise ValidationError(_("Draw a rectangle around what nobody should see."))
        if len(written) > MOST_AREAS:
            raise ValidationError(_("These are too many rectangles at a time."))
        self.areas = [_area(text) for text in written]
        return said

    def _each(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []


def _area(text: str) -> Area:
    parts = text.split()
    if len(parts) != 4 or not all(_AREA.fullmatch(part) for part in parts):
        raise ValidationError(_("A rectangle is four numbers from 0 to 100."))
    x, y, width, height = (float(part) / 100 for part in parts)
    if not (x < 1 and y < 1 and 0 < width <= 1 and 0 < height <= 1):
        raise ValidationError(_("A rectangle is four numbers from 0 to 100."))
    return x, y, min(width, 1 - x), min(height, 1 - y)
