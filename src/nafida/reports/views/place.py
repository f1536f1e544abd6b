"""What a form's script asks once the place is known; and “it is this one”, said of a case that is open already."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nafida.cases.actions import follow_case, support_case
from nafida.cases.devices import digest_for, leave_mark, read_mark
from nafida.cases.life import NotAllowed
from nafida.cases.models import Case
from nafida.people.permissions import private_page, public, same_origin_post
from nafida.people.throttle import is_flood, may_write_to, network_of, take_turn
from nafida.reports.around import look_around
from nafida.reports.forms import JoinForm
from nafida.reports.news import mark_of
from nafida.reports.position import read_position
from nafida.services.models import Service

TURNS, WINDOW = 60, 10
"""So many questions in so many seconds from one network: a whole town may share its address."""


@same_origin_post
@private_page
@public
@require_POST
def around(request: HttpRequest, service: str) -> HttpResponse:
    """`position` ("latitude, longitude" in the body of the request) → around.Around as JSON; 400 and {"error"}."""
    subject = get_object_or_404(Service.objects.active().select_related("group"), code=service)
    if not take_turn("around", network_of(request), limit=TURNS, seconds=WINDOW):
        return _json({"error": _("Too many questions at once. You can send your report all the same.")}, status=429)
    try:
        return _json(look_around(subject, *read_position(request.POST.get("position", ""))))
    except ValueError:
        return _json({"error": _("This is no position.")}, status=400)


def _json(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(content), content_type="application/json", status=status)


def join(request: HttpRequest, case: Case, said: Mapping[str, str]) -> HttpResponse:
    """One more for a case that is open already, and its news for who left an address or (alone) a number."""
    mark = read_mark(request)
    try:
        support_case(case, device=digest_for(case, mark), held=is_flood(request, "support"))
    except NotAllowed:  # it was closed while the list was read: its page says how
        return HttpResponseRedirect(reverse("portal:case", args=[case.reference]), status=303)
    response = _to_joined(case, _let_hear(request, case, said))
    leave_mark(response, mark)
    return response


def _let_hear(request: HttpRequest, case: Case, said: Mapping[str, str]) -> str:
    """By which way (`email`, `phone` in `said`) they hear of it from now on; "" for none."""
    way = next((way for way in ("email", "phone") if said.get(way)), "")
    if not way or not may_write_to(said[way], request):
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    if way == "email":
        follow_case(case, email=said[way], language=language)
    else:
        follow_case(case, phone=said[way], language=language)
    return way


def _to_joined(case: Case, way: str) -> HttpResponse:
    address = reverse("reports:joined", args=[case.reference])
    return HttpResponseRedirect(f"{address}?by={way}" if way else address, status=303)


@public
@require_safe
def picker(request: HttpRequest) -> HttpResponse:
    """The map on which a place is corrected, as a part of a page: fetched only by who opens it."""
    return render(request, "reports/picker.html")


@same_origin_post
@private_page
@public
@require_http_methods(["GET", "HEAD", "POST"])
def joined(request: HttpRequest, reference: str) -> HttpResponse:
    """Your voice counts for this case: what it is, how it stands; and how you want to hear of it."""
    case = Case.objects.public().with_names().filter(reference=reference).first()
    if case is None:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if way := _let_hear(request, case, form.cleaned_data):
            return _to_joined(case, way)
        form.add_error(None, _("Too many attempts in a short time. Please try again in an hour."))
    page = {"case": case, "by": request.GET.get("by"), "form": form, "mark": mark_of(case, own=False)}
    return render(request, "reports/joined.html", page, status=422 if form.errors else 200)
