"""A case as whoever filed it sees it: by its private link, or by reference and PIN."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nafida.cases.actions import confirm_fixed, rate_case, reopen_case, reply_to_question, withdraw_case
from nafida.cases.actions.afterwards import UNRATED, is_confirmed, may_rate, ratings_of
from nafida.cases.life import NotAllowed, Outcome, Verb, WaitingFor, Who, lawful
from nafida.cases.models import Case, Message
from nafida.cases.trust import telephone_shown_by
from nafida.mail.proofs import keep_proof
from nafida.people.permissions import key_holder, private_page, public, same_origin_post
from nafida.people.throttle import give_back
from nafida.people.trail import Traced, trace
from nafida.portal.clock import citizens_clock, clock_of
from nafida.portal.forms import FindForm, RatingForm, WordsForm
from nafida.portal.timeline import steps_for_reporter
from nafida.portal.tries import TooManyTries, draw_tries
from nafida.reports.filters import read_once
from nafida.reports.models import Report
from nafida.reports.publicity import answers_in_words, numbered

SPOKEN = {"reply": reply_to_question, "reopen": reopen_case}
SAID_AT_ONCE: dict[str, Callable[[Case], object]] = {"withdraw": withdraw_case, "fixed": confirm_fixed}
LABELS = {
    "reply": gettext_lazy("Your answer to the question"),
    "reopen": gettext_lazy("What is not solved?"),
}


@same_origin_post
@private_page
@public
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A case by its reference: its public page, or with the PIN the reporter's own.

    Nothing in the answer tells whether a reference exists that is not public.
    """
    if request.method != "POST":
        return render(request, "portal/find.html", {"form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/find.html", {"form": form}, status=422)
    reference, pin = form.cleaned_data["reference"], form.cleaned_data["pin"]
    if not pin:
        if Case.objects.public().filter(reference=reference).exists():
            return HttpResponseRedirect(reverse("portal:case", args=[reference]), status=303)
        form.add_error(None, _("We find no public case with this reference. If it is yours, enter the PIN too."))
        return render(request, "portal/find.html", {"form": form}, status=404)
    return _with_pin(request, form, reference, pin)


def _with_pin(request: HttpRequest, form: FindForm, reference: str, pin: str) -> HttpResponse:
    try:
        turns = draw_tries(request, reference)
    except TooManyTries as refusal:
        form.add_error(None, str(refusal))
        return render(request, "portal/find.html", {"form": form}, status=429)
    case = Case.objects.by_pin(reference, pin)
    if case is None:
        trace(Traced.PIN_REFUSED, case=reference)
        form.add_error(None, _("Reference and PIN do not belong together. Check both."))
        return render(request, "portal/find.html", {"form": form}, status=404)
    give_back(turns)
    response = HttpResponseRedirect(reverse("portal:mine", args=[reference, case.private_key]), status=303)
    keep_proof(request, response, case.private_key)
    return response


@same_origin_post
@private_page
@key_holder
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """All that the reporter may see and do."""
    case = Case.objects.with_names().by_private_key(reference, key)
    if case is None:
        raise Http404
    response = _page(request, case) if request.method != "POST" else _act(request, case)
    keep_proof(request, response, telephone_shown_by(case))
    return response


def _act(request: HttpRequest, case: Case) -> HttpResponse:
    wanted = read_once(request.POST, "do")
    if wanted not in {*SPOKEN, *SAID_AT_ONCE, "rate"}:
        return _page(request, case, refusal=_("We could not tell what you wanted to do."), status=400)
    form = RatingForm(request.POST) if wanted == "rate" else WordsForm(request.POST, label=LABELS.get(wanted))
    if wanted not in SAID_AT_ONCE and not form.is_valid():
        return _page(request, case, {wanted: form}, status=422)
    try:
        if wanted in SAID_AT_ONCE:
            SAID_AT_ONCE[wanted](case)
        elif wanted == "rate":
            rate_case(case, stars=form.cleaned_data["stars"], text=form.cleaned_data["text"])
        else:
            SPOKEN[wanted](case, text=form.cleaned_data["text"])
    except NotAllowed as refusal:
        case.refresh_from_db()
        return _page(request, case, refusal=str(refusal), status=409)
    return HttpResponseRedirect(request.path, status=303)


def _page(
    request: HttpRequest,
    case: Case,
    forms: dict[str, WordsForm | RatingForm] | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    report, clock = Report.objects.get(pk=case.pk), citizens_clock(case)
    verbs = lawful(case.state, Who.REPORTER)
    offered = {
        "reply": case.waiting_for == WaitingFor.CITIZEN and Verb.REPLY in verbs,
        "reopen": case.outcome != Outcome.DUPLICATE and Verb.REOPEN in verbs,
    }
    page = {
        "case": case,
        "report": report,
        "answers": answers_in_words(report, case.service),
        "pictures": [(number, photo) for number, photo in numbered(case) if not photo.message_id],
        "steps": steps_for_reporter(case, clock),
        "clock": clock_of(case, clock, timezone.now()),
        "forms": {
            name: (forms or {}).get(name) or WordsForm(label=LABELS[name]) for name, may in offered.items() if may
        },
        "may_withdraw": Verb.WITHDRAW in verbs,
        "may_confirm": Verb.CONFIRM in verbs and case.outcome not in UNRATED and not is_confirmed(case),
        "rating": (forms or {}).get("rate") or _rating(case),
        "refusal": refusal,
    }
    return render(request, "portal/mine.html", page, status=status)


def _rating(case: Case) -> RatingForm | None:
    """The form for how well it went, with what was said before; None when it is too early or too late."""
    if not may_rate(case):
        return None
    last = ratings_of(case).last()
    if last is None:
        return RatingForm()
    words = Message.objects.filter(pk=last.facts["message"]).first()
    return RatingForm(initial={"stars": last.facts["stars"], "text": words.text if words else ""})
