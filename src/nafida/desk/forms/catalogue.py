"""Forms of the catalogue: a service, and the questions of its form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.desk.forms.drawings import drawings
from nafida.services.models import Danger, Datatype, Publicity, Question, Service, ServiceGroup
from nafida.territory.models import Body

LANGUAGES = (("ar", "rtl"), ("fr", "ltr"), ("en", "ltr"))
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
LISTS = (Datatype.SINGLE, Datatype.MULTI)
DATATYPES = (
    (Datatype.STRING, _("A few words")),
    (Datatype.TEXT, _("A longer text")),
    (Datatype.NUMBER, _("A number")),
    (Datatype.DATETIME, _("A day and an hour")),
    (Datatype.SINGLE, _("One of a list")),
    (Datatype.MULTI, _("Several of a list")),
)


def words(label: Any, direction: str, *, longest: int, required: bool = False, help_text: Any = "") -> forms.CharField:
    """One line in one language."""
    widget = forms.TextInput(attrs={"dir": direction})
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)


class ServiceForm(forms.Form):
    """What a service is called, who may see its reports, and what comes before them."""

    field_order = (
        *(f"{name}_{language}" for name in ("name", "hint") for language in ("ar", "fr", "en")),
        *("words", "group", "position", "icon"),
    )

    name_ar = words(_("Name in Arabic"), "rtl", longest=160, required=True)
    name_fr = words(_("Name in French"), "ltr", longest=160, required=True)
    name_en = words(_("Name in English"), "ltr", longest=160)
    hint_ar = words(_("Hint in Arabic"), "rtl", longest=240, help_text=_("What belongs here, in a few words."))
    hint_fr = words(_("Hint in French"), "ltr", longest=240)
    hint_en = words(_("Hint in English"), "ltr", longest=240)
    group: forms.ModelChoiceField[ServiceGroup] = forms.ModelChoiceField(
        ServiceGroup.objects.all(), label=_("Shelf"), empty_label=None
    )
    position = forms.IntegerField(label=_("Place on the shelf"), min_value=0, max_value=999, initial=0)
    working_days = forms.IntegerField(label=_("Time limit in working days"), min_value=1, max_value=365)
    limit_source = words(
        _("Where this limit comes from"), "auto", longest=200, help_text=_("A decision, a law, or “proposal”.")
    )
    publicity = forms.ChoiceField(
        label=_("What everybody sees of its reports"), choices=Publicity.choices, widget=forms.RadioSelect
    )
    danger = forms.ChoiceField(label=_("Danger"), choices=Danger.choices, widget=forms.RadioSelect, initial="none")
    danger_question_ar = words(_("Question of danger in Arabic"), "rtl", longest=240)
    danger_question_fr = words(_("Question of danger in French"), "ltr", longest=240)
    danger_question_en = words(_("Question of danger in English"), "ltr", longest=240)
    icon = forms.ChoiceField(label=_("Drawing"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Search words"),
        required=False,
        max_length=3000,
        help_text=_("What else people call it, in any language or spelling: one word a line."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    call = forms.MultipleChoiceField(label=_("Whom to call"), required=False, widget=forms.CheckboxSelectMultiple)
    active = forms.BooleanField(
        label=_("Can be reported"), required=False, initial=True, help_text=_("Switched off, its cases stay.")
    )

    def __init__(self, data: Any = None, *, service: Service | None = None) -> None:
        kept = {name: getattr(service, name) for name in self.base_fields} if service else {}
        super().__init__(data, initial={**kept, "words": "\n".join(kept.get("words", "").split())})
        self._ask_before_showing_more(service, (data or {}).get("publicity", ""))
        self.fields["icon"].choices = drawings()  # type: ignore[attr-defined]
        self.called = [str(code) for code in kept.get("call", [])]
        choices = dict(_callable())
        choices |= {code: code for code in self.called if code not in choices}
        self.fields["call"].choices = list(choices.items())  # type: ignore[attr-defined]

    def _ask_before_showing_more(self, service: Service | None, wanted: str) -> None:
        """What was filed under a narrower promise becomes public with the rest: never by a slip of the hand."""
        if service is None or wanted not in Publicity.values or not Service(publicity=wanted).shows_more_than(service):
            return
        number = service.cases.count()
        if number:
            told = _("Show more of the reports filed so far too (%(number)s)") % {"number": number}
            refusal = {"required": _("This shows more of reports already filed. Tick the box if you mean it.")}
            self.fields["shows_more"] = forms.BooleanField(label=told, error_messages=refusal)
            names = list(self.fields)
            self.order_fields([*names[: names.index("publicity") + 1], "shows_more"])

    def clean_words(self) -> str:
        """As a service holds them: apart by spaces."""
        return " ".join(dict.fromkeys(self.cleaned_data["words"].split()))

    def clean_call(self) -> list[str]:
        """In the order they have; whom is new comes last."""
        chosen = self.cleaned_data["call"]
        order = {code: number for number, code in enumerate(self.called)}
        return sorted(chosen, key=lambda code: order.get(code, len(order)))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told.pop("shows_more", None)
        if told.get("danger") == Danger.ASK:
            for language in ("ar", "fr"):
                if not told.get(f"danger_question_{language}"):
                    self.add_error(f"danger_question_{language}", _("Write the question that is asked first."))
        if told.get("danger") in (Danger.ASK, Danger.STOP) and "call" not in self.errors and not told["call"]:
            self.add_error("call", _("Where there may be danger, somebody must be called."))
        return told


def _callable() -> list[tuple[str, str]]:
    """Whoever has a number for emergencies; who is only called is known by the number itself."""
    rows = Body.objects.order_by("kind", "name", "code")
    found = []
    for body in rows:
        number = body.emergency_phone or (body.phone if body.is_call_only else "")
        if number:
            found.append((body.phone if body.is_call_only else body.code, f"{body.name} ({number})"))
    return found


class QuestionForm(forms.Form):
    """One question of a service's form."""

    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        help_text=_("Small Latin letters and digits; answers are kept under it, so it never changes."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    text_ar = words(_("Question in Arabic"), "rtl", longest=240, required=True)
    text_fr = words(_("Question in French"), "ltr", longest=240, required=True)
    text_en = words(_("Question in English"), "ltr", longest=240)
    datatype = forms.ChoiceField(label=_("Answer"), choices=DATATYPES, widget=forms.RadioSelect)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    position = forms.IntegerField(label=_("Place in the form"), min_value=0, max_value=99, initial=0)
    active = forms.BooleanField(
        label=_("Asked in the form"),
        required=False,
        initial=True,
        help_text=_("Switched off, its answers can still be read with their cases."),
    )
    choices = forms.CharField(
        label=_("The list, one line each: code | Arabic | French | English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
    )

    def __init__(self, data: Any = None, *, question: Question, others: set[str]) -> None:
        kept = {name: getattr(question, name) for name in self.base_fields if name != "choices"} if question.pk else {}
        lines = [f"{row.code} | {row.name_ar} | {row.name_fr} | {row.name_en or ''}" for row in _rows(question)]
        super().__init__(data, initial={**kept, "choices": "\n".join(lines)})
        self.others = others
        if question.pk:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not CODE.fullmatch(code):
            raise ValidationError(_("Only small Latin letters, digits, - and _."))
        if code in self.others:
            raise ValidationError(_("This form has a question with this code already."))
        return code

    def clean_choices(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        read = [_choice(line) for line in lines]
        if len({choice["code"] for choice in read}) != len(read):
            raise ValidationError(_("Two lines have the same code."))
        return read

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_list = told.get("datatype") in LISTS
        if is_list and "choices" not in self.errors and len(told["choices"]) < 2:
            self.add_error("choices", _("A list needs two lines or more."))
        if not is_list and told.get("choices"):
            self.add_error("choices", _("Only a list has lines; leave this empty."))
        return told


def _rows(question: Question) -> list[Any]:
    return list(question.choices.order_by("position", "pk")) if question.pk else []


def _choice(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (3, 4) or not CODE.fullmatch(parts[0]) or not all(parts[:3]) or max(map(len, parts)) > 160:
        raise ValidationError(_("This line is not “code | Arabic | French | English”: %(line)s") % {"line": line[:80]})
    return {"code": parts[0], "name_ar": parts[1], "name_fr": parts[2], "name_en": parts[3] if len(parts) == 4 else ""}
