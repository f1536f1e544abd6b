"""The second step after a password, and what an app or a passkey is told about this site."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlsplit

import segno
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOT_RIGHT = gettext_lazy("This is not right. Try again, with a fresh code or your key.")


class SecondStep(AuthenticateStage):
    """Asked of whoever has an app or a key, unless the code by letter was their way in: that is one by itself."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if any(record["method"] == "code" for record in get_authentication_records(request, self.login.user)):
            return False
        return bool(super()._should_handle(request))


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted with the installation's key; the site is named by its own address, never by Host."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NOT_RIGHT,
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        # With its namespace: an image of its own is nothing without.
        segno.make(url, error="m").save(drawn, kind="svg", xmldecl=False, border=2, light="#fff", dark="#000", scale=5)
        return drawn.getvalue().decode()

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return f"{_('Provincial Citizen Window')} ({urlsplit(settings.SITE_URL).hostname})"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": self._get_site_name()}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("My key")


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
