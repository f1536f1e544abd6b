"""Somebody follows a link of a letter: a person's press is noted, and the mark taken off, as addresses are passed on.

Programs that guard mailboxes open every link too, exactly as a browser does. So looking at a page notes nothing: a
press of a button does. See docs/decisions/one-letter-until-clicked.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from .actions import open_letter
from .marks import MARK, letter_id_of
from .models import Letter
from .proofs import keep_proof

READER_COOKIE = "reader"
"""Tells a browser in which an officer or an administration has pressed the button: they are asked once."""
READER_DAYS = 180
_PERSON = Signer(salt="nafida.mail.reader")


class LetterClicks:
    """Middleware, before the one that asks POSTs for a token: a mark is one.

    A view that reads the mark itself says so by an attribute, `reads_letter_mark`; one whose page is a button anyway
    by `opens_letter_by_post`: its own POST is the press.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        mark = request.GET.get(MARK)
        if mark is None or getattr(view, "reads_letter_mark", False):
            return None
        key = letter_id_of(mark)
        own_button = getattr(view, "opens_letter_by_post", False)
        if request.method == "POST":
            return self._pressed(request, key, own_button=own_button)
        if request.method not in ("GET", "HEAD") or own_button:
            return None
        letter = Letter.objects.select_related("address").filter(pk=key).first() if key else None
        if letter is None or request.method == "HEAD":
            return _without_mark(request)
        if _must_press(request, letter):
            return _button(request, letter)
        return _remember(request, _without_mark(request), letter)

    def _pressed(self, request: HttpRequest, key: int | None, *, own_button: bool) -> HttpResponse | None:
        if key is None:
            return None
        open_letter(key, timezone.now())
        if own_button:
            return None
        return _remember(request, _without_mark(request, status=303), Letter.objects.filter(pk=key).first())


def _must_press(request: HttpRequest, letter: Letter) -> bool:
    """Whether a person's press is still to be noted, and this browser is not known to be a person's.

    A citizen presses once an address; what an administration or an officer has read is noted letter by letter.
    """
    if letter.opened_at:
        return False
    if letter.until_clicked:
        return letter.address is None or letter.address.confirmed_at is None
    if _is_persons(request):
        open_letter(letter.pk, timezone.now())
        return False
    return True


def _is_persons(request: HttpRequest) -> bool:
    """Whether somebody is signed in, or has pressed the button here before, and this is no looking ahead."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in ahead or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    if request.user.is_authenticated:
        return True
    try:
        return _PERSON.unsign(request.COOKIES.get(READER_COOKIE, "")) == "person"
    except BadSignature:
        return False


def _button(request: HttpRequest, letter: Letter) -> HttpResponse:
    answer = render(request, "mail/press.html", {"letter": letter})
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _without_mark(request: HttpRequest, status: int = 302) -> HttpResponseRedirect:
    query = request.GET.copy()
    del query[MARK]
    request.META["QUERY_STRING"] = query.urlencode()
    return HttpResponseRedirect(request.get_full_path(), status=status)


def _remember(request: HttpRequest, answer: HttpResponse, letter: Letter | None) -> HttpResponse:
    """What this browser has shown: a citizen's, that the address is its own; anybody else's, that a person presses."""
    if letter is not None and letter.until_clicked:
        keep_proof(request, answer, letter.to)
    elif letter is not None and request.method == "POST":
        answer.set_cookie(
            READER_COOKIE,
            _PERSON.sign("person"),
            max_age=READER_DAYS * 86400,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
