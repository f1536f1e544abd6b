"""Notices to citizens, each change with its line on the trail in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nafida.people.models import User
from nafida.people.trail import changed, trace_setting
from nafida.territory import actions as territory
from nafida.territory.models import Area, Notice

LONGEST = 400


def _words(label: Any, direction: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": direction})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class NoticeForm(forms.Form):
    """What is told, in both languages, where and on which days."""

    words_ar = _words(_("Words to the citizens in Arabic"), "rtl")
    words_fr = _words(_("Words to the citizens in French"), "ltr")
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        Area.objects.none(), label=_("Where"), required=False, empty_label=_("The whole province")
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"), _("To take a notice back at once, choose a day that has passed."))

    def __init__(self, data: Any = None, *, notice: Notice | None) -> None:
        kept = {name: getattr(notice, name) for name in self.base_fields} if notice else {}
        super().__init__(data, initial=kept)
        self.fields["area"].queryset = Area.objects.communes().defer("boundary")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            told["starts_on"] = last  # taken back before it was told
        return told


@transaction.atomic
def keep_notice(notice: Notice | None, *, by: User, facts: Mapping[str, Any]) -> Notice:
    """Tell citizens something, or change what they are told; what does not change leaves no line."""
    kept = notice or Notice()
    changes = changed(kept, facts)
    if changes:
        kept = territory.keep_notice(kept, by=by, **facts)
        trace_setting(kept, changes, by=by)
    return kept
