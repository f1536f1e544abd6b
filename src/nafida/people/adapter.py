"""How allauth behaves here: nobody signs up alone, and every sign-in leaves a line on the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from nafida.mail.backend import PURPOSE_HEADER
from nafida.mail.render import letter_frame
from nafida.people.models import User
from nafida.people.trail import Traced, trace


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Look at the letter again, or ask for a new code."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes, then ask for a new code."),
        "rate_limited": _("Too many attempts. Please wait a few minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        trace(Traced.SIGNED_IN, by=user, way="code")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

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
