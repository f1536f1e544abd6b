"""The officer's list of cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from nafida.cases.life import State
from nafida.cases.models import Case, Channel
from nafida.cases.models.case import CaseQuerySet
from nafida.desk.forms.choices import officers_around
from nafida.desk.inbox.asked import NOBODY, Asked, chips, filtered, read_asked
from nafida.desk.inbox.options import names
from nafida.desk.inbox.paging import Order, Page, page_of
from nafida.desk.inbox.piles import MOST, Pile, counts, in_pile
from nafida.desk.inbox.search import find
from nafida.desk.pages import show
from nafida.people.models import Role, User
from nafida.people.permissions import officer_required


@officer_required()
def inbox(request: HttpRequest) -> HttpResponse:
    """One pile of the cases on the user's desk, as the address filters and orders it."""
    assert isinstance(request.user, User)
    asked, now = read_asked(request.GET), timezone.now()
    memberships = list(request.user.memberships.on(timezone.localdate()).values_list("role", "body_id"))
    held = {role for role, _body in memberships}
    desk = Case.objects.on_desk_of(request.user, memberships)
    cases = filtered(in_pile(desk, asked.pile, request.user, now), asked)
    if asked.q:
        cases = find(cases, asked.q)
    page = page_of(cases, asked.pile, asked.order, request.GET.get("after", ""), now)
    if asked.q and not asked.is_filtered and len(page.cases) == 1 and not request.GET.get("after"):
        return redirect("desk:case", page.cases[0].reference)
    context = {
        "page": page,
        "asked": asked,
        "points": points(page),
        "next": asked.url(after=page.next) if page.next else "",
        "first": asked.url() if request.GET.get("after") else "",
        "orders": [(order, asked.url(order=order)) for order in Order],
        **_tabs(desk, asked, request.user, now),
        **_filters(asked, request.user, everywhere=Role.COORDINATOR in held),
    }
    return show(request, "desk/inbox.html", context, at="inbox", held=held)


def points(page: Page) -> list[dict[str, Any]]:
    """Where the cases of a page are, for the map beside the list: WGS84 degrees, name and address of each."""
    return [
        {
            "lon": case.report.lon,
            "lat": case.report.lat,
            "name": vars(case)["title"],
            "place": case.report.place or vars(case)["commune"],
            "state": case.state,
            "late": vars(case)["late"],
            "url": vars(case)["address"],
            "key": case.reference,
        }
        for case in page.cases
        if case.report.lat is not None
    ]


def _tabs(desk: CaseQuerySet, asked: Asked, user: User, now: Any) -> dict[str, Any]:
    """Each pile with its number and its address, the filters kept."""
    numbers = counts(desk, user, now)
    tabs = []
    for pile in Pile:
        number = numbers.get(pile)
        shown = "" if number is None else f"{MOST - 1}+" if number >= MOST else str(number)
        tabs.append({"pile": pile, "number": shown, "url": asked.url(pile=pile, q="")})
    return {"tabs": tabs}


def _filters(asked: Asked, user: User, *, everywhere: bool) -> dict[str, Any]:
    """What the form of the filters offers, and which hold."""
    known, officers = names(), officers_around(user, everywhere=everywhere)
    return {
        "chips": chips(asked, officers),
        "services": known.services,
        "communes": known.communes,
        "bodies": known.bodies if everywhere else (),
        "officers": [(str(officer.pk), str(officer)) for officer in officers],
        "nobody": NOBODY,
        "states": State.choices,
        "channels": Channel.choices,
    }
