"""What is late, by administration, and what to do first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from nafida.cases.models import Case
from nafida.desk.lateness import by_channel, first_to_do, late_by_body
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required


@officer_required(Role.COORDINATOR, Role.MANAGER)
def late(request: HttpRequest) -> HttpResponse:
    """For the coordinator the whole province, for a manager the own administrations."""
    assert isinstance(request.user, User)
    desk, now = Case.objects.on_desk_of(request.user), timezone.now()
    context = {
        "rows": late_by_body(desk, now),
        "first": first_to_do(desk, now),
        "channels": by_channel(desk, now),
    }
    return show(request, "desk/late.html", context, at="late")
