"""The form of a template of answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nafida.cases.filling import VARIABLES, unknown_variables
from nafida.cases.models import AnswerTemplate
from nafida.services.models import Service
from nafida.territory.models import Body


def _area(language: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "lang": language, "dir": "rtl" if language == "ar" else "ltr"})


class TemplateForm(forms.Form):
    """Title, words in both languages, for which administration and which subjects."""

    title = forms.CharField(label=gettext_lazy("Title, for officers"), max_length=120)
    text_ar = forms.CharField(label=gettext_lazy("Words in Arabic"), max_length=4000, widget=_area("ar"))
    text_fr = forms.CharField(label=gettext_lazy("Words in French"), max_length=4000, widget=_area("fr"))
    body: Any = forms.ModelChoiceField(label=gettext_lazy("For which administration"), queryset=Body.objects.none())
    services: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("For which subjects"),
        help_text=gettext_lazy("None ticked: for all."),
        queryset=Service.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, template: AnswerTemplate | None, bodies: QuerySet[Body], for_all: bool
    ) -> None:
        initial: dict[str, Any] = {}
        if template is not None:
            initial = {name: getattr(template, name) for name in ("title", "text_ar", "text_fr", "body")}
            initial["services"] = list(template.services.all())
        super().__init__(data, initial=initial)
        body: Any = self.fields["body"]
        body.queryset, body.required = bodies, not for_all
        body.empty_label = _("All administrations") if for_all else _("Choose…")
        self.fields["services"].queryset = Service.objects.in_order()  # type: ignore[attr-defined]

    def clean_text_ar(self) -> str:
        return self._checked("text_ar")

    def clean_text_fr(self) -> str:
        return self._checked("text_fr")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        unknown = unknown_variables(text)
        if unknown:
            told = {"wrong": f"{{{unknown[0]}}}", "known": " ".join(f"{{{one}}}" for one in VARIABLES)}
            raise ValidationError(_("There is no variable %(wrong)s. You may use: %(known)s") % told)
        return text
