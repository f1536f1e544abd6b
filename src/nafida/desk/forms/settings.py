"""Forms of what an administrator sets: bodies and days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from nafida.territory.models import Body, LetterLanguage, LetterRhythm, Participation


def _words(direction: str) -> dict[str, Any]:
    """A text of some lines that may stay empty."""
    widget = forms.Textarea(attrs={"rows": 3, "dir": direction})
    return {"required": False, "max_length": 1000, "widget": widget}


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
    letter_rhythm = forms.ChoiceField(
        label=_("Letters about reports"),
        choices=LetterRhythm.choices,
        initial=LetterRhythm.EACH,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only where the administration has no officers. Urgent reports always leave at once."),
    )
    takes_part = forms.BooleanField(label=_("Takes part"), required=False)

    def clean_letter_rhythm(self) -> str:
        rhythm: str = self.cleaned_data["letter_rhythm"]
        return rhythm or LetterRhythm.EACH

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


class WeekForm(forms.Form):
    """Which weekdays are working days, from when, and who decided so."""

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"), choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Source"), max_length=500, help_text=_("The decision, with its date and number."))

    def clean_weekdays(self) -> str:
        """As WorkingWeek holds them."""
        return "".join(sorted(self.cleaned_data["weekdays"]))


class ParticipationForm(forms.Form):
    """Whether a commune takes part, from when, and what its citizens are told until then."""

    taking = forms.ChoiceField(
        label=_("Does the commune take part?"),
        choices=[("now", _("Yes")), ("later", _("From a day on")), ("not_yet", _("Not yet"))],
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("Only for “From a day on”."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    phone = forms.CharField(
        label=_("Telephone that citizens are given until then"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    words_ar = forms.CharField(label=_("Words to the citizens in Arabic"), **_words("rtl"))
    words_fr = forms.CharField(label=_("Words to the citizens in French"), **_words("ltr"))

    def __init__(self, data: Any = None, *, row: Participation | None, phone: str, today: date) -> None:
        self.today = today
        self.row = row
        taking = "now" if row is None or row.holds_on(today) else "later" if row.starts_on else "not_yet"
        kept = {name: getattr(row, name, None) for name in ("starts_on", "phone", "words_ar", "words_fr")}
        super().__init__(data, initial={**kept, "taking": taking, "phone": kept["phone"] or phone})

    def clean(self) -> dict[str, Any]:
        """As the row holds it: starts_on, phone, words_ar, words_fr."""
        told = super().clean() or {}
        taking = told.pop("taking", None)
        if taking == "now":
            told["starts_on"] = self.row.starts_on if self.row and self.row.holds_on(self.today) else self.today
        elif taking == "not_yet":
            told["starts_on"] = None
        elif taking == "later" and "starts_on" not in self.errors:
            self._need_a_later_day(told.get("starts_on"))
        if taking in ("later", "not_yet") and not told.get("phone"):
            self.add_error("phone", _("Give a number: it is all that citizens get here until the commune takes part."))
        return told

    def _need_a_later_day(self, day: date | None) -> None:
        if day is None:
            self.add_error("starts_on", _("Say from which day."))
        elif day <= self.today:
            self.add_error("starts_on", _("This day is not to come. Choose “Yes” where the commune takes part."))
