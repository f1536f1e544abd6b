"""The two steps of signing in: an address, then the code that was sent there."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nafida.people.sessions import note_own_device, own_device_field
from nafida.people.trail import Traced, trace


class RequestCodeForm(RequestLoginCodeForm):
    """Whoever it is, the answer is the same: nobody learns here which addresses have an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Your e-mail address")
        email.help_text = _("The one your administration knows you by. We send a code to it.")
        email.widget.attrs = {"autocomplete": "email", "autofocus": True, "dir": "ltr"}
        self.fields["mine"] = own_device_field()

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        note_own_device(context.request, bool(self.cleaned_data.get("mine")))
        return told


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Takes the code with or without dash or spaces, in Western or Arabic digits; a wrong one is traced."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code")
        code.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
            "dir": "ltr",
            "maxlength": 20,
        }

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        self.cleaned_data["code"] = "".join(
            str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed
        )
        try:
            code: str = super().clean_code()
        except ValidationError:
            trace(Traced.SIGN_IN_FAILED, way="code")
            raise
        return code
