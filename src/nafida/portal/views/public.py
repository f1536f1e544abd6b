"""One case as everybody sees it: its page, “me too”, following, news from the spot, its pictures, its short address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature, loads
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from nafida.cases.actions import add_update, confirm_follower, follow_case, leave_case, support_case
from nafida.cases.devices import digest_for, leave_mark, read_mark
from nafida.cases.files import open_kept
from nafida.cases.letters.citizens import FOLLOW_SALT
from nafida.cases.life import NotAllowed, Verb, Who, lawful
from nafida.cases.models import AttachmentRole, Case, Follower
from nafida.cases.reference import read_reference
from nafida.people.permissions import key_holder, private_page, public, same_origin_post
from nafida.people.throttle import is_flood, may_write_to
from nafida.portal.clock import citizens_clock, clock_of
from nafida.portal.forms import FollowForm, UpdateForm
from nafida.portal.timeline import steps_for_all
from nafida.reports.filters import read_once
from nafida.reports.onecase import public_case, voices
from nafida.reports.publicity import is_public, numbered, public_face
from nafida.services.models import Publicity

MONTH = 30 * 86400
DONE = ("support", "follow", "update")


@same_origin_post
@public
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a public case; a private one is as unknown as one that does not exist."""
    found = _public_case(reference)
    if request.method != "POST":
        return _page(request, found)
    do = DOINGS.get(read_once(request.POST, "do"))
    if do is None:
        return _page(request, found, refusal=_("We could not tell what you wanted to do."), status=400)
    try:
        return do(request, found)
    except NotAllowed as refusal:
        return _page(request, found, refusal=str(refusal), status=409)


def _public_case(reference: str) -> Case:
    found = public_case(reference)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: Case,
    *,
    forms: dict[str, Any] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    done = read_once(request.GET, "done")
    if done and done not in DONE:
        raise BadRequest(_("This address is not one of ours: it was changed on the way."))
    verbs = lawful(found.state, Who.CITIZEN)
    sent = forms or {}
    face, clock = public_face(found), citizens_clock(found)
    page = {
        "case": found,
        "face": face,
        "steps": steps_for_all(found, clock, face.pictures),
        "clock": clock_of(found, clock, timezone.now()),
        "supports": voices(found),
        "may_join": Verb.SUPPORT in verbs,
        "form": sent.get("follow") or FollowForm(),
        "update": (sent.get("update") or UpdateForm()) if _takes_updates(found) else None,
        "update_sent": "update" in sent,
        "follow_sent": "follow" in sent,
        "short": f"{settings.SITE_URL}{reverse('short', args=[found.reference])}",
        "short_words": f"{settings.SITE_URL.partition('://')[2]}{reverse('short', args=[found.reference])}",
        "refusal": refusal,
        "done": done,
    }
    return render(request, "portal/case.html", page, status=status)


def _takes_updates(found: Case) -> bool:
    """Words are shown where the service allows words, and as long as the case itself remembers any."""
    return found.service.publicity == Publicity.FULL and found.erased_at is None and found.merged_into_id is None


def _done(found: Case, what: str) -> HttpResponse:
    address = reverse("portal:case", args=[found.reference])
    return HttpResponseRedirect(f"{address}?{urlencode({'done': what})}", status=303)


def _support(request: HttpRequest, found: Case) -> HttpResponse:
    """“Me too”, once a device. The cookie is random and the case keeps only a digest that no other case shares."""
    mark = read_mark(request)
    support_case(found, device=digest_for(found, mark), held=is_flood(request, "support"))
    response = _done(found, "support")
    leave_mark(response, mark)
    return response


def _follow(request: HttpRequest, found: Case) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _page(request, found, forms={"follow": form}, status=422)
    email = form.cleaned_data["email"]
    if not may_write_to(email, request):
        form.add_error("email", _("Too many attempts in a short time. Please try again in an hour."))
        return _page(request, found, forms={"follow": form}, status=429)
    follow_case(found, email=email, language=get_language() or settings.LANGUAGE_CODE)
    return _done(found, "follow")


def _update(request: HttpRequest, found: Case) -> HttpResponse:
    """News from the spot by anybody: taken at once, public once an officer has seen them."""
    if not _takes_updates(found):
        raise NotAllowed(_("This case ended long ago: report it anew."))
    form = UpdateForm(request.POST, request.FILES)
    kept = form.keep_photos() if form.is_valid() else []
    if form.errors:
        return _page(request, found, forms={"update": form}, status=422)
    add_update(found, text=form.cleaned_data["text"], pictures=kept, held=is_flood(request, "update"))
    return _done(found, "update")


DOINGS: dict[str, Callable[[HttpRequest, Case], HttpResponse]] = {
    "support": _support,
    "follow": _follow,
    "update": _update,
}


@public
@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The short address of a case, for letters and posters: leads to its page in the reader's language."""
    read = read_reference(reference)
    if read is None or not Case.objects.public().filter(reference=read).exists():
        raise Http404
    return HttpResponseRedirect(reverse("portal:case", args=[read]))


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


confirm_following.opens_letter_by_post = True  # type: ignore[attr-defined]


@public
@require_safe
def picture(request: HttpRequest, reference: str, number: int, size: str) -> HttpResponseBase:
    """A picture of a case by its number, from 1: for everybody once it is public, for the reporter with `?key=`."""
    key = read_once(request.GET, "key")
    cases = Case.objects.select_related("service")
    found = cases.by_private_key(reference, key) if key else cases.public().filter(reference=reference).first()
    if found is None or size not in ("picture", "thumbnail"):
        raise Http404
    photo = dict(numbered(found)).get(number)
    if photo is None or not (is_public(photo, found) or (key and photo.role != AttachmentRole.UPDATE)):
        raise Http404
    try:
        file = open_kept(getattr(photo, size) if key else photo.public_file(size))
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file, filename=f"{reference}-{number}.jpg")
    # Only an address that changes with the picture may be kept: any other goes on showing what was blurred since.
    # The visitor's own browser keeps what it has shown once; nothing on the way goes on giving out what was hidden.
    kept = f"private, max-age={MONTH}, immutable" if request.GET.get("v") == photo.mark else "private, no-cache"
    response["Cache-Control"] = "private, no-store" if key else kept
    return response
