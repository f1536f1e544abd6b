"""Which device says “me too”: a random mark in its browser; a case keeps a digest of it that no other case shares."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from nafida.cases.models import Case
from nafida.people.throttle import DEVICE_COOKIE

YEAR = 365 * 86400


def read_mark(request: HttpRequest) -> str:
    """The mark that the browser brings, or a new one."""
    return request.COOKIES.get(DEVICE_COOKIE, "")[:64] or secrets.token_urlsafe(24)


def digest_for(case: Case, mark: str) -> str:
    """What this case keeps of a device: 64 hexadecimal digits."""
    return salted_hmac("nafida.portal.device", f"{case.pk}:{mark}", algorithm="sha256").hexdigest()


def leave_mark(response: HttpResponse, mark: str) -> None:
    """Let the browser bring it again for a year."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(DEVICE_COOKIE, mark, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
