"""The page behind an invitation: it makes an account with its role, once."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nafida.desk.forms.people import InvitedForm
from nafida.people.actions import InvitationSpent, accept_invitation
from nafida.people.models import Invitation, User
from nafida.people.permissions import key_holder
from nafida.people.sessions import settle
from nafida.people.trail import Traced, trace


@never_cache
@key_holder
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for address and name; an address that has an account gets the role, but is not signed in by a link alone."""
    found = Invitation.objects.select_related("body").by_token(token)
    if found is None:
        return render(request, "desk/invitation_spent.html", status=410)
    form = InvitedForm(request.POST or None, invitation=found)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "desk/invitation.html", {"form": form, "invitation": found}, status=status)
    try:
        user, is_new = _accept(token, form.cleaned_data["email"], form.cleaned_data["name"])
    except InvitationSpent:
        return render(request, "desk/invitation_spent.html", status=410)
    if is_new:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        settle(request)
        messages.success(request, _("Welcome. Next time you sign in with a code that we send to your address."))
        return redirect("desk:inbox")
    messages.success(request, _("Your account has this role now. Sign in with a code."))
    return redirect("desk:inbox")


invitation.opens_letter_by_post = True  # type: ignore[attr-defined]


@transaction.atomic
def _accept(token: str, email: str, name: str) -> tuple[User, bool]:
    is_new = not User.objects.filter(email=email.strip().lower()).exists()
    user = accept_invitation(token, email=email, name=name, language=get_language() or settings.LANGUAGE_CODE)
    if is_new:
        trace(Traced.SIGNED_IN, by=user, way="invitation")
    return user, is_new
