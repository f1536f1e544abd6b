"""A new case on behalf of somebody, and its receipt on paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from nafida.cases.models import Case
from nafida.desk.behalf import FILERS, file_on_behalf, filed_lately_by, private_address, qr_code
from nafida.desk.forms.behalf import BehalfForm
from nafida.desk.pages import show
from nafida.people.models import User
from nafida.people.permissions import officer_required, private_page
from nafida.reports.calls import numbers_to_call
from nafida.reports.drafts import Sheet
from nafida.reports.forms import MOST_PHOTOS
from nafida.reports.models import Report
from nafida.reports.taking_part import answers_not_here, ensure_taking_part
from nafida.services.models import Danger, Service

KIND = "report"


@officer_required(*FILERS)
def choose(request: HttpRequest) -> HttpResponse:
    """What it is about."""
    rows = Service.objects.active().of_kind(KIND).exclude(danger=Danger.STOP).in_order()
    return show(request, "desk/behalf_choose.html", {"services": list(rows)}, at="behalf_choose")


@officer_required(*FILERS)
@answers_not_here
def new(request: HttpRequest, service: str) -> HttpResponse:
    """The citizen's form in an officer's hand. 422 when something is missing; a form sent twice gives one case."""
    assert isinstance(request.user, User)
    rows = Service.objects.active().of_kind(KIND).exclude(danger=Danger.STOP).select_related("group")
    subject = get_object_or_404(rows, code=service)
    if request.method != "POST":
        return _form_page(request, BehalfForm(subject), Sheet())
    sheet = Sheet.read(request.POST)
    first = Case.objects.by_form_key(sheet.form_key)
    if first:
        return redirect("desk:behalf_receipt", first.reference)
    form = BehalfForm(subject, request.POST, request.FILES)
    form.is_valid()
    if form.where:
        ensure_taking_part(form.where.commune.pk, timezone.now())
    sheet.remove(request.POST.getlist("remove"))
    for words in sheet.take(form.cleaned_data.get("photos") or []):
        form.add_error("photos", words)
    if not sheet.is_whole:
        form.add_error(None, _("The form did not arrive whole. Look it over and send it again."))
    if not form.is_valid():
        sheet.wait()
        return _form_page(request, form, sheet, status=422)
    return redirect("desk:behalf_receipt", file_on_behalf(form, sheet, by=request.user).reference)


def _form_page(request: HttpRequest, form: BehalfForm, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    page: dict[str, Any] = {"service": form.service, "form": form, "sheet": sheet, "most_photos": MOST_PHOTOS}
    if form.service.danger == Danger.ASK:
        page["calls"] = numbers_to_call(form.service)
    return show(request, "desk/behalf.html", page, at="behalf_choose", status=status)


@private_page
@officer_required(*FILERS)
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper for the citizen, in their language: for whoever filed it, on the same day."""
    assert isinstance(request.user, User)
    case = filed_lately_by(request.user, reference, timezone.now())
    if case is None:
        raise Http404
    with override(case.language):
        url = private_address(case)
        page = {
            "case": case,
            "report": Report.objects.get(pk=case.pk),
            "due": case.deadlines.citizens().get().due_at,
            "url": url,
            "qr": qr_code(url),
            "on_desk": Case.objects.on_desk_of(request.user).filter(pk=case.pk).exists(),
        }
        return render(request, "desk/behalf_receipt.html", page)
