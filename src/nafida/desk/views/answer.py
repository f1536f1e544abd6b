"""The page behind the one-time link of a body's letter: no account, one case, one answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nafida.cases.actions import Faster
from nafida.cases.letters.bodies import has_officers
from nafida.cases.life import NotAllowed, State, Verb, WaitingFor, Who, lawful
from nafida.cases.models import BodyLink, Case
from nafida.desk.actions import LinkSpent, answer_by_link, renew_link
from nafida.desk.casefile import answers_in_words, pictures_of
from nafida.desk.clocks import clocks_of
from nafida.desk.forms.verbs import FORMS, VerbForm
from nafida.desk.timeline import history_of
from nafida.desk.verbs import Offer, Saying
from nafida.desk.views.case import with_version
from nafida.people.permissions import key_holder, private_page, same_origin_post
from nafida.people.throttle import take_turn
from nafida.reports.models import Report

CHOICES: dict[str, tuple[Verb, Saying]] = {
    "received": (Verb.TAKE_IN_HAND, Saying(_("Received: we work on it"), "check", "")),
    "planned": (Verb.PLAN, Saying(_("Planned for a day"), "van", "")),
    "done": (Verb.ANSWER, Saying(_("Done, not done or not found"), "send", "")),
    "not_ours": (Verb.TRANSFER, Saying(_("Not ours: it is for another administration"), "transfer", "")),
    "ask": (Verb.ASK, Saying(_("Ask the citizen"), "reply", "")),
}
"""What a body may answer, by the code that its form carries."""
RENEWALS_AN_HOUR = 3


def _link(token: str) -> BodyLink:
    link = BodyLink.objects.by_token(token)
    if link is None:
        raise Http404
    return link


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@same_origin_post
@key_holder
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case and what can be answered; looking uses nothing up, mail scanners look too."""
    link = _link(token)
    if request.method == "POST":
        return _take(request, link, token)
    return _form_page(request, link, token) if link.is_usable(timezone.now()) else _spent_page(request, link, token)


@private_page
@same_origin_post
@key_holder
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the body's own address, however this page was reached."""
    link = _link(token)
    if request.method != "POST":
        return redirect("desk:answer", token)
    if not take_turn("renew", link.case.reference, limit=RENEWALS_AN_HOUR, seconds=3600):
        return _spent_page(request, link, token, news="often", status=429)
    try:
        renew_link(link)
    except LinkSpent:
        return _spent_page(request, link, token, status=409)
    return _spent_page(request, link, token, news="renewed")


def _take(request: HttpRequest, link: BodyLink, token: str) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if not link.is_usable(timezone.now()):
        return _spent_page(request, link, token, news="twice", status=409)
    if choice not in CHOICES:
        return _form_page(request, link, token, status=422)
    verb, _saying = CHOICES[choice]
    form = FORMS[verb](request.POST, request.FILES, case=link.case, prefix_id=choice)
    form.receive_photo()
    if not form.is_valid():
        return _form_page(request, link, token, returned={choice: form}, status=422)
    try:
        answer_by_link(link, verb, seen=form.cleaned_data["version"], facts=form.cleaned_data, kept=form.kept)
    except LinkSpent:
        return _spent_page(request, _link(token), token, news="twice", status=409)
    except Faster:
        return _overtaken(request, _link(token), token, choice, form)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, _link(token), token, returned={choice: form}, status=422)
    return redirect("desk:answer", token)


def _overtaken(request: HttpRequest, link: BodyLink, token: str, choice: str, sent: VerbForm) -> HttpResponse:
    """Something happened while the page was open: said, with the words that were typed."""
    verb, _saying = CHOICES[choice]
    seen = request.POST.get("version", "")
    form = FORMS[verb](with_version(sent.data, link.case.version), case=link.case, prefix_id=choice)
    form.receive_photo()
    since = history_of(link.case, since=min(int(seen), link.case.version - 1), internal=False)
    more = {"since": since, "typed": form.typed()}
    return _form_page(request, link, token, returned={choice: form}, more=more, status=409)


def _offers(case: Case, returned: dict[str, VerbForm]) -> list[Offer]:
    may = lawful(case.state, Who.BODY)
    nobody_to_ask = case.waiting_for == WaitingFor.CITIZEN or not (case.contact.email or case.contact.phone)
    offers = []
    for choice, (verb, saying) in CHOICES.items():
        if verb in may and not (verb == Verb.ASK and nobody_to_ask):
            form = returned.get(choice) or FORMS[verb](case=case, prefix_id=choice)
            offers.append(Offer(choice, saying, form, open=choice in returned))
    return offers


def _form_page(
    request: HttpRequest,
    link: BodyLink,
    token: str,
    *,
    returned: dict[str, VerbForm] | None = None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    case = link.case
    report = Report.objects.select_related("centre").get(pk=case.pk)
    offers = _offers(case, returned or {})
    offered = {offer.code for offer in offers}
    context = {
        "case": case,
        "body": link.body,
        "token": token,
        "report": report,
        "pictures": pictures_of(case),
        "answers": answers_in_words(case, report),
        "clocks": [clock for clock in clocks_of(case, timezone.now()) if clock.runs],
        "history": history_of(case, internal=False)[::-1],
        "offers": offers,
        "homeless": [form for choice, form in (returned or {}).items() if choice not in offered],
        **(more or {}),
    }
    return render(request, "desk/answer.html", context, status=status)


def _spent_page(request: HttpRequest, link: BodyLink, token: str, *, news: str = "", status: int = 200) -> HttpResponse:
    """What the link did and where the case stands; `news` is what this request has done: twice, renewed or often."""
    case = link.case
    ours = case.body_id == link.body_id
    is_open = case.state in (State.RECEIVED, State.IN_HAND)
    officers = ours and has_officers(link.body)
    context = {
        "case": case,
        "body": link.body,
        "link": link,
        "token": token,
        "news": news,
        "did": history_of(case, by_link=link.pk, internal=False),
        "ours": ours,
        "is_open": is_open,
        "officers": officers,
        "next_is_coming": ours and is_open and link.used_at is not None and not officers,
        "may_renew": ours and is_open and not officers and news not in ("renewed", "often"),
    }
    return render(request, "desk/answer_spent.html", context, status=status)
