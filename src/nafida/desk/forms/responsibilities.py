"""Forms of who answers for what where: a rule, its days, and the question itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.desk.forms.authorities import DatedForm
from nafida.services.models import Responsibility, Service
from nafida.territory.models import Area, AreaKind, Body, BodyKind

KIND = "kind:"
KINDS = [kind for kind in BodyKind if kind != BodyKind.CALL_ONLY]


def _services() -> list[tuple[str, Any]]:
    shelves: dict[str, list[tuple[str, str]]] = {}
    for service in Service.objects.in_order():
        shelves.setdefault(service.group.name, []).append((service.code, service.name))
    return list(shelves.items())


def _areas(*kinds: AreaKind) -> list[tuple[str, str]]:
    rows = Area.objects.filter(kind__in=kinds).defer("boundary").order_by("kind", "name", "code")
    return [(row.code, row.name) for row in rows]


class WhoForm(forms.Form):
    """Who would answer for this, here, on that day?"""

    service = forms.ChoiceField(label=_("Subject"))
    commune = forms.ChoiceField(label=_("Commune"))
    day = forms.DateField(
        label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate()})
        self.fields["service"].choices = _services()  # type: ignore[attr-defined]
        self.fields["commune"].choices = _areas(AreaKind.COMMUNE)  # type: ignore[attr-defined]


class RuleDaysForm(DatedForm):
    """What may change of a rule that is in force: its days, its rank, its source."""

    rank = forms.IntegerField(
        label=_("Rank"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("Where several rules hold, 1 is asked first."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("The decision or the law, with its number.")
    )

    def __init__(self, data: Any = None, *, rule: Responsibility | None = None) -> None:
        kept = {name: getattr(rule, name) for name in ("valid_from", "valid_to", "rank", "source")} if rule else {}
        super().__init__(data, initial=kept)


class RuleForm(RuleDaysForm):
    """A new rule."""

    service = forms.ChoiceField(label=_("Subject"))
    area = forms.ChoiceField(label=_("Where"), required=False)
    who = forms.ChoiceField(label=_("Who answers"))
    field_order = ("service", "area", "who", "valid_from", "valid_to", "rank", "source")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        places = _areas(AreaKind.PROVINCE, AreaKind.CERCLE, AreaKind.COMMUNE, AreaKind.CENTRE)
        bodies = Body.objects.on(timezone.localdate()).competent().order_by("name", "code")
        kinds = [(KIND + kind.value, kind.label) for kind in KINDS]
        named = [(body.code, body.name) for body in bodies]
        who = [(_("The body of a kind that serves the place"), kinds), (_("One body by name"), named)]
        self.fields["service"].choices = _services()  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("Everywhere")), *places]  # type: ignore[attr-defined]
        self.fields["who"].choices = who  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """As a Responsibility holds it."""
        told = super().clean()
        if self.errors:
            return told
        who = told.pop("who")
        told["service"] = Service.objects.get(code=told["service"])
        told["area"] = Area.objects.get(code=told["area"]) if told["area"] else None
        told["body_kind"] = who.removeprefix(KIND) if who.startswith(KIND) else ""
        told["body"] = None if told["body_kind"] else Body.objects.get(code=who)
        if Responsibility.objects.filter(**told).exists():
            raise ValidationError(_("This rule exists already."))
        return told
