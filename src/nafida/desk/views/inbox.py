"""The officer's list of cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from nafida.cases.models import Case
from nafida.desk.inbox import Pile, find, page_of, read_pile
from nafida.desk.pages import show
from nafida.people.models import User
from nafida.people.permissions import officer_required


@officer_required()
def inbox(request: HttpRequest) -> HttpResponse:
    """One pile of the cases on the user's desk, or what a reference finds in all of them."""
    assert isinstance(request.user, User)
    words = request.GET.get("q", "").strip()[:60]
    pile = Pile.ALL if words else read_pile(request.GET.get("pile", ""))
    cases = Case.objects.on_desk_of(request.user)
    if words:
        cases = find(cases, words)
    page = page_of(cases, pile, request.GET.get("after", ""), timezone.now())
    if words and len(page.cases) == 1:
        return redirect("desk:case", page.cases[0].reference)
    here = {"q": words} if words else {"pile": pile.value}
    context = {
        "page": page,
        "pile": pile,
        "words": words,
        "piles": [(one, f"{reverse('desk:inbox')}?{urlencode({'pile': one.value})}") for one in Pile],
        "next": "?" + urlencode({**here, "after": page.next}) if page.next else "",
        "first": "?" + urlencode(here) if request.GET.get("after") else "",
    }
    return show(request, "desk/inbox.html", context, at="inbox")
