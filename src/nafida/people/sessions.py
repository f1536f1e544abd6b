"""How long a sign-in lasts: a working week on one's own device, else until the browser closes or 12 hours pass idle."""

from __future__ import annotations

import time
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WORKING_WEEK = timedelta(days=7)  # five working days with the weekend in between
TOUCH_EVERY = 600  # seconds; a session in use is written no more often than that
_OWN, _TOUCHED = "own_device", "touched_at"

SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux")
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung"), ("Firefox", "Firefox"))
LAST_BROWSERS = (("Chrome", "Chrome"), ("Safari", "Safari"))  # whose names others carry too


def own_device_field() -> forms.BooleanField:
    """The box that each way of signing in shows."""
    words = _("You stay signed in for a working week. Leave it empty on a computer that others use too.")
    return forms.BooleanField(label=_("This is my own phone or computer"), help_text=words, required=False)


def note_own_device(request: HttpRequest, own: bool) -> None:
    """Remember what was ticked until the sign-in is complete."""
    request.session[_OWN] = own


def settle(request: HttpRequest) -> None:
    """Give a sign-in that is complete its length, and list it among the devices of its owner."""
    if request.session.get(_OWN):
        request.session.set_expiry(timezone.now() + WORKING_WEEK)
    else:
        request.session.set_expiry(0)
    request.session[_TOUCHED] = time.time()
    UserSession.objects.create_from_request(request)


def keep_alive(request: HttpRequest) -> None:
    """A session in use starts its idle hours again; one's own device keeps the day that was set."""
    if time.time() - request.session.get(_TOUCHED, 0) > TOUCH_EVERY:
        request.session[_TOUCHED] = time.time()
        key = request.session.session_key
        UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())


def device_name(user_agent: str) -> str:
    """What a browser calls itself, in two words: "Chrome · Android"."""
    browser = next((name for sign, name in (*BROWSERS, *LAST_BROWSERS) if sign in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
