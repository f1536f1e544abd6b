"""Landmarks: what is proposed, what is there, one more."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nafida.desk.forms.landmarks import LandmarkForm
from nafida.desk.landmark_changes import add_landmark, change_landmark, remove_landmark
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required
from nafida.territory.landmarks import suggest
from nafida.territory.models import Landmark, LandmarkState

MOST = 100
LONGEST = 100  # characters of a question


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def landmarks(request: HttpRequest) -> HttpResponse:
    """What reports propose, what answers to `?q=` or was added last, and a form for one more."""
    assert isinstance(request.user, User)
    form = LandmarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            row = add_landmark(by=request.user, facts=form.facts())
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
        else:
            return _kept(request, row)
    text = request.GET.get("q", "").strip()[:LONGEST]
    known = Landmark.objects.select_related("area").defer("area__boundary")
    context = {
        "form": form,
        "text": text,
        "proposed": known.proposed().order_by("pk")[:MOST],
        "rows": suggest(text, limit=MOST) if text else known.kept().order_by("-pk")[:MOST],
        "count": Landmark.objects.kept().count(),
    }
    return show(request, "desk/landmarks.html", context, at="settings", status=_status(request))


@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def landmark(request: HttpRequest, key: int) -> HttpResponse:
    """Change one; saving keeps what was only proposed."""
    assert isinstance(request.user, User)
    row = get_object_or_404(_present(), pk=key)
    form = LandmarkForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            return _kept(request, change_landmark(row, by=request.user, facts=form.facts()))
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
    return show(request, "desk/landmark.html", {"form": form, "row": row}, at="settings", status=_status(request))


@require_POST
@officer_required(Role.COORDINATOR, Role.ADMINISTRATOR)
def drop(request: HttpRequest, key: int) -> HttpResponse:
    assert isinstance(request.user, User)
    row = get_object_or_404(_present(), pk=key)
    remove_landmark(row, by=request.user)
    messages.success(request, _("“%(name)s” is no longer suggested.") % {"name": row.name})
    return redirect("desk:landmarks")


def _present() -> QuerySet[Landmark]:
    return Landmark.objects.exclude(state=LandmarkState.REFUSED).select_related("area").defer("area__boundary")


def _kept(request: HttpRequest, row: Landmark) -> HttpResponse:
    messages.success(request, _("%(body)s: kept.") % {"body": row.name})
    return redirect("desk:landmarks")


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
