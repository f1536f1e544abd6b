"""Forms about officers: who is invited to what, and what an invited one says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.people.models import Invitation, Role
from nafida.territory.models import Body


class InvitedForm(forms.Form):
    """Address and name of whoever follows an invitation; one made for an address serves that address only."""

    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Your colleagues see it; citizens do not."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.email:
            self.fields["email"].initial = invitation.email
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class InviteForm(forms.Form):
    """Whom to invite, in which role; the link goes to the address and works for it only."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: list[Role], body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].initial = roles[0].value

    def clean_role(self) -> Role:
        role = Role(self.cleaned_data["role"])
        # Who coordinates sees every case of the province: that is done from the governorate.
        if role in (Role.COORDINATOR, Role.ADMINISTRATOR) and self.body.kind != "governorate":
            raise ValidationError(_("This role is given at the governorate only."))
        return role
