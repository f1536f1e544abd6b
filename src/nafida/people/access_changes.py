"""Changes of how somebody signs in: kept in one transaction with their line on the trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from nafida.people.trail import Traced, trace

View = Callable[..., HttpResponse]
ADDED = {
    Authenticator.Type.TOTP: "totp_activated",
    Authenticator.Type.WEBAUTHN: "webauthn_added",
    Authenticator.Type.RECOVERY_CODES: "recovery_codes_generated",
}
REMOVED = {Authenticator.Type.TOTP: "totp_deactivated", Authenticator.Type.WEBAUTHN: "webauthn_removed"}


def traced(view: View) -> View:
    """A page of allauth that adds or removes second steps: each change and its trace are there together or not at all.

    allauth tells of some of them only after its commit, when the trace could be lost.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = _steps(request)
            response = view(request, *args, **kwargs)
            after = _steps(request)
            for key in after.keys() - before.keys():
                trace(Traced.ACCESS_CHANGED, by=request.user, change=ADDED[after[key]])  # type: ignore[arg-type]
            for key in before.keys() - after.keys():
                if before[key] in REMOVED:
                    trace(Traced.ACCESS_CHANGED, by=request.user, change=REMOVED[before[key]])  # type: ignore[arg-type]
        return response

    return kept


def _steps(request: HttpRequest) -> dict[int, Any]:
    """Key → type of each second step of whoever asks."""
    return dict(Authenticator.objects.filter(user_id=request.user.pk).values_list("pk", "type"))
