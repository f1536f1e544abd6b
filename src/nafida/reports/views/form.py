"""How a citizen reports: choose the subject, fill in one form, get a receipt. No session, no cookie, no script."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nafida.cases.models import Case
from nafida.cases.trust import proves_contact
from nafida.people.permissions import key_holder, private_page, public, same_origin_post
from nafida.people.throttle import is_flood
from nafida.reports.actions import file_report
from nafida.reports.begun import read_begun
from nafida.reports.calls import numbers_to_call
from nafida.reports.drafts import Sheet, place_of_photo
from nafida.reports.filters import Catalogue, read_filter
from nafida.reports.forms import MOST_PHOTOS, ReportForm
from nafida.reports.models import Report
from nafida.reports.nearby import open_nearby, open_public
from nafida.reports.news import mark_of
from nafida.reports.taking_part import answers_not_here, ensure_taking_part
from nafida.reports.tiles import FRESH, read_address, tile_json
from nafida.reports.views.place import join
from nafida.services.models import Danger, Service
from nafida.territory.models import Area

KIND = "report"
UNPROCESSABLE = 422


@same_origin_post
@public
@require_http_methods(["GET", "HEAD", "POST"])
@answers_not_here
def form(request: HttpRequest, service: str) -> HttpResponseBase:
    """The form of one service, and its sending. A subject that cannot wait shows whom to call instead."""
    subject = get_object_or_404(Service.objects.of_kind(KIND).select_related("group"), code=service)
    if not subject.active:
        return render(request, "reports/not_offered.html", {"service": subject}, status=410)
    if not subject.takes_a_form:
        page = {"service": subject, "calls": numbers_to_call(subject)}
        return render(request, "reports/call.html", page, status=UNPROCESSABLE if request.method == "POST" else 200)
    if request.method != "POST":
        return _empty(request, subject)
    return _sent(request, subject)


def _empty(request: HttpRequest, subject: Service) -> HttpResponse:
    """The form with what a poster's address told of the place."""
    try:
        begun = read_begun(request.GET)
    except BadRequest as wrong:
        return render(request, "reports/start_refused.html", {"sentence": str(wrong)}, status=400)
    return _form_page(request, subject, ReportForm(subject, initial=begun.initial), Sheet(), status=200)


def _sent(request: HttpRequest, subject: Service) -> HttpResponseBase:
    """Take in a form: file it, or show it again with all that was in it."""
    sheet = Sheet.read(request.POST)
    first = Case.objects.by_form_key(sheet.form_key)
    if first:
        return _to_receipt(request, first)
    filled = ReportForm(subject, _with_place_of_photo(request.POST), request.FILES)
    filled.is_valid()
    if "same" in request.POST and (theirs := open_public(subject, request.POST["same"])):
        return join(request, theirs, filled.cleaned_data)
    if filled.where:
        ensure_taking_part(filled.where.commune.pk, timezone.now())
    sheet.remove(request.POST.getlist("remove"))
    for words in sheet.take(filled.cleaned_data.get("photos") or []):
        filled.add_error("photos", words)
    if not sheet.is_whole:
        filled.add_error(None, _("The form did not arrive whole. Look it over and send it again."))
    if {"change", "photo_place"} & set(request.POST) or not filled.is_valid():
        sheet.wait()
        return _form_page(request, subject, filled, sheet, status=UNPROCESSABLE if filled.errors else 200)
    if before := _step_before(request, filled, sheet):
        return before
    return _to_receipt(request, _file(request, filled, sheet))


def _with_place_of_photo(said: QueryDict) -> QueryDict:
    """What was sent, with the place that a photo brought where somebody wants to use it."""
    taken_at = said.get("photo_place") or said.get("from_photo")
    if not taken_at:
        return said
    data = said.copy()
    data["position"], data["commune"] = taken_at, ""
    return data


def _step_before(request: HttpRequest, filled: ReportForm, sheet: Sheet) -> HttpResponse | None:
    """What whoever sends a good form reads first: to call in danger, where their photo was taken if they gave no
    point, then what is open near by already.
    """
    assert filled.where is not None
    page: dict[str, Any] = {"service": filled.service, "form": filled, "sheet": sheet}
    page |= {"carried": [name for name in ("called", "photo_asked", "another") if request.POST.get(name)]}
    if filled.tells_danger and not request.POST.get("called"):
        sheet.wait()
        calls = numbers_to_call(filled.service, filled.where.commune)
        return render(request, "reports/danger.html", {**page, "calls": calls})
    if not filled.where.point and not request.POST.get("photo_asked") and (taken_at := place_of_photo(sheet)):
        sheet.wait()
        return render(request, "reports/photo_place.html", {**page, "photo_place": taken_at})
    if filled.where.point and not request.POST.get("another"):
        near = open_nearby(filled.service, filled.where.point)
        if near:
            sheet.wait()
            return render(request, "reports/nearby.html", {**page, "nearby": near})
    return None


def _file(request: HttpRequest, filled: ReportForm, sheet: Sheet) -> Case:
    assert filled.where is not None
    contact = filled.contact()
    case, _first = file_report(
        filled.service,
        filled.where,
        filled.account(sheet.pictures()),
        form_key=sheet.form_key,
        language=get_language(),
        urgent=filled.tells_danger,
        held=is_flood(request, "report"),
        proved=proves_contact(request, contact["email"], contact["phone"]),
        **contact,
    )
    return case


def _form_page(
    request: HttpRequest, subject: Service, filled: ReportForm, sheet: Sheet, *, status: int
) -> HttpResponse:
    page: dict[str, Any] = {"service": subject, "form": filled, "sheet": sheet, "most_photos": MOST_PHOTOS}
    page["keep_days"] = settings.KEEP_WORDS_DAYS
    if subject.danger == Danger.ASK:
        page["calls"] = numbers_to_call(subject)
    if filled.errors and not filled.where:
        page["photo_place"] = place_of_photo(sheet)
    if filled.outside:
        page["served"] = sorted(Area.objects.communes().values_list("name", flat=True))
    response = render(request, "reports/form.html", page, status=status)
    response["Cache-Control"] = "private, no-cache"  # whoever has the form's key is shown its receipt
    return response


def _to_receipt(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Where the receipt stands; the receipt itself to a script that writes its address over that of the form."""
    address = reverse("reports:receipt", args=[case.reference, case.private_key])
    if "receipt_here" not in request.POST:
        return HttpResponseRedirect(address, status=303)
    request.path = request.path_info = address  # links to the other languages are made of it
    return _receipt_page(request, case)


@private_page
@key_holder
@require_safe
def receipt(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """What whoever has just reported takes home: reference, PIN, who has it, by when."""
    case = Case.objects.with_names().by_private_key(reference, key)
    if case is None:
        raise Http404
    return _receipt_page(request, case)


@private_page
def _receipt_page(request: HttpRequest, case: Case) -> HttpResponse:
    page = {"case": case, "report": Report.objects.get(pk=case.pk), "due": case.deadlines.citizens().get().due_at}
    page |= {"mark": mark_of(case, own=True), "address": request.path}
    return render(request, "reports/receipt.html", page)


@public
@require_safe
def tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """The public reports of one map tile as JSON, see tiles.Tile; a wrong question gets 400 and {"error": sentence}."""
    try:
        body = tile_json(read_address(z, x, y), read_filter(request.GET, Catalogue.load(), strict=True))
    except BadRequest as wrong:
        sentence = msgspec.json.encode({"error": str(wrong)})
        return HttpResponse(sentence, content_type="application/json", status=400)
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={FRESH}"
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
