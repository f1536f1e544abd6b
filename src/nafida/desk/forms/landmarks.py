"""The form of a landmark."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.reports.fields import PositionField
from nafida.territory.models import Landmark, LandmarkKind


class LandmarkForm(forms.Form):
    """What a place is called and where it is; its commune follows from the position."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=LandmarkKind.choices)
    name_ar = forms.CharField(
        label=gettext_lazy("Name in Arabic"),
        help_text=gettext_lazy("As people say it, with the word for what it is: “مسجد النور”."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl"}),
    )
    name_fr = forms.CharField(
        label=gettext_lazy("Name in French"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    position = PositionField(
        label=gettext_lazy("Position"),
        help_text=gettext_lazy("Latitude and longitude, or a link copied from a map."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, row: Landmark | None = None) -> None:
        initial = {name: getattr(row, name) for name in ("kind", "name_ar", "name_fr")} if row else {}
        super().__init__(data, initial={**initial, "position": f"{row.lat}, {row.lon}" if row else ""})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["name_ar"] or cleaned["name_fr"]):
            self.add_error("name_ar", _("A landmark wants a name."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The fields of the landmark, for the actions."""
        said = self.cleaned_data
        lon, lat = said["position"]
        names = {name: said[name] or None for name in ("name_ar", "name_fr")}
        return {"kind": said["kind"], **names, "lon": lon, "lat": lat}
