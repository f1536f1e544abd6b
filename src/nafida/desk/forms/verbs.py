"""A form for each verb of an officer. Every one carries the version of the case that the page showed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nafida.cases.life import Outcome, Verb
from nafida.cases.models import Case, Follower
from nafida.cases.reference import read_reference
from nafida.desk.forms.choices import bodies_but, colleagues_in, services_but
from nafida.desk.forms.photo import CarriesPhoto
from nafida.people.models import User
from nafida.services.models import Service
from nafida.territory.calendars import local_day
from nafida.territory.models import Body

LONGEST = 4000
OUTCOMES = (Outcome.DONE, Outcome.NOT_DONE, Outcome.NOT_FOUND, Outcome.INADMISSIBLE)
"""How a body ends a case. “Not ours” is a transfer: it names whose it is."""


def outcome_field() -> forms.ChoiceField:
    choices = [(outcome.value, outcome.label) for outcome in OUTCOMES]
    return forms.ChoiceField(label=_("Outcome"), choices=choices, widget=forms.RadioSelect)


def words_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return forms.CharField(label=label, max_length=LONGEST, required=required, help_text=help_text, widget=area)


def photo_field(label: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": "image/*"})
    return forms.FileField(label=label, required=False, widget=widget)


class VerbForm(CarriesPhoto):
    """What an officer must say to do something to `case`; `user` is the officer, None for the holder of a link."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, files: Any = None, *, case: Case, user: User | None = None, prefix_id: str = "act"
    ) -> None:
        super().__init__(data, files, auto_id=f"{prefix_id}_%s", initial={"version": case.version})
        self.case, self.user = case, user
        if user is None:
            self.fields["body_reference"] = forms.CharField(
                label=_("Your own reference, if you have one"), max_length=60, required=False
            )
        self.carry_photo()
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def typed(self) -> list[str]:
        """The words somebody typed, to be shown again whatever has become of the case."""
        return [self.data[name] for name in ("text", "reference") if self.data.get(name, "").strip()]


class PlainForm(VerbForm):
    """A verb that needs no words."""


class PlanForm(VerbForm):
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = words_field(_("Words to the citizen"), required=False)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day < local_day(timezone.now()):
            raise ValidationError(_("The day planned lies in the past."))
        return day


class WaitForm(VerbForm):
    text = words_field(
        _("What is missing"), help_text=_("Parts, a machine, a road closed: the citizen reads it. The limit runs on.")
    )


class AskForm(VerbForm):
    text = words_field(
        _("Your question to the citizen"), help_text=_("The time limit stands still until the citizen answers.")
    )


class ReplyForm(VerbForm):
    text = words_field(_("What the citizen answered"), help_text=_("For example by telephone or at the counter."))


class AnswerForm(VerbForm):
    outcome = outcome_field()
    text = words_field(_("Your answer to the citizen"))
    photo = photo_field(_("Photo after the work"))


class CloseForm(VerbForm):
    """One that was answered is closed without more ado; any other says how it ended, and why."""

    outcome = outcome_field()
    text = words_field(_("Why"))

    def prepare(self) -> None:
        if self.case.outcome:
            del self.fields["outcome"]
            self.fields["text"].required = False


class ReopenForm(VerbForm):
    text = words_field(_("Why it is reopened"))


class TransferForm(VerbForm):
    to = forms.ChoiceField(label=_("Which administration is competent"))
    text = words_field(_("Why"), help_text=_("The citizen and the other administration read this."))

    def prepare(self) -> None:
        self.fields["to"].choices = [("", _("Choose…")), *bodies_but(self.case.body_id)]  # type: ignore[attr-defined]

    def clean_to(self) -> Body:
        return Body.objects.get(code=self.cleaned_data["to"])


class MergeForm(VerbForm):
    reference = forms.CharField(label=_("Reference of the case that goes on"), max_length=40)

    def clean_reference(self) -> str:
        reference = read_reference(self.cleaned_data["reference"])
        seen = Case.objects.on_desk_of(self.user) if self.user else Case.objects.none()
        into = seen.filter(reference=reference).first() if reference else None
        if into is None:
            raise ValidationError(_("There is no case with this reference on your desk."))
        self.cleaned_data["into"] = into
        return into.reference


