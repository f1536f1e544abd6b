"""Forms of what an administrator sets: bodies and days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nafida.territory.models import Body, LetterLanguage


class BodyForm(forms.Form):
    """How a body is reached and whether it takes part."""

    email = forms.EmailField(
        label=_("E-mail address for reports"),
        required=False,
        help_text=_("A body without officers gets its reports here, each with a link to answer."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    emergency_phone = forms.CharField(
        label=_("Emergency telephone"),
        max_length=30,
        required=False,
        help_text=_("Shown to citizens where somebody is in danger."),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=LetterLanguage.choices, widget=forms.RadioSelect
    )
    takes_part = forms.BooleanField(label=_("Takes part"), required=False)

    def __init__(self, data: Any = None, *, body: Body) -> None:
        super().__init__(data, initial={name: getattr(body, name) for name in self.base_fields})
        for name in ("phone", "emergency_phone"):
            self.fields[name].widget.attrs |= {"dir": "ltr", "inputmode": "tel"}


class DayForm(forms.Form):
    """A day that does not follow the calendar, and who announced it."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[("holiday", _("Holiday")), ("working", _("Working day"))],
        initial="holiday",
        widget=forms.RadioSelect,
    )
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=150, widget=forms.TextInput(attrs={"dir": "rtl"}))
    name_fr = forms.CharField(label=_("Name in French"), max_length=150, widget=forms.TextInput(attrs={"dir": "ltr"}))
    source = forms.CharField(
        label=_("Source"), max_length=500, help_text=_("The announcement, with its date and number.")
    )
