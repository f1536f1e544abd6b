"""Forms of the State's local authorities: who they are, and where each answers from when until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.territory.drawing import MOST_BYTES, check_in_province, read_boundary
from nafida.territory.models import Body, BodyKind, Jurisdiction, LetterLanguage


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DatedForm(forms.Form):
    """What holds from a day until a day, both included; either may be open."""

    valid_from = forms.DateField(label=_("First day"), required=False, widget=_day())
    valid_to = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Empty while it goes on."), widget=_day()
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        return told


class AuthorityForm(DatedForm):
    """A pachalik, caïdat or annex: its names, how it is reached, who stands above it, and while it exists."""

    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=200, widget=forms.TextInput(attrs={"dir": "rtl"}))
    name_fr = forms.CharField(label=_("Name in French"), max_length=200, widget=forms.TextInput(attrs={"dir": "ltr"}))
    email = forms.EmailField(label=_("E-mail address for reports"), required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=LetterLanguage.choices,
        widget=forms.RadioSelect,
        initial=LetterLanguage.ARABIC,
    )
    superior: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        Body.objects.none(), label=_("Superior"), help_text=_("Is told when a time limit passes."), empty_label=None
    )
    field_order = ("name_ar", "name_fr", "email", "phone", "language", "superior", "valid_from", "valid_to")

    def __init__(self, data: Any = None, *, body: Body | None = None) -> None:
        kept = {name: getattr(body, name) for name in self.base_fields} if body else {}
        super().__init__(data, initial=kept)
        above = Body.objects.on(timezone.localdate()).filter(kind__in=(BodyKind.GOVERNORATE, BodyKind.LOCAL_AUTHORITY))
        above = above.exclude(pk__in=_with_all_below(body)) if body else above
        field = self.fields["superior"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = above.order_by("name", "code")
        field.initial = body.superior if body and body.superior else Body.objects.governorate()


def _with_all_below(body: Body) -> set[int]:
    """The keys of a body and of all that stand under it: none of them can stand above it."""
    found: set[int] = set()
    level = {body.pk}
    while level:
        found |= level
        level = set(Body.objects.filter(superior__in=level).values_list("pk", flat=True)) - found
    return found


class JurisdictionForm(DatedForm):
    """Where an authority answers: in words, and drawn."""

    quarters = forms.CharField(
        label=_("Quarters and douars, in words"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("The area, as a GeoJSON file"),
        required=False,
        help_text=_("One Polygon or MultiPolygon in WGS84 degrees, longitude first; at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json,application/json"}),
    )
    text = forms.CharField(
        label=_("… or as GeoJSON text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false", "maxlength": MOST_BYTES}),
    )
    undraw = forms.BooleanField(label=_("Take the drawn area away"), required=False)
    field_order = ("quarters", "valid_from", "valid_to", "file", "text", "undraw")

    def __init__(self, data: Any = None, files: Any = None, *, row: Jurisdiction | None = None) -> None:
        kept = {name: getattr(row, name) for name in ("quarters", "valid_from", "valid_to")} if row else {}
        super().__init__(data, files, initial=kept)
        self.drawn: dict[str, Any] | None = row.boundary if row else None
        if self.drawn is None:
            del self.fields["undraw"]

    def clean_file(self) -> dict[str, Any] | None:
        file = self.cleaned_data["file"]
        return _area(file.read(MOST_BYTES + 1)) if file else None

    def clean_text(self) -> dict[str, Any] | None:
        text = self.cleaned_data["text"]
        return _area(text) if text else None

    def clean(self) -> dict[str, Any]:
        """As the row holds it: quarters, boundary, valid_from, valid_to."""
        told = super().clean()
        file, text, undraw = told.pop("file", None), told.pop("text", None), told.pop("undraw", False)
        if sum(map(bool, (file, text, undraw))) > 1:
            raise ValidationError(_("Bring the area as a file, bring it as text, or take it away: one of them."))
        told["boundary"] = None if undraw else file or text or self.drawn
        if not self.errors and not told["boundary"] and not told["quarters"]:
            raise ValidationError(_("Say in words where the authority answers, or bring its area."))
        return told


def _area(content: bytes | str) -> dict[str, Any]:
    boundary = read_boundary(content)
    check_in_province(boundary)
    return boundary
