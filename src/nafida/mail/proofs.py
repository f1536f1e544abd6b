"""What this browser has shown to be its own: a sealed cookie with keyed digests of a few addresses, telephones, keys.

See docs/decisions/trust-needs-proof.md. Nobody without our key can make one or tell what is in it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .standing import digest_of_address

COOKIE = "known"
_SALT = "nafida.mail.known"
_KEPT = 180 * 86400  # seconds
_MOST = 12
_LENGTH = 20  # hex digits of each digest


def is_proved(request: HttpRequest, own: str) -> bool:
    """Whether this browser has opened one of our letters to this address, or what else `own` names."""
    return bool(own) and _digest(own) in _digests(request)


def keep_proof(request: HttpRequest, response: HttpResponse, *own: str) -> None:
    """Let the browser remember half a year what is its own; of more than a dozen the oldest goes."""
    known = _digests(request)
    new = [digest for digest in map(_digest, filter(None, own)) if digest not in known]
    if new:
        sealed = ".".join([*new, *known][:_MOST])
        secure = settings.SESSION_COOKIE_SECURE
        response.set_signed_cookie(
            COOKIE, sealed, salt=_SALT, max_age=_KEPT, httponly=True, samesite="Lax", secure=secure
        )


def _digest(own: str) -> str:
    return digest_of_address(own)[:_LENGTH]


def _digests(request: HttpRequest) -> list[str]:
    sealed = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_KEPT)
    return (sealed or "").split(".") if sealed else []