class ServiceForm(VerbForm):
    service = forms.ChoiceField(label=_("Which subject it is"))

    def prepare(self) -> None:
        self.fields["service"].choices = [("", _("Choose…")), *services_but(self.case)]  # type: ignore[attr-defined]

    def clean_service(self) -> Service:
        return Service.objects.get(code=self.cleaned_data["service"])


class SplitForm(ServiceForm):
    service = forms.ChoiceField(label=_("Subject of the second case"))
    text = words_field(_("Why"), help_text=_("The second case goes to the administration that answers for it."))


class AssignForm(VerbForm):
    to = forms.ChoiceField(label=_("Who works on it"), required=False)

    def prepare(self) -> None:
        mine = str(self.user.pk) if self.user else ""
        people = [(pk, _("Me") if pk == mine else name) for pk, name in colleagues_in(self.case.body_id)]
        people.sort(key=lambda choice: choice[0] != mine)
        self.fields["to"].choices = [*people, ("", _("Nobody in particular"))]  # type: ignore[attr-defined]

    def clean_to(self) -> User | None:
        key = self.cleaned_data["to"]
        return User.objects.get(pk=key) if key else None


class NoteForm(VerbForm):
    text = words_field(_("Note for colleagues"), help_text=_("Citizens never see it."))


class CallForm(VerbForm):
    whom = forms.ChoiceField(label=_("Who was called?"), widget=forms.RadioSelect)
    reached = forms.ChoiceField(
        label=_("Was the citizen reached?"),
        choices=[("yes", _("Yes")), ("no", _("No, to be called again"))],
        widget=forms.RadioSelect,
    )
    text = words_field(_("What was said"), required=False)

    def prepare(self) -> None:
        self.followers = {str(row.pk): row for row in self.case.followers_by_phone}
        if not self.followers:
            del self.fields["whom"]
            return
        reporter = [("reporter", _("Whoever reported it"))] if self.case.contact.phone else []
        numbered = enumerate(self.followers, start=1)
        followers = [(key, _("Follower %(number)d") % {"number": number}) for number, key in numbered]
        self.fields["whom"].choices = [*reporter, *followers]  # type: ignore[attr-defined]

    def clean_whom(self) -> Follower | None:
        """The follower; None for whoever reported it."""
        return self.followers.get(self.cleaned_data["whom"])

    def clean_reached(self) -> bool:
        return bool(self.cleaned_data["reached"] == "yes")


class ExtendForm(VerbForm):
    working_days = forms.IntegerField(label=_("New limit in working days, from the first sending"), max_value=365)
    text = words_field(_("Why"))

    def prepare(self) -> None:
        days = self.case.deadlines.citizens().get().working_days
        field = self.fields["working_days"]
        field.min_value = days + 1  # type: ignore[attr-defined]
        field.help_text = _("More than %(days)d.") % {"days": days}
        field.widget.attrs |= {"min": days + 1, "inputmode": "numeric"}


class AttachForm(VerbForm):
    photo = photo_field(_("Photo after the work"))
    body_reference = forms.CharField(label=_("Your own reference"), max_length=60, required=False)

    def prepare(self) -> None:
        self.fields["body_reference"].initial = self.case.body_reference

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.kept and not said.get("photo") and said.get("body_reference", "") == self.case.body_reference:
            raise ValidationError(_("Choose a photo, or write your reference."))
        return said


class EraseForm(VerbForm):
    sure = forms.BooleanField(
        label=_("Erase name, address, words, photos and letters of this case for good"),
        help_text=_("At the request of whoever filed it. It cannot be undone."),
    )


FORMS: dict[Verb, type[VerbForm]] = {
    Verb.TAKE_IN_HAND: PlainForm,
    Verb.PLAN: PlanForm,
    Verb.WAIT: WaitForm,
    Verb.ASK: AskForm,
    Verb.REPLY: ReplyForm,
    Verb.ANSWER: AnswerForm,
    Verb.CLOSE: CloseForm,
    Verb.REOPEN: ReopenForm,
    Verb.TRANSFER: TransferForm,
    Verb.MERGE: MergeForm,
    Verb.SPLIT: SplitForm,
    Verb.CHANGE_SERVICE: ServiceForm,
    Verb.ASSIGN: AssignForm,
    Verb.NOTE: NoteForm,
    Verb.CALL: CallForm,
    Verb.EXTEND: ExtendForm,
    Verb.ERASE: EraseForm,
    Verb.SHOW: PlainForm,
    Verb.ATTACH: AttachForm,
}
