"""The State's local authorities: an editable table with dates and drawn areas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from nafida.desk.forms.authorities import AuthorityForm, JurisdictionForm
from nafida.desk.pages import show
from nafida.desk.settings_changes import add_authority, add_jurisdiction, change_body, change_jurisdiction
from nafida.desk.sketch import sketch
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.drawing import overlapping
from nafida.territory.models import Body, BodyKind, Jurisdiction


def with_areas() -> QuerySet[Body]:
    """Local authorities, past ones too, with their areas; `is_drawn` stands for the long boundaries."""
    areas = Jurisdiction.objects.defer("boundary").annotate(is_drawn=Q(boundary__isnull=False))
    bodies: QuerySet[Body] = Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY)
    return bodies.select_related("superior").prefetch_related(Prefetch("jurisdictions", areas)).order_by("name", "code")


@officer_required(Role.ADMINISTRATOR)
def authorities(request: HttpRequest) -> HttpResponse:
    """The table, and a form for one more."""
    assert isinstance(request.user, User)
    form = AuthorityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            body = add_authority(by=request.user, facts=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("%(body)s: kept.") % {"body": body.name})
            return redirect("desk:authority", body.code)
    today = timezone.localdate()
    rows = [(body, body.valid_to is not None and body.valid_to < today) for body in with_areas()]
    context = {"form": form, "rows": rows, "sketch": sketch(today)}
    return show(request, "desk/authorities.html", context, at="settings", status=_status(request))


@officer_required(Role.ADMINISTRATOR)
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """One authority: its facts in a form, and its areas."""
    assert isinstance(request.user, User)
    found = get_object_or_404(with_areas(), code=code)
    form = AuthorityForm(request.POST if request.method == "POST" else None, body=found)
    if form.is_valid():
        try:
            change_body(found, by=request.user, facts=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("%(body)s: kept.") % {"body": found.name})
            for row in Jurisdiction.objects.filter(body=found).drawn().select_related("body"):
                _warn(request, row)
            return redirect("desk:authorities")
    context = {"form": form, "body": found}
    return show(request, "desk/authority.html", context, at="settings", status=_status(request))


@officer_required(Role.ADMINISTRATOR)
def add_area(request: HttpRequest, code: str) -> HttpResponse:
    """One more area of an authority, or its next one."""
    assert isinstance(request.user, User)
    body = get_object_or_404(Body.objects.of_kind(BodyKind.LOCAL_AUTHORITY), code=code)
    form = _filled(request)
    if form.is_valid():
        try:
            row = add_jurisdiction(body, by=request.user, facts=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            return _kept(request, row)
    return _show_area(request, form, body)


@officer_required(Role.ADMINISTRATOR)
def area(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Change where an authority answers, or when."""
    assert isinstance(request.user, User)
    row = get_object_or_404(Jurisdiction.objects.select_related("body"), pk=key, body__code=code)
    form = _filled(request, row)
    if form.is_valid():
        try:
            row = change_jurisdiction(row, by=request.user, facts=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            return _kept(request, row)
    return _show_area(request, form, row.body, row)


def _filled(request: HttpRequest, row: Jurisdiction | None = None) -> JurisdictionForm:
    sent = request.method == "POST"
    return JurisdictionForm(request.POST if sent else None, request.FILES if sent else None, row=row)


def _show_area(request: HttpRequest, form: Form, body: Body, row: Jurisdiction | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "body": body, "row": row}
    return show(request, "desk/jurisdiction.html", context, at="settings", status=_status(request))


def _kept(request: HttpRequest, row: Jurisdiction) -> HttpResponse:
    messages.success(request, _("%(body)s: kept.") % {"body": row.body.name})
    _warn(request, row)
    return redirect("desk:authority", row.body.code)


def _warn(request: HttpRequest, row: Jurisdiction) -> None:
    """Two authorities on the same ground are lawful where one lies within the other, and a slip otherwise."""
    names = sorted({other.body.name for other in overlapping(row)})
    if names:
        said = _("This area overlaps with: %(names)s. Where two authorities overlap, the smaller area counts.")
        messages.warning(request, said % {"names": " · ".join(names)})


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
