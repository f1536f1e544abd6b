"""The desk in a van: the round of one's own cases, and one tap for each step on the spot."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from nafida.cases.actor import Actor
from nafida.cases.life import State
from nafida.cases.models import Case
from nafida.desk.field import STEPS, said_by
from nafida.desk.forms.verbs import FORMS
from nafida.desk.pages import show
from nafida.desk.views.case import case_on_desk, do_as_said, gone_from, gone_page
from nafida.people.models import User
from nafida.people.permissions import officer_required

MOST = 200


@officer_required()
def rounds(request: HttpRequest) -> HttpResponse:
    """The open cases of whoever looks, those near each other together, commune by commune."""
    assert isinstance(request.user, User)
    rows = Case.objects.on_desk_of(request.user).open().filter(officer=request.user)
    rows = rows.select_related("service", "area", "report", "contact").defer("area__boundary", "report__description")
    # A Morton code: what is near in this order is near on the ground.
    found = list(rows.order_by("area", "cell", "received_at", "pk")[:MOST])
    now = timezone.now()
    stops = [{"case": case, "late": case.next_due_at is not None and case.next_due_at < now} for case in found]
    return show(request, "desk/round.html", {"stops": stops, "steps": list(STEPS.values())}, at="round")


@officer_required()
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Do one step. Refused as the case page refuses: 409 when somebody was faster, 422 when it is no longer lawful.

    A page that sends steps by script asks for the `short` answer, {version, open}, not for the whole round again.
    """
    assert isinstance(request.user, User)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return redirect("desk:case", reference)
    if lost := gone_from(request.user, reference):
        return gone_page(request, lost)
    wanted, found = STEPS[step], case_on_desk(request.user, reference)
    data = request.POST.copy()
    for name, words in said_by(wanted, found).items():
        data[name] = data.get(name) or words
    form = FORMS[wanted.verb](data, request.FILES, case=found, user=request.user, prefix_id=wanted.verb)
    refused = do_as_said(request, found, wanted.verb, form, Actor.on_desk(request.user, found))
    if refused or not request.POST.get("short"):
        return refused or redirect("desk:round")
    list(messages.get_messages(request))  # said by the page itself, which stays where it is
    now = Case.objects.only("version", "state").get(pk=found.pk)
    return JsonResponse({"version": now.version, "open": now.state in (State.RECEIVED, State.IN_HAND)})
