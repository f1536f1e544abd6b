"""The page that says whether this installation may be opened to citizens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nafida.desk.pages import show
from nafida.desk.readiness import Grade, examine
from nafida.people.models import Role
from nafida.people.permissions import officer_required


@require_safe
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def ready(request: HttpRequest) -> HttpResponse:
    """Every check, what must be done first."""
    found = examine(timezone.now())
    context = {"found": found, "undone": sum(each.grade == Grade.MUST for each in found)}
    return show(request, "desk/ready.html", context, at="settings")
