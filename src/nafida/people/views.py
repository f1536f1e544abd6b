"""The door to the officers' pages. allauth does the rest, see urls.py."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from nafida.people.permissions import public


@public
def login(request: HttpRequest) -> HttpResponse:
    """There is one way in, the code by e-mail; where to go afterwards is passed on and checked there."""
    wanted = request.GET.get("next")
    query = "?" + urlencode({"next": wanted}) if wanted else ""
    return redirect(reverse("account_request_login_code") + query)
