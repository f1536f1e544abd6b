"""Officers with second steps of each kind, for the pages that only they see: planted by `estate.plant()`."""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from nafida.people.models import User
from tests import factories

PASSWORD = "une lampe dans la rue"
DAY = 86400


def plant() -> dict[str, str]:
    """Sessions with a fresh proof `app_holder` and `key_holder`, one before the second step `halfway`; `passkey`."""
    with_app, with_key = _officer(), _officer()
    TOTP.activate(with_app, generate_totp_secret())
    RecoveryCodes.activate(with_app)
    credential: dict[str, Any] = {"name": "الهاتف", "credential": {}}
    key = Authenticator.objects.create(user=with_key, type=Authenticator.Type.WEBAUTHN, data=credential)
    sessions = {"app_holder": _signed_in(with_app), "key_holder": _signed_in(with_key)}
    return {**sessions, "halfway": _halfway(with_app), "passkey": str(key.pk)}


def _officer() -> User:
    user = factories.officer(name="الموظف")
    user.set_password(PASSWORD)
    user.save()
    return user


def _signed_in(user: User) -> str:
    """A session whose last proof stays fresh for as long as any run of the tests."""
    browser = Client()
    browser.force_login(user)
    session = browser.session
    proof = {"method": "password", "at": time.time() + DAY, "email": user.email}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session.save()
    return browser.cookies["sessionid"].value


def _halfway(user: User) -> str:
    browser = Client(HTTP_HOST="localhost")
    browser.post(reverse("sign_in_by_password"), {"login": user.email, "password": PASSWORD})
    return browser.cookies["sessionid"].value
