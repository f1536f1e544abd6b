"""Somebody follows a link of a letter: noted, and the mark is taken off the address, which people pass on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from .actions import open_letter
from .marks import MARK, letter_id_of


class LetterClicks:
    """Middleware. A view that reads the mark itself says so by an attribute, `reads_letter_mark`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        mark = request.GET.get(MARK)
        if mark is None or request.method not in ("GET", "HEAD") or getattr(view, "reads_letter_mark", False):
            return None
        key = letter_id_of(mark)
        if key is not None and _by_hand(request):
            open_letter(key, timezone.now())
        query = request.GET.copy()
        del query[MARK]
        request.META["QUERY_STRING"] = query.urlencode()
        return HttpResponseRedirect(request.get_full_path())


def _by_hand(request: HttpRequest) -> bool:
    """Whether a person may have clicked; a mail program that looks ahead has not.

    Browsers tell so, over HTTPS; of a scanner that poses as one nobody can tell, which is said in
    docs/decisions/one-letter-until-clicked.md.
    """
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "GET" and "prefetch" not in ahead and mode == "navigate"
