"""Forms of the second step: an app's code, a recovery code, a passkey."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.people.forms.passwords import dress
from nafida.people.sessions import note_own_device, own_device_field
from nafida.people.trail import Traced, trace

LONGEST_NAME = 60


class DigitsMixin:
    """A code in Western or Arabic digits, with or without spaces."""

    def _dress_code(self, label: Any, help_text: Any) -> None:
        field = self.fields["code"]  # type: ignore[attr-defined]
        dress(field, label, inputmode="numeric", autofocus=True, maxlength=20)
        field.help_text = help_text

    def clean_code(self) -> str:
        told = self.cleaned_data  # type: ignore[attr-defined]
        typed = unicodedata.normalize("NFKC", told["code"])
        told["code"] = "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            trace(Traced.SIGN_IN_FAILED, way="second_step")
            raise
        return code


class SecondStepForm(DigitsMixin, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress_code(_("Code"), _("The six digits that your app shows now, or one of your recovery codes."))


class SecondStepAgainForm(DigitsMixin, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress_code(_("Code"), _("The six digits that your app shows now, or one of your recovery codes."))


class AppForm(DigitsMixin, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress_code(_("Code of the app"), _("The six digits that your app shows now."))


class PasskeyForm(AddWebAuthnForm):
    """Name and kind of a new key; the browser fills in the rest."""

    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_(
            "The key then asks for your finger, face or PIN. Otherwise it is only the second step after the password."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_name(self)


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_name(self)


class PasskeySignInForm(LoginWebAuthnForm):
    """A passkey in place of everything else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mine"] = own_device_field()

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()
        except ValidationError:
            trace(Traced.SIGN_IN_FAILED, way="passkey")
            raise
        return found

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        note_own_device(context.request, bool(told.get("mine")))
        return told


def _dress_name(form: forms.Form) -> None:
    field = form.fields["name"]
    assert isinstance(field, forms.CharField)
    dress(field, _("Name of the key"), dir="auto", maxlength=LONGEST_NAME)
    field.help_text = _("So that you know it again, such as “my phone”.")
