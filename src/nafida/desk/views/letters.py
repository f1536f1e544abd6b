"""Every kind of letter as it is read, and a test letter to oneself that says whether letters arrive."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from nafida.desk.letter_samples import KINDS, Kind, Sample, kind_of, sample_of
from nafida.desk.letter_trial import send_test_letter
from nafida.desk.pages import show
from nafida.mail.trial import last_test_letter
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required, public
from nafida.people.throttle import take_turn

LANGUAGES = ("ar", "fr")
TESTS_AN_HOUR = 20
# A letter brings its styles along in attributes, and may neither run nor fetch anything.
_FRAME = {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "frame-ancestors": [CSP.SELF]}


def _asked(code: str, language: str = LANGUAGES[0]) -> Kind:
    kind = kind_of(code)
    if kind is None or language not in LANGUAGES:
        raise Http404
    return kind


def _sample(request: HttpRequest, code: str, language: str) -> Sample:
    assert isinstance(request.user, User)
    return sample_of(_asked(code, language).story, language, by=request.user)


@require_safe
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def letters(request: HttpRequest) -> HttpResponse:
    """The kinds, by who reads them, and what became of the last test letter."""
    readers = [(str(reader), list(kinds)) for reader, kinds in groupby(KINDS, key=lambda kind: kind.reader)]
    return show(request, "desk/letters.html", {"readers": readers, "trial": last_test_letter()}, at="post")


@require_safe
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """One kind in both languages: subject, text, and the HTML in a frame of its own."""
    kind = _asked(code)
    samples = [(get_language_info(language), _sample(request, code, language)) for language in LANGUAGES]
    return show(request, "desk/letter.html", {"kind": kind, "samples": samples}, at="post")


@require_safe
@xframe_options_sameorigin
@csp_override(_FRAME)
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def letter_html(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The HTML of a sample, for the frame."""
    return HttpResponse(_sample(request, code, language).html)


@require_POST
@officer_required(Role.ADMINISTRATOR, Role.COORDINATOR)
def send_letter(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Send a sample to the address of whoever is signed in, with a link that says it has arrived."""
    assert isinstance(request.user, User)
    sample = _sample(request, code, language)
    if not take_turn("test-letter", str(request.user.pk), limit=TESTS_AN_HOUR, seconds=3600):
        messages.warning(request, _("Too many attempts in a short time. Please try again in an hour."))
        return redirect("desk:letter", code)
    send_test_letter(sample, language, to=request.user)
    said = _("A test letter is on its way to %(address)s. Open the link at its top.")
    messages.success(request, said % {"address": request.user.email})
    return redirect("desk:letters")


@public
@require_safe
def letter_arrived(request: HttpRequest) -> HttpResponse:
    """Behind the link of a test letter, whose click has been noted on the way."""
    return render(request, "desk/letter_arrived.html")
