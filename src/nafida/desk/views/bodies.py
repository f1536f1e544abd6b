"""The administrations and how each is reached."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nafida.cases.letters.unread import bodies_nobody_reads
from nafida.desk.forms.settings import BodyForm
from nafida.desk.pages import show
from nafida.desk.settings_changes import change_body
from nafida.people.models import Membership, Role, User
from nafida.people.permissions import officer_required
from nafida.territory.models import Body, BodyKind

SHELVES = {
    BodyKind.GOVERNORATE: _("Governorate"),
    BodyKind.PROVINCIAL_COUNCIL: _("Provincial council"),
    BodyKind.COMMUNE: _("Communes"),
    BodyKind.INTERCOMMUNAL: _("Intercommunal groups"),
    BodyKind.COMPANY: _("Companies"),
    BodyKind.STATE_DIRECTORATE: _("State directorates"),
    BodyKind.LOCAL_AUTHORITY: _("Local authorities"),
    BodyKind.CALL_ONLY: _("Numbers to call, never written to"),
}


@officer_required(Role.ADMINISTRATOR)
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies by kind, with who can be reached."""
    today = timezone.localdate()
    rows = Body.objects.on(today).order_by("name", "code")
    officers = Membership.objects.on(today).with_role(Role.AGENT, Role.MANAGER).filter(user__is_active=True)
    with_officers = set(officers.values_list("body", flat=True))
    by_kind: dict[str, list[tuple[Body, bool]]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append((row, row.pk in with_officers))
    kinds = [(heading, by_kind[kind]) for kind, heading in SHELVES.items() if kind in by_kind]
    unread = set(bodies_nobody_reads().values_list("body", flat=True))
    return show(request, "desk/bodies.html", {"kinds": kinds, "unread": unread}, at="settings")


@officer_required(Role.ADMINISTRATOR)
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Addresses, language and part of one body."""
    assert isinstance(request.user, User)
    found = get_object_or_404(Body, code=code)
    form = BodyForm(request.POST if request.method == "POST" else None, body=found)
    if form.is_valid():
        try:
            change_body(found, by=request.user, facts=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, gettext("%(body)s: kept.") % {"body": found.name})
            return redirect("desk:bodies")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "body": found, "unread": bodies_nobody_reads().filter(body=found).first()}
    return show(request, "desk/body.html", context, at="settings", status=status)
