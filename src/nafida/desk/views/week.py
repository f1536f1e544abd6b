"""The working week, and from when another one holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nafida.desk.forms.settings import WeekForm
from nafida.desk.pages import show
from nafida.desk.settings_changes import drop_week, set_week
from nafida.packs.pack import load_pack
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.calendars import Weekdays, calendar
from nafida.territory.models import WorkingWeek


@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def week(request: HttpRequest) -> HttpResponse:
    """The weeks that hold, one after the other, newest first, and a form for one more."""
    assert isinstance(request.user, User)
    today = timezone.localdate()
    now = [str(number) for number in WEEKDAYS if number in calendar().week_on(today)]
    form = WeekForm(request.POST if request.method == "POST" else None, initial={"weekdays": now})
    if form.is_valid():
        set_week(by=request.user, **form.cleaned_data)
        messages.success(request, _("The working week is kept; time limits are being computed anew."))
        return redirect("desk:week")
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/week.html", {"form": form, "weeks": _weeks(today)}, at="settings", status=status)


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def drop(request: HttpRequest, day: str) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        meant = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    drop_week(get_object_or_404(WorkingWeek, starts_on=meant), by=request.user)
    messages.success(request, _("The week before goes on; time limits are being computed anew."))
    return redirect("desk:week")


def _weeks(today: date) -> list[dict[str, Any]]:
    """Each week with its row (none for the pack's), the names of its days, and whether it holds today."""
    rows = list(WorkingWeek.objects.order_by("-starts_on"))
    begun = [row for row in rows if row.starts_on <= today]
    holds = begun[0] if begun else None
    weeks: list[tuple[WorkingWeek | None, Weekdays]] = [(row, row.days) for row in rows]
    weeks.append((None, load_pack(settings.PACK).weekdays))
    return [
        {"row": row, "days": [name for number, name in WEEKDAYS.items() if number in days], "holds": row == holds}
        for row, days in weeks
    ]
