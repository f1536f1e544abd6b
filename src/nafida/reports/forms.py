"""The form of a report: the same for a citizen and for whoever files on a citizen's behalf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.cases.attachments import KeptPicture
from nafida.reports.actions import Account, OutsideProvince, Place, with_parents
from nafida.reports.fields import LinesField, PhoneField, PhotosField, PositionField, question_field
from nafida.services.models import Danger, Question, Service
from nafida.territory.landmarks import said
from nafida.territory.models import Area, AreaKind

MOST_PHOTOS = 5
ASKED = "q_"  # before the codes of the service's own questions


def communes_of(service: Service) -> dict[str, Area]:
    """Where the service can be asked, by code, in the order of their names in the active language."""
    rows = with_parents().filter(kind=AreaKind.COMMUNE)
    if service.group.local:
        rows = rows.filter(pk__in=service.group.only_in.values("pk"))
    return {area.code: area for area in sorted(rows, key=lambda area: area.name)}


def email_field(help_text: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(
        label=gettext_lazy("E-mail address"), help_text=help_text, max_length=254, required=False, widget=widget
    )


class JoinForm(forms.Form):
    """How whoever says “it is this one” wants to hear of it."""

    email = email_field("")
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Without an e-mail address: the administration calls you when it has an answer."),
        max_length=40,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("email") or cleaned.get("phone")):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return cleaned


class ReportForm(forms.Form):
    """What is reported, where, and how to reach whoever reports. Photos are prepared by who calls.

    After a valid `clean`, `where` is the Place. `outside` is True when the place lies in no commune served.
    """

    danger = forms.ChoiceField(
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))],
        widget=forms.RadioSelect,
    )
    commune = forms.ChoiceField(label=gettext_lazy("Commune"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("Street, quarter or hamlet, and what stands nearby: mosque, school, market, shop."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    position = PositionField(
        label=gettext_lazy("Position on the map, if you have it"),
        help_text=gettext_lazy("Latitude and longitude, or a link copied from a map. Then the commune may stay empty."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    description = LinesField(
        label=gettext_lazy("What have you seen?"),
        help_text=gettext_lazy("In your own words. Do not write names or telephone numbers of other people."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("Up to five. No faces or number plates, if you can."),
        required=False,
    )
    email = email_field(gettext_lazy("To send you the receipt and the answer."))
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("The administration may call you."),
        max_length=40,
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name_is_public = forms.BooleanField(label=gettext_lazy("My name may be shown with the report"), required=False)

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.where: Place | None = None
        self.outside = False
        self.communes = communes_of(service)
        choices = [("", _("Choose…")), *((code, area.name) for code, area in self.communes.items())]
        self.fields["commune"].choices = choices  # type: ignore[attr-defined]
        if service.danger == Danger.ASK:
            self.fields["danger"].label = service.danger_question
        else:
            del self.fields["danger"]
        self.questions = list(Question.objects.active().filter(service=service).prefetch_related("choices"))
        for question in self.questions:
            self.fields[ASKED + question.code] = question_field(question)
        asked = [ASKED + question.code for question in self.questions]
        self.order_fields(["danger", "commune", "place", "position", *asked])

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The service's own questions, for the template."""
        return [self[ASKED + question.code] for question in self.questions]

    @property
    def tells_danger(self) -> bool:
        """Somebody is in danger now, says whoever fills in the form."""
        return self.data.get("danger") == "yes" and "danger" in self.fields

    @property
    def has_contact(self) -> bool:
        """Something of it was filled in."""
        return any(self[field].value() for field in ("email", "phone", "name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("position"):
            self._place_of_point(*cleaned["position"])
        elif "position" not in self.errors and "commune" not in self.errors:
            self._place_in_words(self.communes.get(cleaned.get("commune") or ""))
        return cleaned

    def _place_of_point(self, lon: float, lat: float) -> None:
        try:
            place = Place.at(lon, lat, self.cleaned_data.get("place") or said(lon, lat))
        except OutsideProvince:
            self.outside = True
            self.add_error("position", _("This position lies outside the communes that this window serves."))
            return
        chosen = self.communes.get(self.cleaned_data.get("commune") or "")
        if place.commune.code not in self.communes:
            names = _(", ").join(area.name for area in self.communes.values())
            self.add_error("position", _("This service is offered only in: %(communes)s.") % {"communes": names})
        elif chosen and chosen.pk != place.commune.pk:
            told = {"lies": place.commune.name, "chosen": chosen.name}
            words = _(
                "The position lies in %(lies)s, but you chose %(chosen)s. Choose %(lies)s, or correct the position."
            )
            self.add_error("commune", words % told)
        else:
            self.where = place

    def _place_in_words(self, commune: Area | None) -> None:
        words = self.cleaned_data.get("place") or ""
        if commune is None:
            self.add_error("commune", _("Choose the commune, or give the position."))
        if not words and "place" not in self.errors:
            self.add_error("place", _("Say in a few words where it is, so that it can be found."))
        if commune and words:
            self.where = Place(commune, words)

    def account(self, pictures: Sequence[KeptPicture] = ()) -> Account:
        """What was told, for file_report."""
        return Account(description=self.cleaned_data["description"], answers=self.answers(), pictures=pictures)

    def answers(self) -> dict[str, Any]:
        """Answers by the code of their question, as JSON can hold them; what was skipped is left out."""
        given = {question.code: self.cleaned_data.get(ASKED + question.code) for question in self.questions}
        plain = {code: value.isoformat() if isinstance(value, datetime) else value for code, value in given.items()}
        return {code: value for code, value in plain.items() if value not in (None, "", [])}

    def contact(self) -> dict[str, Any]:
        """How to reach them, for file_report."""
        return {field: self.cleaned_data[field] for field in ("email", "phone", "name", "name_is_public")}
