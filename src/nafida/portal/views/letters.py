"""“Not me”: whoever owns an address stops what others have us send there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nafida.mail.marks import MARK, letter_id_of
from nafida.mail.models import Letter
from nafida.mail.standing import allow_letters, is_stopped
from nafida.mail.standing import stop_letters as stop
from nafida.people.permissions import key_holder, private_page, same_origin_post


@same_origin_post
@private_page
@key_holder
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest) -> HttpResponse:
    """Looking stops nothing; a POST does, a mail program's one click too (RFC 8058)."""
    key = letter_id_of(request.GET.get(MARK, ""))
    letter = Letter.objects.filter(pk=key).exclude(to="").first() if key else None
    if letter is None:
        raise Http404
    if request.method == "POST":
        change = allow_letters if request.POST.get("do") == "resume" else stop
        change(letter, timezone.now())
    page = {"email": letter.to, "stopped": is_stopped(letter)}
    return render(request, "portal/stop_letters.html", page)


stop_letters.reads_letter_mark = True  # type: ignore[attr-defined]
