"""Days that do not follow the calendar."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nafida.desk.forms.settings import DayForm
from nafida.desk.pages import show
from nafida.desk.settings_changes import drop_day, set_day
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import DayOverride


@officer_required(Role.ADMINISTRATOR)
def days(request: HttpRequest) -> HttpResponse:
    """The overrides, newest first, and a form for one more."""
    assert isinstance(request.user, User)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = {"ar": said["name_ar"], "fr": said["name_fr"]}
        is_working = said["kind"] == "working"
        set_day(said["day"], by=request.user, is_working=is_working, names=names, source=said["source"])
        messages.success(request, _("The day is kept; time limits are being computed anew."))
        return redirect("desk:days")
    status = 422 if request.method == "POST" else 200
    overrides = DayOverride.objects.order_by("-day")
    return show(request, "desk/days.html", {"form": form, "overrides": overrides}, at="settings", status=status)


@require_POST
@officer_required(Role.ADMINISTRATOR)
def drop(request: HttpRequest, day: str) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        meant = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if not DayOverride.objects.filter(day=meant).exists():
        raise Http404
    drop_day(meant, by=request.user)
    messages.success(request, _("The day follows the calendar again; time limits are being computed anew."))
    return redirect("desk:days")
