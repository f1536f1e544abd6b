"""How allauth behaves here: nobody signs up alone, and every sign-in leaves a line on the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from nafida.mail.backend import PURPOSE_HEADER
from nafida.mail.render import letter_frame
from nafida.people.models import User
from nafida.people.sessions import settle
from nafida.people.trail import Traced, trace

SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
AGAIN_BY = {
    "reauthenticate": _("With my password"),
    "mfa_reauthenticate": _("With a code of my app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
ACCESS_CHANGES = {
    "password_set": _("A password was set."),
    "password_changed": _("The password was changed."),
    "totp_activated": _("An app for codes was set up."),
    "totp_deactivated": _("The app for codes was taken away."),
    "recovery_codes_generated": _("New recovery codes were made; the old ones are dead."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was removed."),
}
JUST_SHOWN = ("totp_activated", "webauthn_added")  # whoever has set it up has just used it


def _way(request: HttpRequest, user: Any) -> str:
    """How somebody came in, by what this session has seen of them: code, passkey or password."""
    if did_use_passwordless_login(request, user):
        return "passkey"
    methods = {record["method"] for record in get_authentication_records(request, user)}
    return "code" if "code" in methods and "password" not in methods else "password"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Look at the letter again, or ask for a new code."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, then ask for a new code."),
        "rate_limited": _("Too many attempts. Please wait a few minutes, then ask for a new code."),
        "email_password_mismatch": _("This address and this password do not belong together."),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_password": _("This password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        settle(request)
        trace(Traced.SIGNED_IN, by=user, way=_way(request, user))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def is_login_by_code_required(self, login: Login) -> bool:
        """A password alone opens nothing: without an app or a key, the code by letter is the second step."""
        if _way(self.request, login.user) in ("code", "passkey"):
            return False
        return not is_mfa_enabled(login.user, SECOND_STEPS)

    def get_login_stages(self) -> list[str]:
        own = {"allauth.mfa.stages.AuthenticateStage": "nafida.people.second_step.SecondStep"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):  # a recovery code is the last resort
            methods.sort(key=lambda method: method["id"] == "mfa_reauthenticate")
        return [{**method, "description": AGAIN_BY[method["id"]]} for method in methods]

    def set_password(self, user: Any, password: str) -> None:
        """The slow part, its digest, is made before the transaction that keeps it with its trace."""
        change = "password_changed" if user.has_usable_password() else "password_set"
        user.set_password(password)
        with transaction.atomic():
            user.save()
            trace(Traced.ACCESS_CHANGED, by=user, change=change)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """How somebody signs in has changed: a letter tells whose account it is. For the trail see access_changes."""
        what = template_prefix.rpartition("/")[2]
        if what in JUST_SHOWN:
            record_authentication(self.request, user, method="mfa", reauthenticated=True)
        with translation.override(user.language):
            said = str(ACCESS_CHANGES[what])
        self.send_mail("account/email/access_changed", user.email, {"said": said})

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            trace(Traced.SIGNED_OUT, by=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        trace(Traced.SIGN_IN_FAILED, way="password")
        super().authentication_failed(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the account that the address belongs to, whatever page it was asked from."""
        user = User.objects.filter(email=email.strip().lower()).first()
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, {**context, **letter_frame(), "site_url": settings.SITE_URL})

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        marked = {**(headers or {}), PURPOSE_HEADER: template_prefix.rpartition("/")[2]}
        message: EmailMessage = super().render_mail(template_prefix, email, context, marked)
        return message
