"""Which communes take part, and what the citizens of the others are told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.desk.forms.settings import ParticipationForm
from nafida.desk.pages import show
from nafida.desk.settings_changes import set_participation
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import Area, Body, Participation
from nafida.territory.participation import absent_communes


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def participation(request: HttpRequest) -> HttpResponse:
    """All communes, each with whether it takes part."""
    absent = absent_communes(timezone.localdate())
    communes = Area.objects.communes().defer("boundary").order_by("name", "code")
    rows = [(area, absent.get(area.pk)) for area in communes]
    return show(request, "desk/participation.html", {"rows": rows}, at="settings")


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """Let one commune take part, at once or from a day on, or stand back."""
    assert isinstance(request.user, User)
    today = timezone.localdate()
    area = get_object_or_404(Area.objects.communes().defer("boundary"), code=code.replace("\0", ""))
    row = Participation.objects.filter(area=area).first()
    body = Body.objects.on(today).commune_of(area)
    data = request.POST if request.method == "POST" else None
    form = ParticipationForm(data, row=row, phone=body.phone if body else "", today=today)
    if form.is_valid():
        set_participation(area, by=request.user, facts=form.cleaned_data)
        messages.success(request, _("%(body)s: kept.") % {"body": area.name})
        return redirect("desk:participation")
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/commune.html", {"form": form, "area": area}, at="settings", status=status)
