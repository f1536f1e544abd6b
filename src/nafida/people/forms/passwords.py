"""Forms with a password: signing in, setting one, changing it, saying it once more."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.core import context
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nafida.people.passwords import SHORTEST
from nafida.people.sessions import note_own_device, own_device_field


def dress(field: forms.Field, label: Any, **attrs: Any) -> None:
    """Our own words on a field of allauth's, and no placeholder in the place of a label."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"dir": "ltr", **attrs}


class PasswordSignInForm(LoginForm):
    """Address and password; a second step always follows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["login"], _("Your e-mail address"), autocomplete="username", autofocus=True)
        dress(self.fields["password"], _("Password"))
        self.fields["password"].help_text = ""
        self.fields["mine"] = own_device_field()
        self.order_fields(["login", "password", "mine"])

    def _setup_password_field(self) -> None:
        """allauth would take the field away: nobody signs up here with a password."""

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean()
        note_own_device(context.request, bool(told.get("mine")))
        return told


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_new(self)


class AnotherPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["oldpassword"], _("Your password until now"), autofocus=True)
        self.fields["oldpassword"].help_text = ""
        dress_new(self)


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["password"], _("Password"), autofocus=True)
        self.fields["password"].help_text = ""


def dress_new(form: forms.Form) -> None:
    """The two fields of a new password."""
    dress(form.fields["password1"], _("New password"))
    words = gettext("At least %(count)d characters; a few words in a row are easy to remember.")
    form.fields["password1"].help_text = words % {"count": SHORTEST}
    dress(form.fields["password2"], _("The new password again"))
