"""The door to the officers' pages, and the devices on which one is signed in. allauth does the rest, see urls.py."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nafida.people.models import User
from nafida.people.permissions import officer_required, public
from nafida.people.sessions import device_name
from nafida.people.trail import Traced, trace

FRESH = 900  # seconds after a code by letter during which a forgotten password may be dropped


@public
def login(request: HttpRequest) -> HttpResponse:
    """The sign-in begins with the code by e-mail; where to go afterwards is passed on and checked there."""
    wanted = request.GET.get("next")
    query = "?" + urlencode({"next": wanted}) if wanted else ""
    return redirect(reverse("account_request_login_code") + query)


@require_safe
@officer_required()
def devices(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, this device first, then the one used last."""
    rows = UserSession.objects.purge_and_list(request.user)
    here = request.session.session_key
    rows.sort(key=lambda row: (row.session_key == here, row.last_seen_at), reverse=True)
    listed = [(row, device_name(row.user_agent), row.session_key == here) for row in rows]
    return render(request, "people/devices.html", {"devices": listed})


@require_POST
@officer_required()
def end_device(request: HttpRequest, key: int) -> HttpResponse:
    """Sign out on one's other device."""
    assert isinstance(request.user, User)
    row = get_object_or_404(UserSession, pk=key, user_id=request.user.pk)
    with transaction.atomic():
        trace(Traced.SESSION_ENDED, by=request.user, session=row.pk)
        row.end()
    messages.success(request, _("You are signed out there."))
    return redirect("devices")


@require_POST
@officer_required()
def forget_password(request: HttpRequest) -> HttpResponse:
    """Drop a forgotten password: only for whoever has just come in by a code, which proves the address is theirs."""
    assert isinstance(request.user, User)
    codes = [record["at"] for record in get_authentication_records(request, request.user) if record["method"] == "code"]
    if not codes or time.time() - codes[-1] > FRESH:
        messages.warning(request, _("Sign out, sign in with a code by e-mail, then come back here at once."))
        return redirect("account_change_password")
    with transaction.atomic():
        request.user.set_unusable_password()
        request.user.save(update_fields=["password"])
        trace(Traced.ACCESS_CHANGED, by=request.user, change="password_dropped")
    update_session_auth_hash(request, request.user)
    return redirect("account_set_password")
