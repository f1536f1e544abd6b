"""Who may come: every route of ours wears one of these, and a house test looks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from nafida.people.models import Role

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anybody may come; what they get must be public."""
    view.who = "public"  # type: ignore[attr-defined]
    return view


def key_holder(view: View) -> View:
    """Whoever holds the secret in the address (a private link, a one-time link); the view checks it."""
    view.who = "key_holder"  # type: ignore[attr-defined]
    return view


def officer_required(*roles: Role) -> Callable[[View], View]:
    """Members of a body; with roles named, only those who hold one of them today."""

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            memberships = user.memberships.on(timezone.localdate())
            if roles:
                memberships = memberships.with_role(*roles)
            if not memberships.exists():
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.who = "officer" if not roles else "+".join(roles)  # type: ignore[attr-defined]
        return guarded

    return wear
