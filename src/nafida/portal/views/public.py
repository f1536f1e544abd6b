"""One case as everybody sees it: its page, its pictures, “me too”, following."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, loads
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nafida.cases.actions import confirm_follower, follow_case, leave_case, support_case
from nafida.cases.devices import digest_for, leave_mark, read_mark
from nafida.cases.files import open_kept
from nafida.cases.letters.citizens import FOLLOW_SALT
from nafida.cases.life import NotAllowed, Verb, Who, lawful
from nafida.cases.models import Case, Follower
from nafida.people.permissions import key_holder, private_page, public, same_origin_post
from nafida.people.throttle import network_of, take_turn
from nafida.portal.clock import clock_of
from nafida.portal.forms import FollowForm
from nafida.portal.timeline import steps_for_all
from nafida.reports.publicity import public_face

WEEK = 7 * 86400
HOUR = 3600


@same_origin_post
@public
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a public case; a private one is as unknown as one that does not exist."""
    found = _public_case(reference)
    if request.method != "POST":
        return _page(request, found, FollowForm())
    try:
        if request.POST.get("do") == "support":
            return _support(request, found)
        return _follow(request, found)
    except NotAllowed as refusal:
        return _page(request, found, FollowForm(), refusal=str(refusal), status=409)


def _public_case(reference: str) -> Case:
    found = Case.objects.public().with_names().filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Case, form: FollowForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    page = {
        "case": found,
        "face": public_face(found),
        "steps": steps_for_all(found),
        "clock": clock_of(found, timezone.now()),
        "supports": found.supports.count(),
        "may_join": Verb.SUPPORT in lawful(found.state, Who.CITIZEN),
        "form": form,
        "refusal": refusal,
        "done": request.GET.get("done", ""),
    }
    return render(request, "portal/case.html", page, status=status)


def _done(found: Case, what: str) -> HttpResponse:
    address = reverse("portal:case", args=[found.reference])
    return HttpResponseRedirect(f"{address}?{urlencode({'done': what})}", status=303)


def _support(request: HttpRequest, found: Case) -> HttpResponse:
    """“Me too”, once a device. The cookie is random and the case keeps only a digest that no other case shares."""
    mark = read_mark(request)
    support_case(found, device=digest_for(found, mark))
    response = _done(found, "support")
    leave_mark(response, mark)
    return response


def _follow(request: HttpRequest, found: Case) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    email = form.cleaned_data["email"]
    may = take_turn("follow", email.lower(), limit=5, seconds=HOUR)
    if not (may and take_turn("follow-network", network_of(request), limit=30, seconds=HOUR)):
        form.add_error("email", _("Too many attempts in a short time. Please try again in an hour."))
        return _page(request, found, form, status=429)
    follow_case(found, email=email, language=get_language() or settings.LANGUAGE_CODE)
    return _done(found, "follow")


@same_origin_post
@private_page
@key_holder
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter. Looking at it confirms nothing: scanners of mail look too."""
    try:
        key = loads(token, salt=FOLLOW_SALT)
    except BadSignature as wrong:
        raise Http404 from wrong
    follower = Follower.objects.select_related("case__service", "case__area").filter(pk=key).first()
    if follower is None:
        raise Http404
    if request.method == "POST":
        follower = leave_case(follower) if request.POST.get("do") == "leave" else confirm_follower(follower)
    return render(request, "portal/confirm_following.html", {"follower": follower, "case": follower.case})


@public
@require_safe
def picture(request: HttpRequest, reference: str, number: int, size: str) -> HttpResponseBase:
    """A picture of a case by its number, from 1: for everybody once it is public, for the reporter with `?key=`."""
    key = request.GET.get("key", "")
    cases = Case.objects.select_related("service")
    found = cases.by_private_key(reference, key) if key else cases.public().filter(reference=reference).first()
    if found is None or not (key or found.words_are_public) or size not in ("picture", "thumbnail"):
        raise Http404
    rows = list(found.attachments.all())
    if not 1 <= number <= len(rows):
        raise Http404
    try:
        file = open_kept(getattr(rows[number - 1], size))
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file, filename=f"{reference}-{number}.jpg")
    response["Cache-Control"] = "private, no-store" if key else f"public, max-age={WEEK}"
    return response
