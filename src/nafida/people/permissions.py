"""Who may come: every route of ours wears one of these, and a house test looks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from nafida.people.models import Role
from nafida.people.sessions import keep_alive

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody may come; what they get must be public."""
    view.who = "public"  # type: ignore[attr-defined]
    return view


def key_holder(view: View) -> View:
    """Whoever holds the secret in the address (a private link, a one-time link); the view checks it."""
    view.who = "key_holder"  # type: ignore[attr-defined]
    return view


def officer_required(*roles: Role) -> Callable[[View], View]:
    """Members of a body; with roles named, only those who hold one of them today. Nothing of it is kept by caches."""

    def wear(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            memberships = user.memberships.on(timezone.localdate())
            if roles:
                memberships = memberships.with_role(*roles)
            if not memberships.exists():
                raise PermissionDenied
            keep_alive(request)
            return view(request, *args, **kwargs)

        guarded.who = "officer" if not roles else "+".join(roles)  # type: ignore[attr-defined]
        return guarded

    return wear


def private_page(view: View) -> View:
    """A page behind a secret address: no cache keeps it, no search engine lists it, no other site learns of it."""

    @wraps(view)
    def discreet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return discreet


def same_origin_post(view: View) -> View:
    """Take a POST from our own pages only, told by what the browser says of it: no session and no cookie needed.

    A POST from elsewhere gets 403 and a sentence. Stands above `public` or `key_holder`.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not _comes_from_here(request, view):
            return render(request, "people/not_from_here.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def _comes_from_here(request: HttpRequest, view: View) -> bool:
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin == "null":
        # A page that tells nobody its address sends this; there the secret in the address is the proof.
        return getattr(view, "who", "") == "key_holder"
    origin = origin or request.headers.get("Referer")
    if origin is None:
        return True
    try:
        sender = urlsplit(origin).netloc
    except ValueError:
        return False
    return sender in (request.get_host(), urlsplit(settings.SITE_URL).netloc)
