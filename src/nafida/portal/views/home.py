"""The home page: two doors, a case found by its number, whom to call, what happened lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nafida.people.permissions import public
from nafida.portal.figures import figures_of_province
from nafida.portal.forms import FindForm
from nafida.portal.lately import lately
from nafida.reports.calls import emergency_numbers
from nafida.territory.communes import communes
from nafida.territory.notices import notices
from nafida.territory.participation import absent_communes


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The same for everybody: what is the visitor's own (reports, commune) their browser adds."""
    page = {
        "calls": emergency_numbers(),
        "form": FindForm(),
        "lately": lately(),
        "figures": figures_of_province(timezone.now()),
        "communes": communes(),
        "notices": notices(timezone.localdate()),
        "absent": frozenset(absent_communes(timezone.localdate())),
    }
    return render(request, "portal/home.html", page)
