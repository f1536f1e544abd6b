"""A report for a commune that does not take part yet is not filed: a page says whom to call instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from nafida.reports.calls import emergency_numbers
from nafida.territory.calendars import local_day
from nafida.territory.models import Participation
from nafida.territory.participation import absence

View = Callable[..., HttpResponseBase]


class NotTakingPart(Exception):
    """The commune of the place does not take part yet; `participation` says from when, and whom to call."""

    def __init__(self, participation: Participation) -> None:
        super().__init__(participation.area_id)
        self.participation = participation


def ensure_taking_part(area_id: int, at: datetime) -> None:
    """Raise NotTakingPart for a commune that is absent on the day of `at`."""
    absent = absence(area_id, local_day(at))
    if absent is not None:
        raise NotTakingPart(absent)


def answers_not_here(view: View) -> View:
    """Where the view raises NotTakingPart, the citizen reads whom to call, and nothing is filed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotTakingPart as absent:
            page = {"absent": absent.participation, "calls": emergency_numbers()}
            return render(request, "reports/not_here.html", page, status=422)

    return guarded
